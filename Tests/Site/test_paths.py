"""What is published has no trace of the machine: paths are relative, and the same however a source is given."""
import json
import os
import shutil
import socket
import subprocess

import pytest

from conftest import ROSTER
from repositories import LONG, Repository

USER = "zaphod"


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / USER
    folder.mkdir()
    return folder


def run(home, folder, *arguments):
    """What the program says, called in a folder by somebody who lives in another."""
    environment = {**os.environ, "HOME": str(home), "USER": USER, "LOGNAME": USER}
    return subprocess.run([str(part) for part in (ROSTER, *arguments)], cwd=folder, capture_output=True, text=True, env=environment)


def fill(repository):
    """Agents that have something on each page that names a file: findings, near-duplicates, shared names, decisions, documents."""
    repository.write("team/agents/reviewer.md", LONG, "tools: Read, Bash\nmodel: nope")
    repository.write("team/agents/critic.md", LONG + "\nOne more.", "tools: Raed")
    repository.write("team/agents/deep/reviewer.md", "Something else.", "permissionMode: bypassPermissions")
    (repository.folder / "team/agents/broken.md").write_text("---\nname: broken\ndescription: a: b: c\n---\nText\n")
    (repository.folder / "team/agents/notes.md").write_text("# Notes\n\nSee [the critic](critic.md).\n")
    os.symlink("/etc/hostname", repository.folder / "team/agents/out.md")
    (repository.folder / "roster.yml").write_text("rules:\n  approval-missing: warning\ncompare:\n  decisions:\n    - agents: [reviewer.md, critic.md]\n      keep: reviewer.md\n")
    (repository.folder / "elsewhere").mkdir()


@pytest.fixture(params=["in a repository", "outside"])
def place(request, home):
    """A folder with agents, and the path that is published for each below its source."""
    made = Repository(home / "work" / "acme")
    fill(made)
    made.commit()
    if request.param == "outside":
        shutil.rmtree(made.folder / ".git")
    os.symlink(made.folder / "team", home / "linked")
    made.prefix = "team/agents" if request.param == "in a repository" else "agents"
    return made


def ways(place, home):
    """Each way to name the same source: where the program is called, and what it is given."""
    top = place.folder
    return [
        (top, "team/agents"), (top, top / "team/agents"), (top, "./team/agents/"), (top / "elsewhere", "../team/agents"),
        (top / "team/agents", "."), (home, "work/acme/elsewhere/../team/agents"), ("/", top / "team/agents"), (home, "linked/agents"),
    ]


def traces(home, text):
    return [trace for trace in (str(home.parent), USER, socket.gethostname()) if trace in text]


def files(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file() and ".roster" not in file.parts}


def texts(site):
    """What people can read: a short name of a machine stands in many a font."""
    return {name: data for name, data in site.items() if not name.endswith(".woff2")}


def test_a_site_is_the_same_however_its_source_is_given(place, home, tmp_path):
    sites = []
    for number, (folder, source) in enumerate(ways(place, home)):
        output = tmp_path / "sites" / str(number)
        result = run(home, folder, "build", source, "--output", output, "--no-search", "--base-url", "https://x.example/", "--config", place.folder / "roster.yml")
        assert result.returncode == 0, result.stderr
        sites.append(files(output))
    for site in sites:
        assert site == sites[0]
    for name, data in texts(sites[0]).items():
        assert not traces(home, data.decode("utf-8", "replace")), name
        assert not traces(home, name)
    data = json.loads(sites[0]["catalog.json"])
    assert [collection["folder"] for collection in data["collections"]] == [place.prefix]
    assert f"{place.prefix}/deep/reviewer.md".encode() in b"".join(sites[0].values())
    # A rebuild from another way finds nothing to do.
    output = tmp_path / "sites" / "0"
    before = {file: file.stat().st_mtime_ns for file in output.rglob("*.html")}
    assert run(home, "/", "build", place.folder / "team/agents", "--output", output, "--no-search", "--base-url", "https://x.example/", "--config", place.folder / "roster.yml").returncode == 0
    assert before == {file: file.stat().st_mtime_ns for file in output.rglob("*.html")}


@pytest.mark.parametrize(
    "command",
    [("check", "--format", "json"), ("check", "--format", "sarif"), ("check", "--format", "github"), ("list", "--format", "json"), ("list", "--format", "csv"),
     ("stats", "--format", "json"), ("stats", "--format", "csv"), ("stats",)],
    ids=" ".join,
)
def test_reports_for_programs_are_the_same_however_their_source_is_given(place, home, command):
    reports = []
    for folder, source in ways(place, home):
        result = run(home, folder, *command, source, "--config", place.folder / "roster.yml")
        assert result.stdout, result.stderr
        reports.append(result.stdout)
    assert len(set(reports)) == 1
    assert not traces(home, reports[0])
    if command[0] != "stats":
        assert f"{place.prefix}/critic.md" in reports[0]


def test_a_person_at_a_terminal_is_told_the_path_that_was_given(place, home):
    source = place.folder / "team/agents"
    for command in (("check",), ("list",)):
        result = run(home, "/", *command, source)
        assert f"{source}/"[:20] in result.stdout
    result = run(home, place.folder / "elsewhere", "check", "../team/agents")
    assert "\n../team/agents/critic.md:" in result.stdout


@pytest.mark.parametrize("form", ["html", "json", "markdown"])
def test_comparisons_are_the_same_however_agents_are_named(place, home, form):
    files, published = set(), set()
    for folder, source in ways(place, home):
        named = (f"{source}/reviewer.md", f"{source}/critic.md")
        looked_up = (f"{place.prefix}/reviewer.md", f"{place.prefix}/critic.md", "--from", source)
        for names, reports in ((named, files), (looked_up, published)):
            result = run(home, folder, "compare", *names, "--format", form, "--all", "--config", place.folder / "roster.yml")
            assert result.returncode == 0, result.stderr
            assert not traces(home, result.stdout)
            reports.add(result.stdout)
    # Where each name is that of a file too, only those files are read.
    assert len(files) == len(published - files) == 1
    assert form == "html" or f"{place.prefix}/critic.md" in (published - files).pop()


def test_a_review_is_the_same_however_its_source_is_given(home, tmp_path):
    made = Repository(home / "work" / "acme")
    fill(made)
    made.commit()
    os.symlink(made.folder / "team", home / "linked")
    made.write("team/agents/reviewer.md", LONG + "\nAnd more.", "tools: Read, Bash, Write")
    made.write("team/agents/new.md", LONG)
    (made.folder / "team/agents/notes.md").write_text("# Other notes\n")
    (made.folder / "roster.yml").write_text("title: Other\n")
    sites, summaries = [], set()
    for head in ((), ("--head", "HEAD")):
        if head:
            made.git("checkout", "-qb", "feature")
            made.commit(1)
        sites = []
        for number, (folder, source) in enumerate(ways(made, home)):
            # A review names its settings by where they are in the repository of the sources.
            output, summary = tmp_path / f"review{len(head)}{number}", tmp_path / "summary.md"
            result = run(home, folder, "review", "main", source, *head, "--output", output, "--summary", summary, "--fail-on", "never", "--config", made.folder / "roster.yml")
            assert result.returncode == (0 if head else 1), result.stderr
            sites.append(files(output))
            summaries.add(summary.read_text())
            assert not traces(home, summary.read_text())
        for site in sites:
            assert site == sites[0]
        for name, data in texts(sites[0]).items():
            assert not traces(home, data.decode("utf-8", "replace")), name
        assert b"team/agents/new.md" in b"".join(sites[0].values())
    assert len(summaries) == 2 and all("`roster.yml` changed" in summary and "team/agents/notes.md" in summary for summary in summaries)


def published(home, folder, *sources):
    result = run(home, folder, "list", *sources, "--format", "json")
    assert result.returncode == 0, result.stderr
    return sorted(agent["path"] for agent in json.loads(result.stdout))


def test_sources_that_would_share_a_path_get_the_folders_that_tell_them_apart(home):
    for name in ("one/agents", "two/agents", "two/x/agents", "one/x/agents", "other/skills"):
        (home / "work" / name).mkdir(parents=True)
        (home / "work" / name / "a.md").write_text("---\nname: a\ndescription: Does it.\n---\nText\n")
    work = home / "work"
    assert published(home, work, "one/agents", "other/skills") == ["agents/a.md", "skills/a.md"]
    assert published(home, work, "one/agents", "two/agents", "other/skills") == ["one/agents/a.md", "skills/a.md", "two/agents/a.md"]
    assert published(home, work, "one/x/agents", "two/x/agents") == ["one/x/agents/a.md", "two/x/agents/a.md"]
    assert published(home, work, "one/agents/a.md", "two/agents/a.md", "other/skills/a.md") == ["one/agents/a.md", "skills/a.md", "two/agents/a.md"]
    assert published(home, work, "one/agents/a.md") == ["a.md"]
    # Below the current folder paths are as one sees them there; a file in a folder of skills is no agent by its name alone.
    assert published(home, work, ".", "one/agents") == [f"{name}/a.md" for name in ("one/agents", "one/x/agents", "two/agents", "two/x/agents")]


def test_repositories_are_told_apart_and_home_is_not_named(home):
    for name in ("acme", "umbrella"):
        made = Repository(home / "work" / name)
        made.write(".claude/agents/a.md")
    own = home / ".gemini" / "agents"
    own.mkdir(parents=True)
    shutil.copy(home / "work/acme/.claude/agents/a.md", own / "a.md")
    shutil.copytree(own, home / ".claude" / "agents")
    first, second = (home / "work" / name for name in ("acme", "umbrella"))
    assert published(home, first, ".") == [".claude/agents/a.md"]
    assert published(home, first, ".claude/agents", second / ".claude/agents") == ["acme/.claude/agents/a.md", "umbrella/.claude/agents/a.md"]
    # Paths in a repository stay what code hosts call them.
    assert published(home, first, ".claude/agents", home / ".claude/agents") == [".claude/agents/a.md", "~/.claude/agents/a.md"]
    assert published(home, first, ".", home / ".gemini/agents") == [".claude/agents/a.md", ".gemini/agents/a.md"]
    # A repository inside another is a part of it.
    inner = Repository(first / "vendor" / "inner")
    inner.write("agents/b.md")
    assert published(home, first, ".claude", "vendor/inner/agents") == [".claude/agents/a.md", "vendor/inner/agents/b.md"]
    # The folder of a runtime says for which runtime a file is written, so it is kept.
    data = json.loads(run(home, own, "list", ".", "--format", "json").stdout)
    assert [(agent["path"], agent["runtime"]) for agent in data] == [(".gemini/agents/a.md", "gemini-cli")]
    (home / "own.md").write_text((own / "a.md").read_text())
    for source in (home, home / "own.md"):
        result = run(home, "/", "list", source, "--format", "json")
        assert result.returncode == 0 and not traces(home, result.stdout), result.stdout


def test_a_source_that_is_gone_does_not_rename_another(home, tmp_path):
    """The before and the after of a review publish the same paths, though a source is in one of them only."""
    first, second = Repository(home / "one"), Repository(home / "two")
    first.write("agents/a.md", LONG)
    second.write("agents/b.md")
    for made in (first, second):
        made.commit()
    shutil.rmtree(second.folder / "agents")
    result = run(home, first.folder, "review", "main", "agents", "../two/agents", "--output", tmp_path / "review", "--summary", "-", "--fail-on", "never")
    assert result.returncode == 0, result.stderr
    assert "two/agents/b.md" in result.stdout and "one/agents" not in result.stdout


def test_settings_by_path_hold_however_a_source_is_given(place, home):
    """Exceptions name files by their path below the source, so they hold whatever is published."""
    (place.folder / "own.yml").write_text("rules: {approval-missing: warning}\nexceptions:\n  - paths: ['deep/**', critic.md]\n    rules: [approval-missing]\n")
    for folder, source in ways(place, home):
        result = run(home, folder, "check", source, "--rule", "approval-missing", "--format", "json", "--config", place.folder / "own.yml")
        assert [finding["path"] for finding in json.loads(result.stdout)["findings"]] == [f"{place.prefix}/broken.md", f"{place.prefix}/reviewer.md"]
