"""Texts that slow down parsers: Roster builds each one in a time proportional to its size, and loses nothing."""
import json
import resource
import shutil
import subprocess

import pytest

from addresses import pages_of
from conftest import ROSTER
from families import families

# The limit allows for a build without optimization on a busy machine. A hang or quadratic time exceeds it a hundredfold.
SECONDS = 40
MEMORY = 2 << 30
SIZES = (20_000, 160_000, 900_000)


def built(path, output):
    def bounded():
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))

    return subprocess.run(
        [ROSTER, "build", path, "--output", output, "--no-search", "--jobs", "1"], capture_output=True, text=True, preexec_fn=bounded)


@pytest.mark.parametrize("size", SIZES)
def test_every_family_is_built_at_every_size(tmp_path, size):
    batch, held = [], 0
    for name, make in families():
        length = max(1, (len(make(2000).encode("utf-8", "surrogatepass")) - 60) / 2000)
        content = make(max(1, int(size / length))).encode("utf-8", "surrogatepass")[: 1 << 20]
        batch.append((name, content.replace(b"name: slow\n", f"name: {name}\n".encode(), 1)))
        held += len(batch[-1][1])
        # Starting the program takes longer than building a small family.
        if held > 900_000:
            build_all(batch, tmp_path)
            batch, held = [], 0
    build_all(batch, tmp_path)


def build_all(batch, folder):
    """Builds families together, and then one by one if that fails, so that the failure names its family."""
    if not batch:
        return
    sources, site = folder / "agents", folder / "site"
    sources.mkdir()
    for name, content in batch:
        (sources / f"{name}.md").write_bytes(content)
    result = built(sources, site)
    if result.returncode != 0 and len(batch) > 1:
        for one in batch:
            (folder / one[0]).mkdir()
            build_all([one], folder / one[0])
    names = [name for name, _ in batch]
    assert result.returncode == 0, (names, result.returncode, result.stderr)
    agents = json.loads((site / "catalog.json").read_text("utf-8"))["agents"]
    items = {agent["source"]["path"].rpartition("/")[2]: agent for agent in agents}
    assert sorted(items) == sorted(f"{name}.md" for name in names)
    for name, content in batch:
        item = items[f"{name}.md"]
        # The size of the page is proportional to the file.
        assert (site / item["url"]).stat().st_size < 60 * len(content) + 100_000, name
        assert (site / item["raw"]).read_bytes() == content, name
    shutil.rmtree(sources)
    shutil.rmtree(site)


TWINS = {
    "sections": (lambda n: "".join(f"# a{i}\n\ntext {i} of it\n\n" for i in range(n)), lambda n: "".join(f"# a{i}\n\ntext {i} of them\n\n" for i in range(n))),
    "sections-of-one-name": (lambda n: "# a\n\nb c d e f\n\n" * n, lambda n: "# a\n\nb c d e g\n\n" * n),
    "sections-renamed": (lambda n: "".join(f"# a{i}\n\nb c d e f {i}\n\n" for i in range(n)), lambda n: "".join(f"# b{i}\n\nb c d e f {i}\n\n" for i in range(n))),
    "lines-that-repeat": (lambda n: "a b\nc d\n" * n, lambda n: "c d\na b\nc d\ne\n" * n),
    "lines-reversed": (lambda n: "".join(f"a{i}\n" for i in range(n)), lambda n: "".join(f"a{i}\n" for i in reversed(range(n)))),
    "a-long-line": (lambda n: "word other " * n, lambda n: "word another " * n),
    "signs": (lambda n: "*_" * n, lambda n: "_*" * n),
    "characters": (lambda n: "é\u0301" * n, lambda n: "e\u0301é" * n),
}


@pytest.mark.parametrize("name", TWINS)
def test_any_two_are_compared_in_time(tmp_path, name):
    one, other = TWINS[name]
    count = int(400_000 / (len(one(1000).encode()) / 1000))
    (tmp_path / "agents").mkdir()
    for file, make in (("one", one), ("other", other)):
        (tmp_path / "agents" / f"{file}.md").write_text(f"---\nname: same\ndescription: d\n---\n\n{make(count)}\n")
    result = built(tmp_path / "agents", tmp_path / "site")
    assert result.returncode == 0, (name, result.returncode, result.stderr)
    assert len(list((tmp_path / "site" / "compare").glob("*-vs-*.html"))) == 1


@pytest.mark.parametrize(
    "name, finding",
    [
        ("image-half", "a paragraph of more than"), ("table-wide", "a table of"), ("table-wide-short-rows", "a table of"),
        ("quotes-nested", "quotations nested"), ("references-long", "a reference of"),
        ("yaml-keys", "the frontmatter has more than"),
    ],
)
def test_what_is_over_a_bound_is_shown_as_it_stands_and_said_to_be(tmp_path, name, finding):
    content = dict(families())[name](60_000)
    path = tmp_path / "slow.md"
    path.write_text(content)
    result = subprocess.run(
        [ROSTER, "build", path, "--output", tmp_path / "site", "--no-search", "--verbose"], capture_output=True, text=True)
    assert result.returncode == 0
    assert finding in result.stdout
    page = pages_of(tmp_path / "site")[0].read_text()
    assert page.count('<pre class="markup"') == 1
    assert content[-200:].strip().replace("<", "&lt;").replace(">", "&gt;")[:100] in page
