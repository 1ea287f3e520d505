"""The filter of the index in a real browser, from disk."""
import pytest

from conftest import published
from browsers import opened

BOX = "form.filter input"
SAID = "form.filter output"


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """More agents than one part of the filter's data holds, and names that could break a page."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(1100):
        (folder / f"{number:04}.md").write_text(
            f"---\nname: worker-{number:04}\ndescription: Handles case {number}.\nmodel: {'opus' if number % 2 else 'haiku'}\n---\n\n# Steps\n")
    (folder / "last.md").write_text(
        "---\nname: zebra-keeper\ndescription: Feeds the animals.\ntags: [savannah]\ntools: Read\n---\n\n# Watering holes\n")
    (folder / "odd.md").write_text(
        "---\nname: '</script><img src=x onerror=alert(1)> constructor'\ndescription: 'Über <b>alles</b> “naïve” 日本語の説明'\n---\n\nx\n")
    return published(tmp_path_factory, "many", [folder])


def index(site):
    return (site.folder / "index.html").as_uri()


def names(page):
    """The names in the rows, without the suffix that distinguishes agents with the same name."""
    return page.eval_on_selector_all(
        "table.agents tbody th > a:not(.times)",
        "all => all.map(one => [...one.childNodes].filter(part => !part.classList?.contains('of')).map(part => part.textContent).join('').trim())")


def unfold(page):
    """Shows the values of every facet."""
    page.evaluate("for (const button of document.querySelectorAll('.facets .folded h2 button')) button.click()")


def until(page, expression):
    """Waits until an expression is true. The pages' content security policy blocks Playwright's own waiting."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never true: {expression}")


def type_in(page, text):
    page.fill(BOX, text)
    until(page, f"""(() => {{
      const said = document.querySelector("{SAID}").textContent, rows = document.querySelectorAll("table.agents tbody tr").length;
      const state = JSON.stringify([{text!r}, said, rows]);
      if (!said || said.includes(" …") || document.querySelector("table.agents").ariaBusy === "true" || window.before !== state) {{ window.before = state; return false; }}
      return true;
    }})()""")


@pytest.mark.parametrize(
    "typed, first",
    [
        ("zebra", "zebra-keeper"), ("ZEB", "zebra-keeper"), ("zerba keeper", "zebra-keeper"), ("savannah", "zebra-keeper"),
        ("animals feeds", "zebra-keeper"), ("watering", "zebra-keeper"), ("worker-0042", "worker-0042"), ("uber", "</script>"),
        ("naive", "</script>"), ("説明", "</script>"), ("constructor", "</script>"), ("zebra read", "zebra-keeper"),
    ],
)
def test_it_finds_names_terms_summaries_and_headings_despite_typos(browser, many, typed, first):
    with opened(browser, index(many)) as page:
        type_in(page, typed)
        assert names(page)[0].startswith(first)
        assert page.problems == []
        assert all(request.startswith("file:") for request in page.requests)


def test_it_loads_only_needed_data_and_shows_counts(browser, many):
    with opened(browser, index(many)) as page:
        assert not [request for request in page.requests if "/filter/" in request]
        type_in(page, "zebra")
        assert page.inner_text(SAID) == "1 of 1,102 agents"
        loaded = sorted(request.rsplit("/", 1)[1] for request in page.requests if "/filter/" in request)
        assert loaded == ["agents.0.js", "agents.1.js", "rows.22.js"]
        type_in(page, "opus")
        assert page.inner_text(SAID) == "550 of 1,102 agents"
        assert len(names(page)) == 100
        assert not page.is_visible("nav.pages")
        type_in(page, "zebra unheardof")
        assert page.inner_text(SAID) == "No agent has all of these words; 1 with 1 of 2"
        type_in(page, "qqqqqq")
        assert page.inner_text(SAID) == "No agents match “qqqqqq”" and names(page) == []
        page.get_by_role("button", name="Clear the filter").click()
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 100")


def test_links_of_results_work(browser, many):
    with opened(browser, index(many)) as page:
        type_in(page, "zebra")
        page.click("table.agents tbody th a")
        assert page.inner_text("h1") == "zebra-keeper"
        page.go_back()
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 1")
        assert page.input_value(BOX) == "zebra", "the state is in the address"


def test_it_works_from_the_keyboard_and_can_be_cleared(browser, many):
    with opened(browser, index(many)) as page:
        before = names(page)
        page.focus(BOX)
        page.keyboard.type("zebra")
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 1")
        assert "filter=zebra" in page.url
        page.keyboard.press("Escape")
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 100")
        assert names(page) == before and page.inner_text(SAID) == "" and "filter" not in page.url
        assert page.is_visible("nav.pages")


def test_it_is_hidden_without_javascript(browser, many):
    with opened(browser, index(many), java_script_enabled=False) as page:
        assert not page.is_visible("form.filter")
        assert len(names(page)) == 100
