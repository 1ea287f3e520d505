"""Reading an agent: outline, code, tables, printing, color schemes and layout shifts."""
import pytest

from addresses import page_of
from conftest import published, served_folder
from browsers import opened
from test_filter import until

PROMPT = "\n\n".join(f"# Part {number}\n\n" + "A sentence that takes some room. " * 60 for number in range(12)) + """

# Code

```json
{"key": [true, "text"]}
```

    plain code
    of two lines

```mermaid
graph TD
```

| """ + " | ".join(f"column {number}" for number in range(14)) + " |\n|" + " --- |" * 14 + "\n| " + " | ".join("cell with words" for _ in range(14)) + " |\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reading")
    (folder / "reader.md").write_text(f"---\nname: reader\ndescription: Reads.\ntools: Read, Bash(git:*)\n---\n\n{PROMPT}")
    (folder / "second.md").write_text("---\nname: second\ndescription: Reads too.\n---\n\nShort.\n")
    return published(tmp_path_factory, "reading", [folder])


@pytest.fixture
def address(site):
    return page_of(site.folder, "reader").as_uri()


def test_the_outline_marks_the_current_section(browser, address):
    with opened(browser, address, viewport={"width": 1500, "height": 700}) as page:
        outline = page.get_by_role("navigation", name="Outline")
        assert outline.locator("[aria-current]").count() == 0
        page.locator("#part-5").scroll_into_view_if_needed()
        page.evaluate("document.getElementById('part-5').scrollIntoView()")
        until(page, "document.querySelector('.outline nav [aria-current=location]')?.textContent === 'Part 5'")
        page.evaluate("scrollBy(0, -300)")
        until(page, "document.querySelector('.outline nav [aria-current=location]')?.textContent === 'Part 4'")
        outline.get_by_role("link", name="Code").click()
        until(page, "document.querySelector('.outline nav [aria-current=location]')?.textContent === 'Code'")
        assert page.url.endswith("#code") and page.problems == []


def test_each_code_block_can_be_copied(browser, site):
    with served_folder(site.folder) as address, opened(browser, f"{address}/agents/reader.html", permissions=["clipboard-read", "clipboard-write"]) as page:
        for name, text in (("Copy json", '{"key": [true, "text"]}\n'), ("Copy code", "plain code\nof two lines\n"), ("Copy mermaid", "graph TD\n")):
            button = page.get_by_role("button", name=name)
            button.click()
            page.get_by_role("status").filter(has_text="Copied").wait_for(state="attached")
            assert page.evaluate("navigator.clipboard.readText()") == text
            assert button.inner_text() == "Copied"


def test_code_shows_its_language_and_is_highlighted(browser, address):
    with opened(browser, address) as page:
        assert page.locator("figure.code figcaption").all_inner_texts() == ["json", "mermaid"]
        code = page.locator("code.language-json")
        assert code.inner_text() == '{"key": [true, "text"]}\n'
        shown = dict(code.locator("span").evaluate_all("all => all.map(one => [one.textContent, getComputedStyle(one).color])"))
        assert set(shown) == {'"key"', "true", '"text"'} and len(set(shown.values())) == 3
        assert page.locator("code.language-mermaid span").count() == 0


def test_tools_show_what_they_allow(browser, address):
    with opened(browser, address) as page:
        tools = page.locator("ul.tools").inner_text()
        assert "Bash(git:*)" in tools and "run any shell command" in tools and "read any file" in tools


def test_a_wide_table_scrolls_in_its_own_box(browser, address):
    with opened(browser, address, viewport={"width": 375, "height": 700}) as page:
        box = page.locator(".prose .scroll")
        assert box.evaluate("one => one.scrollWidth > one.clientWidth && one.tabIndex === 0")
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_nothing_moves_while_a_page_loads(browser, site):
    watch = "globalThis.shifts = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) globalThis.shifts += one.value; }).observe({ type: 'layout-shift', buffered: true });"
    with served_folder(site.folder) as address:
        for name in ("index.html", "agents/reader.html", "overlaps.html", "search.html", "compare/index.html"):
            for width in (375, 1280):
                with opened(browser, "about:blank", viewport={"width": width, "height": 800}) as page:
                    page.add_init_script(watch)
                    page.goto(f"{address}/{name}")
                    page.wait_for_timeout(300)
                    assert page.evaluate("shifts") < 0.01, (name, width)


def test_the_color_scheme_can_be_switched_without_local_storage(browser, address):
    with opened(browser, "about:blank", color_scheme="light") as page:
        page.add_init_script("Object.defineProperty(globalThis, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError'); }})")
        page.goto(address)
        paper = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(paper)
        page.get_by_role("button", name="Dark").click()
        assert page.evaluate(paper) != light
        page.get_by_role("button", name="Light").click()
        assert page.evaluate(paper) == light and page.problems == []


def test_returning_to_the_systems_scheme_follows_the_system_again(browser, site):
    with served_folder(site.folder) as address, opened(browser, f"{address}/index.html", color_scheme="light") as page:
        page.get_by_role("button", name="Dark").click()
        page.get_by_role("button", name="Light").click()
        page.emulate_media(color_scheme="dark")
        page.reload()
        assert page.get_by_role("button", name="Light").is_visible()


def test_printed_pages_have_content_and_no_controls(browser, site):
    for name in ("index.html", "agents/reader.html"):
        with opened(browser, (site.folder / name).as_uri(), color_scheme="dark") as page:
            page.emulate_media(media="print")
            assert page.locator("button:not(.sort), input, nav").evaluate_all("all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 80))") == []
            assert page.get_by_role("heading", level=1).is_visible()
            # Black on white in both schemes.
            assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
