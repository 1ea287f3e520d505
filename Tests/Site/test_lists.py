"""The front page and lists, in a real browser from disk: grouped copies, readable names, table and cards, sticky heads, and
facets.
"""
import json
import re

import lxml.html
import pytest

from conftest import build, published
from test_accessibility import problems
from browsers import follow, opened
from test_filter import SAID, names, type_in, unfold, until

TOPICS = ["invoices", "deployments", "backups", "accessibility audits", "database migrations"]


def prompt(word, length=120):
    return " ".join(f"{word}-{number}" for number in range(length))


def agent(folder, name, body, **fields):
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    (folder / f"{name}.md").write_text(f"---\nname: {name}\n{lines}---\n\n{body}\n")


def plain(folder):
    """An empty configuration, so that this repository's own is not used."""
    (folder / "roster.yml").write_text("{}\n")
    return folder / "roster.yml"


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Two collections: copies in both, one with more reach; two agents with the same name that differ; and sixty others."""
    root = tmp_path_factory.mktemp("lists")
    first, second = root / "acme__awesome-helpers", root / "zed__agents"
    for collection in (first / "language-specialists", first / "all", second / "language-specialists"):
        agent(collection, "translator", prompt("translate"), description="Translates documents.", tools="Read")
    agent(second / "ai-tools", "translator", prompt("translate"), description="Translates documents.", tools="Read, Bash")
    agent(first / "data-ai", "auditor", prompt("audit"), description="Audits pages.", tools="Read")
    agent(second / "data-ai", "auditor", prompt("inspect"), description="Audits code.", tools="Read, Grep")
    for number in range(60):
        agent(
            (first if number % 3 else second) / "quality-security", f"helper-{number:02}", prompt(f"help{number}"), description=f"Helps with {TOPICS[number % 5]} of kind {number}.",
            tools=["Read", "Read, Edit", "Read, Bash"][number % 3], model="opus", tags=f"[only-{number}]")
    return root


@pytest.fixture(scope="module")
def site(tmp_path_factory, folders):
    return published(tmp_path_factory, "lists", [folders], "--config", plain(tmp_path_factory.mktemp("plain")))


@pytest.fixture(scope="module")
def index(site):
    return (site.folder / "index.html").as_uri()


def row(page, name, place=""):
    return page.locator("table.agents tbody tr").filter(has=page.locator("th > a", has_text=re.compile(rf"^{name}\s+.*{place}")))


def test_copies_are_one_row_that_names_them_and_all_are_counted(browser, site, index):
    with opened(browser, index, java_script_enabled=False) as page:
        copies = page.locator("details.copies")
        assert copies.count() == 1 and copies.locator("summary").inner_text() == "3 copies"
        copies.locator("summary").click()
        links = copies.locator("li a")
        assert links.count() == 3 and len({link.inner_text() for link in links.all()}) == 3, "what tells them apart is beside their names"
        # A copy that can run commands has a separate row.
        assert len([name for name in names(page) if name == "translator"]) == 2
        assert "66 agents" in page.locator(".lead").inner_text().replace("\n", " ")
        follow(links.last)
        assert page.locator("h1").inner_text() == "translator"


def test_a_filter_counts_agents_and_folds_those_that_are_left(browser, index):
    with opened(browser, index) as page:
        type_in(page, "translator")
        assert page.inner_text(SAID) == "4 of 66 agents" and names(page) == ["translator", "translator"]
        copies = page.locator("details.copies")
        assert copies.locator("summary").inner_text() == "3 copies"
        copies.locator("summary").click()
        assert copies.locator("li a").count() == 3
        # One collection contains two of the copies.
        unfold(page)
        page.get_by_role("group", name="Collections").get_by_label("awesome-helpers").check()
        until(page, f"document.querySelector('{SAID}').textContent === '2 of 66 agents'")
        until(page, "document.querySelector('details.copies summary')?.textContent === '2 copies'")
        assert names(page) == ["translator"] and page.problems == []
        page.locator("details.copies summary").click()
        follow(page.locator("details.copies li a").last)
        assert page.locator("h1").inner_text() == "translator"


def test_pages_of_a_name_and_lists_of_a_term_fold_or_not(browser, site):
    with opened(browser, (site.folder / "tools" / "read.html").as_uri()) as page:
        assert page.locator("details.copies").count() == 1
    page_of_name = next(file for file in (site.folder / "agents").rglob("translator.html") if "share this name" in file.read_text("utf-8"))
    with opened(browser, page_of_name.as_uri()) as page:
        assert page.locator("table.agents tbody tr").count() == 4 and page.locator("details.copies").count() == 0


def test_many_copies_are_named_up_to_a_limit_and_compared_on_their_page(tmp_path):
    for number in range(30):
        agent(tmp_path / "agents" / f"team-{number:02}", f"copy-{number:02}", prompt("same"), description="Does the same.", tools="Read")
    agent(tmp_path / "agents", "other", prompt("other"), description="Does something else.", tools="Read")
    assert build([tmp_path / "agents"], tmp_path / "site", "--no-search").returncode == 0
    page = lxml.html.fromstring((tmp_path / "site" / "index.html").read_text("utf-8"))
    assert len(page.cssselect("table.agents tbody tr")) == 2
    copies = page.cssselect("details.copies")[0]
    assert copies.cssselect("summary")[0].text_content() == "30 copies" and len(copies.cssselect("li a")) == 20
    link = copies.cssselect("a")[-1]
    assert link.text_content() == "Compare all 30" and (tmp_path / "site" / link.get("href")).is_file()
    term = lxml.html.fromstring((tmp_path / "site" / "tools" / "read.html").read_text("utf-8"))
    assert (tmp_path / "site" / "tools" / term.cssselect("details.copies > a")[0].get("href")).resolve().is_file()


def test_collections_and_categories_have_names_for_people(browser, site, index):
    with opened(browser, index) as page:
        unfold(page)
        collections = page.get_by_role("group", name="Collections")
        assert collections.locator(".name").all_inner_texts() == ["awesome-helpers", "zed/agents"]
        categories = page.get_by_role("group", name="Categories").locator(".name").all_inner_texts()
        assert {"Language specialists", "Quality security", "Data AI", "AI tools"} <= set(categories)
    term = site.folder / "categories" / "language-specialists.html"
    heading = lxml.html.fromstring(term.read_text("utf-8")).cssselect("h1")[0]
    assert heading.text_content() == "Language specialists" and heading.get("title") == "language-specialists"
    data = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    assert {one["name"] for one in data["collections"]} == {"acme__awesome-helpers", "zed__agents"}


def test_facets_that_tell_nothing_are_left_out_and_none_is_an_answer(browser, index):
    with opened(browser, index, viewport={"width": 1280, "height": 900}) as page:
        assert page.locator("section[data-facet=tags]").count() == 0, "every tag is that of one agent"
        reach = page.get_by_role("group", name="Reach")
        never = reach.locator("li", has_text="Never asks for permission")
        assert never.locator(".number").inner_text() == "0" and never.locator("input").is_disabled()
        type_in(page, "helper")
        assert never.locator(".number").inner_text() == "0"
        # The number in a heading excludes the entry for agents without a value.
        unfold(page)
        for section in page.locator(".facets section").all():
            while (more := section.locator("button.plain")).is_visible() and more.inner_text() != "Fewer":
                more.click()
            page.get_by_role("searchbox", name="Filter", exact=True).fill("")
        topics = page.get_by_role("group", name="Topics")
        told = int(topics.locator("h2 .number").inner_text())
        listed = [text for text in topics.locator("li .name").all_inner_texts() if text != "No topic found"]
        assert told == len(listed)


def test_a_value_that_is_no_facet_still_narrows_by_its_address(browser, index):
    with opened(browser, index + "?tags=only-7") as page:
        until(page, f"document.querySelector('{SAID}').textContent === '1 of 66 agents'")
        assert names(page) == ["helper-07"]
        page.get_by_role("button", name="Remove Tags: only-7").click()
        until(page, f"document.querySelector('{SAID}').textContent === ''")


def test_the_filter_comes_before_the_facets_and_these_can_be_skipped(browser, index):
    with opened(browser, index, viewport={"width": 1280, "height": 900}) as page:
        page.get_by_role("searchbox", name="Filter", exact=True).focus()
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Skip to the list":
                break
        assert page.evaluate("document.activeElement.textContent") == "Skip to the list"
        page.keyboard.press("Enter")
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("Boolean(document.activeElement.closest('table.agents tbody'))"):
                break
        assert page.evaluate("Boolean(document.activeElement.closest('table.agents tbody tr'))"), "the heads of the columns, then the first row"


def test_a_view_is_remembered_and_a_card_leads_to_installing(browser, index):
    with opened(browser, index, viewport={"width": 1280, "height": 900}) as page:
        table, cards = page.get_by_role("button", name="Table"), page.get_by_role("button", name="Cards")
        assert table.get_attribute("aria-pressed") == "true" and page.get_by_role("link", name="Install").count() == 0
        first, second = page.locator("table.agents tbody tr").nth(0), page.locator("table.agents tbody tr").nth(1)
        assert first.bounding_box()["y"] < second.bounding_box()["y"]
        cards.click()
        assert cards.get_attribute("aria-pressed") == "true" and table.get_attribute("aria-pressed") == "false"
        assert first.bounding_box()["y"] == second.bounding_box()["y"], "cards are beside each other"
        assert problems(page) == []
        page.problems.clear()  # axe reads style sheets, which browsers forbid for pages from disk
        page.reload()
        assert page.get_by_role("button", name="Cards").get_attribute("aria-pressed") == "true"
        card = page.locator("table.agents tbody tr").first
        assert card.locator(".collection").inner_text() == "awesome-helpers" and card.locator(".reach").is_visible()
        # Matches of the filter are cards, too.
        type_in(page, "helper-07")
        install = page.get_by_role("link", name="Install helper-07")
        follow(install)
        assert page.url.split("#")[0].endswith("/helper-07.html") and page.locator("h1").inner_text() == "helper-07"
        page.goto(index)
        page.get_by_role("button", name="Table").click()
        page.reload()
        assert page.get_by_role("button", name="Table").get_attribute("aria-pressed") == "true"
        assert page.problems == []


def columns(page):
    return [head.inner_text().strip() for head in page.locator("table.agents thead th").all() if head.is_visible()]


def test_columns_are_chosen_and_remembered(browser, site, index):
    with opened(browser, index, viewport={"width": 1280, "height": 900}) as page:
        usual = columns(page)
        assert {"Name", "Summary", "Reach", "Findings"} <= set(usual) and "Collection" not in usual
        page.get_by_text("Columns", exact=True).click()
        page.get_by_label("Collection", exact=True).check()
        page.get_by_label("Summary", exact=True).uncheck()
        assert problems(page) == []
        page.problems.clear()  # axe reads style sheets, which browsers forbid for pages from disk
        page.reload()
        assert "Collection" in columns(page) and "Summary" not in columns(page)
        page.goto((site.folder / "tools" / "read.html").as_uri())
        assert "Collection" in columns(page), "it holds for every list"
        page.get_by_text("Columns", exact=True).click()
        page.get_by_role("button", name="Default columns").click()
        assert columns(page) == usual
        # With all columns, the table is too wide. It scrolls, not the page.
        for box in page.locator(".columns input").all():
            box.check()
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280 and page.problems == []


def test_header_filter_and_heads_stay_in_view(browser, index):
    with opened(browser, index, viewport={"width": 1280, "height": 700}) as page:
        page.locator("table.agents tbody tr").nth(45).locator("th > a").focus()
        page.evaluate("scrollBy(0, 200)")
        page.wait_for_timeout(0)
        parts = [page.locator(name).bounding_box() for name in ("header.site", ".bar", "table.agents thead th >> nth=0")]
        assert [round(part["y"]) >= -1 and part["y"] + part["height"] < 300 for part in parts] == [True] * 3, parts
        for above, below in zip(parts, parts[1:]):
            assert above["y"] + above["height"] <= below["y"] + 1, parts
        # Elements with keyboard focus are not covered by the sticky heads.
        for _ in range(40):
            page.keyboard.press("Shift+Tab")
            box = page.evaluate("(() => { const one = document.activeElement.getBoundingClientRect(); return document.activeElement.closest('tbody') ? one.top : 999; })()")
            assert box >= parts[2]["y"] + parts[2]["height"] - 1


@pytest.mark.parametrize("view", ["table", "cards"])
def test_on_a_phone_fingers_find_everything_and_nothing_is_cut_off(browser, index, view):
    with opened(browser, index, viewport={"width": 375, "height": 800}) as page:
        page.get_by_role("button", name=view.capitalize()).click()
        page.get_by_role("button", name="Filter by …").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
        small = page.evaluate("""() => [...document.querySelectorAll("main :is(a, button, summary, label.choose, .facets label, form.filter input)")]
          .filter((one) => one.checkVisibility() && !one.closest(".legend, .hidden, .skip"))
          .filter((one) => { const box = one.getBoundingClientRect(); return box.height < 43.5 || box.width < 24; }).map((one) => one.outerHTML.slice(0, 90) + one.getBoundingClientRect().height)""")
        assert small == []
        assert page.get_by_role("navigation", name="Site").get_by_role("link", name="Agents", exact=True).is_visible()
        page.evaluate("scrollTo(0, 2500)")
        assert page.locator("form.filter").bounding_box()["y"] == 0


def test_names_tell_namesakes_apart_and_no_two_boxes_have_one_name(browser, index):
    with opened(browser, index) as page:
        links = page.eval_on_selector_all("table.agents tbody th > a:not(.times)", "all => all.map(one => one.textContent.trim())")
        assert len(set(links)) == len(links)
        boxes = page.eval_on_selector_all("input[data-choose]", "all => all.map(one => one.ariaLabel)")
        assert len(set(boxes)) == len(boxes) == len(links)
        page.locator("input[data-choose]").first.check()
        assert page.locator(".tray li a").inner_text() == "auditor", "what tells it from others is no part of its name"


def test_the_front_page_says_what_the_catalog_is(tmp_path, site):
    lead = lxml.html.fromstring((site.folder / "index.html").read_text("utf-8")).cssselect(".lead")[0].text_content()
    assert lead.startswith("66 agents from 2 collections, for Claude Code.")
    agent(tmp_path / "agents", "one", prompt("one"), description="Does one thing.")
    (tmp_path / "roster.yml").write_text("description: What our team works with.\n")
    assert build([tmp_path / "agents"], tmp_path / "site", "--no-search", "--config", tmp_path / "roster.yml").returncode == 0
    lead = lxml.html.fromstring((tmp_path / "site" / "index.html").read_text("utf-8")).cssselect(".lead")[0].text_content()
    assert lead == "What our team works with."


def test_findings_are_words(tmp_path):
    agent(tmp_path / "agents", "clean", prompt("clean"), description="Use when something has to be cleaned.", tools="Read")
    agent(tmp_path / "agents", "odd", prompt("odd"), description="Use when something is odd.", tools="Raed")
    assert build([tmp_path / "agents"], tmp_path / "site", "--no-search").returncode == 0
    rows = lxml.html.fromstring((tmp_path / "site" / "index.html").read_text("utf-8")).cssselect("table.agents tbody tr")
    said = {line.cssselect("th a")[0].text_content(): line.cssselect("td.findings")[0].text_content() for line in rows}
    assert said["clean"] == "" and re.fullmatch(r"\d+ (error|warning|note)s?(, \d+ more)?", said["odd"])
