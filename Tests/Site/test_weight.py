"""How heavy pages are: what a reader's connection carries."""
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


def test_an_agents_page_is_its_prompt_and_little_more(site):
    heavy = []
    for agent in json.loads((site.folder / "catalog.json").read_text("utf-8"))["agents"]:
        html = (site.folder / agent["url"]).read_text("utf-8")
        # What the file says, and what is wrong with it, is its own; what is around that is ours.
        ours = len(re.sub(r'(?s)<section class="(when|examples|facts|findings|loading|prompt)".*?</section>', "", html).replace(agent["id"], "").replace(agent["name"], "").encode())
        if ours > 12 * KILO:
            heavy.append((agent["id"], ours))
    assert not heavy


def test_style_and_scripts_of_a_page_are_light(content_site, searchable_site):
    for site, name in ((content_site, "index.html"), (content_site, "agents/api-designer.html"), (content_site, "compare/index.html"), (searchable_site, "search.html")):
        page = leads_to(site.folder / name)
        files = loaded(page)
        assert len(files) >= 3 and packed(*files) <= 40 * KILO, (name, packed(*files))


def test_the_front_page_of_two_hundred_agents_is_light(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two-hundred")
    for number in range(200):
        (folder / f"specialist-{number}.md").write_text(
            f"---\nname: specialist-for-subject-{number}\ndescription: Knows subject {number} by heart, says what it knows of it in words that everybody understands, and leaves out what nobody asked for.\n"
            f"tools: Read, Grep, Glob, Tool{number}\nmodel: sonnet\ntags: [subject-{number}, knowledge]\n---\n\n# Subject {number}\n\n{'Words of a prompt. ' * (number % 60)}\n")
    site = published(tmp_path_factory, "two-hundred", [folder])
    assert packed(site.folder / "index.html") <= 60 * KILO
    assert packed(site.folder / "index.html", *loaded(site.folder / "index.html")) <= 60 * KILO
