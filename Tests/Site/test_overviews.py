"""The lists of terms: complete, with correct numbers, in two orders, and paged. Also the head of a term's page."""
import collections
import json
import re

import lxml.html
import pytest

from test_accessibility import barriers
from browsers import opened

SITES = ["content_site", "hard_site", "corpora_site"]


def parsed(path):
    return lxml.html.fromstring(path.read_text("utf-8"))


def overview(folder, name="index"):
    """The pages of an overview, in order."""
    rest = sorted(folder.glob(f"{name}.*.html"), key=lambda path: path.name)
    rest = [path for path in rest if re.fullmatch(rf"{re.escape(name)}\.\d+\.html", path.name)]
    return [parsed(path) for path in [folder / f"{name}.html", *sorted(rest, key=lambda path: int(path.name.split(".")[-2]))]]


def entries(page):
    """The terms on a page: titles with the number of agents, and whether the number is shown."""
    found = []
    for item in page.cssselect(".groups ul.bars > li, .groups table.facts tbody th, .groups ul.names > li"):
        links, number = item.cssselect("a"), item.cssselect(".number")
        if links:
            counts = [int(count.replace(",", "")) for count in re.findall(r"\d[\d,]*", number[0].text_content())] if number else [1]
            found.append((links[0].text_content(), sum(counts)))
    return found


@pytest.mark.parametrize("name", SITES)
def test_every_value_is_on_the_overview_once_with_its_number(request, name):
    site = request.getfixturevalue(name)
    data = json.loads((site.folder / "catalog.json").read_text())
    for taxonomy in data["taxonomies"]:
        folder = (site.folder / taxonomy["url"]).parent
        listed = [entry for page in overview(folder) for entry in entries(page)]
        assert sorted(count for _, count in listed) == sorted(term["count"] for term in taxonomy["terms"]), taxonomy["id"]
        # Names without a separate display title have their own number.
        numbers = dict(listed)
        own = [term for term in taxonomy["terms"] if term["title"] in numbers]
        assert all(numbers[term["title"]] == term["count"] for term in own), taxonomy["id"]
        assert len(own) >= len(taxonomy["terms"]) / 2 or taxonomy["id"] in ("categories", "collections"), taxonomy["id"]
        if (folder / "index.names.html").exists():
            names = [entry for page in overview(folder, "index.names") for entry in entries(page)]
            assert [title.lower() for title, _ in names] == sorted(title.lower() for title, _ in names)
            # The alphabetical list has the same values and numbers, except for agents without a value.
            missing = collections.Counter(listed) - collections.Counter(names)
            assert not collections.Counter(names) - collections.Counter(listed) and missing.total() <= 1, missing
            first = overview(folder)[0].cssselect("nav.orders a")
            assert [link.text_content() for link in first] == ["Most used", "A–Z"] and first[0].get("aria-current") == "page"


def test_tools_are_grouped_by_what_they_allow(corpora_site):
    page = overview(corpora_site.folder / "tools")[0]
    groups = {section.cssselect("h2")[0].text_content(): [link.text_content() for link in section.cssselect("a")] for section in page.cssselect(".groups section") if section.cssselect("h2")}
    group = {name: title for title, names in groups.items() for name in names}
    assert group["Bash"].startswith("Run commands") and group["Write"].startswith("Write and edit files") and group["WebFetch"].startswith("Use the web")
    assert group["Read"].startswith("Read files") and list(groups)[0].startswith("Run commands")
    assert any(title.startswith("MCP server “github”") for title in groups)


def test_reach_says_what_each_level_means_and_what_nobody_may(content_site):
    page = overview(content_site.folder / "reach")[0]
    rows = [item.cssselect(".name")[0].text_content() for item in page.cssselect("ul.bars > li")]
    assert "Never asks for permission" in rows
    for item in page.cssselect("ul.bars > li"):
        assert item.cssselect(".about")[0].text_content().endswith(".")
    nobody = {item.cssselect(".name")[0].text_content() for item in page.cssselect("ul.bars > li") if item.cssselect(".number")[0].text_content() == "none"}
    data = json.loads((content_site.folder / "catalog.json").read_text())
    [reach] = [taxonomy for taxonomy in data["taxonomies"] if taxonomy["id"] == "reach"]
    assert nobody and nobody.isdisjoint(term["title"] for term in reach["terms"])
    asks = all(agent["permissionMode"] != "bypassPermissions" for agent in data["agents"])
    assert ("Never asks for permission" in nobody) == asks


def test_a_term_says_what_it_means_and_what_its_agents_have_in_common(corpora_site):
    page = parsed(corpora_site.folder / "tools" / "bash.html")
    assert page.cssselect(".lead")[0].text_content() == "Run any shell command. 195 agents list it."
    charts = {chart.cssselect("h2")[0].text_content(): chart for chart in page.cssselect(".charts section")}
    can = {bar.cssselect(".name")[0].text_content(): bar.cssselect(".number")[0].text_content() for bar in charts["What they can do"].cssselect("li")}
    assert can["Run commands"] == "195" and int(can["Edit files"]) < 195
    assert "Collections" in charts
    related = [link.get("href") for link in page.cssselect(".related-terms a")]
    assert "read.html" in related and all((corpora_site.folder / "tools" / href).is_file() for href in related)


PAGES = [
    "portfolio.html", "findings.html", "findings/files.html", "findings/near-duplicate.html", "overlaps.html", "risks/duplicates.html", "tools/bash.html", "collections/index.html",
    "tools/index.html", "tools/index.names.html", "models/index.html", "reach/index.html", "runtimes/index.html", "loads/index.html", "topics/index.html", "categories/index.html",
]


@pytest.mark.parametrize("address", PAGES)
def test_no_overview_goes_on_for_ever_or_is_wider_than_its_window(browser, corpora_site, address):
    for width in (375, 1280, 1920):
        with opened(browser, (corpora_site.folder / address).as_uri(), viewport={"width": width, "height": 900}, java_script_enabled=False) as page:
            height, own = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
            assert own <= width, f"{own} at {width}"
            assert height < 20_000 or width == 375, f"{height} at {width}"


@pytest.mark.parametrize("width", [375, 1280])
def test_no_overview_has_a_barrier(browser, corpora_site, width):
    with opened(browser, (corpora_site.folder / "index.html").as_uri(), viewport={"width": width, "height": 900}) as page:
        wrong = []
        for address in PAGES:
            if address in ("tools/bash.html", "risks/duplicates.html", "findings/files.html"):
                continue
            page.goto((corpora_site.folder / address).as_uri())
            wrong += barriers(page, address)
    assert not wrong, "\n".join(wrong[:20])


def test_fingers_find_the_links_of_an_overview(browser, corpora_site):
    """The whole row is a link, including the text beside and below the name."""
    with opened(browser, (corpora_site.folder / "portfolio.html").as_uri(), viewport={"width": 375, "height": 900}) as page:
        small = page.evaluate("""() => [...document.querySelectorAll("main :is(.bars > li, .panel .examples li, p.all a)")]
          .filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 90))""")
        assert small == []
        row = page.locator(".numbers .bars > li").first
        name = row.locator("a").inner_text()
        row.locator(".number").click(force=True)
        assert page.locator("h1").inner_text() == name
