"""A large catalog: 20 repositories with 1,500 agents, built in one run, served below a path and crawled."""
import itertools
import shutil
import stat
import tempfile
import pathlib

import pytest

from conftest import SHARED
from crawl import crawl
from test_hosting import free_port, is_open_to_all, nginx
from test_repositories import Fleet

REPOSITORIES, AGENTS = 20, 75


def material():
    """An endless sequence of agent texts, taken from the corpora if they are available."""
    real = sorted((SHARED / "corpora").rglob("*.md")) if (SHARED / "corpora").is_dir() else []
    texts = [path.read_bytes() for path in real if path.stat().st_size < 20_000] or [
        f"---\nname: {work}-{subject}\ndescription: Use to {work} {subject}.\ntools: {tools}\n---\nYou {work} {subject}. {subject.title()} first.\n".encode()
        for work, subject, tools in itertools.product(("review", "plan", "test", "write"), ("code", "docs", "queries", "schemas"), ("Read", "Read, Bash"))
    ]
    return itertools.cycle(texts)


@pytest.fixture
def company():
    """A fleet in a folder that a server running as nobody can read."""
    usual = pathlib.Path(tempfile.gettempdir()).resolve()
    place = pathlib.Path(tempfile.mkdtemp(dir=usual if is_open_to_all(usual) else "/var/tmp"))
    place.chmod(place.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    yield Fleet(place)
    shutil.rmtree(place)


def add(fleet, number, texts):
    files = {f".claude/agents/agent-{place}.md": next(texts) for place in range(AGENTS)}
    fleet.add(f"team-{number}", "history: on", **files)


def test_twenty_repositories_with_1500_agents_behind_nginx(company):
    texts = material()
    for number in range(REPOSITORIES):
        add(company, number, texts)
    result = company.run("build", "--fetch")
    assert result.returncode == 0, result.stderr
    before = company.addresses()
    assert len(before) == REPOSITORIES * AGENTS
    (company.folder / "site").symlink_to(company.home / "Output")
    for folder in (company.folder, company.home):
        folder.chmod(0o755)
    port = free_port()
    with nginx(company.folder, port, at_root=False):
        count, types, wrong = crawl(f"http://127.0.0.1:{port}/agents/")
    assert not wrong and types["text/html"] > len(before)
    # Another repository with the same names changes no address.
    add(company, REPOSITORIES, material())
    assert company.run("build", "--fetch").returncode == 0
    assert before < company.addresses()
    print(f"{len(before)} agents, {count} addresses")
