"""Page weight: how many bytes a reader downloads."""
import gzip
import json
import pathlib
import re

from addresses import leads_to
from conftest import published

KILO = 1000


def packed(*files):
    return sum(len(gzip.compress(pathlib.Path(file).read_bytes(), 9)) for file in files)


def loaded(page):
    """The style sheets and scripts of a page."""
    return [page.parent / address for address in re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', page.read_text("utf-8"))]


def test_an_agents_page_adds_little_to_its_prompt(site):
    heavy = []
    for agent in json.loads((site.folder / "catalog.json").read_text("utf-8"))["agents"]:
        html = (site.folder / agent["url"]).read_text("utf-8")
        # Count only what the page adds to the file's content and findings.
        ours = len(re.sub(r'(?s)<(section|details) class="(when|examples|grants|facts|findings|loading|prompt)".*?</\1>', "", html).replace(agent["id"], "").replace(agent["name"], "").encode())
        if ours > 10 * KILO:
            heavy.append((agent["id"], ours))
    assert not heavy


def test_style_and_scripts_of_a_page_are_light(content_site):
    for name in ("index.html", "agents/api-designer.html", "compare/index.html", "search.html"):
        page = leads_to(content_site.folder / name)
        files = loaded(page)
        assert len(files) >= 3 and packed(*files) <= 50 * KILO, (name, packed(*files))


def test_the_front_page_of_two_hundred_agents_is_light(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two-hundred")
    for number in range(200):
        (folder / f"specialist-{number}.md").write_text(
            f"---\nname: specialist-for-subject-{number}\ndescription: Knows subject {number} by heart, says what it knows of it in words that everybody understands, and leaves out what nobody asked for.\n"
            f"tools: Read, Grep, Glob, Tool{number}\nmodel: sonnet\ntags: [subject-{number}, knowledge]\n---\n\n# Subject {number}\n\n{'Words of a prompt. ' * (number % 60)}\n")
    site = published(tmp_path_factory, "two-hundred", [folder])
    assert packed(site.folder / "index.html") <= 60 * KILO
    assert packed(site.folder / "index.html", *loaded(site.folder / "index.html")) <= 60 * KILO
