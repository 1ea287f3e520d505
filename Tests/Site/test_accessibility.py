"""WCAG 2.2 AA: axe-core on every kind of page and in the states that scripts create, and separate tests for the keyboard,
motion and forced colors.
"""
import importlib.resources
import re

import pytest
from addresses import page_of

from browsers import opened
from test_browser import address_of, types_of_pages

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDTHS = (375, 1280)
SCHEMES = ("light", "dark")
# The rules whose result depends on colors.
COLORS = ["color-contrast", "link-in-text-block"]
AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def problems(page, within=None, rules=TAGS):
    """The violations that axe-core reports for a page or a part of it, one per line."""
    # Evaluating axe-core takes longer than checking a small page.
    if not page.evaluate("Boolean(globalThis.axe)"):
        page.evaluate(AXE)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("([within, options]) => axe.run(within ?? document, options).then(({ violations }) => violations)", [within, options])
    return [f"{one['id']} ({one['impact']}): {node['html'][:160]} {node.get('failureSummary', '')[:200]}" for one in found for node in one["nodes"][:3]]


def barriers(page, name):
    """The violations in both color schemes. In the dark one, only the rules about colors are checked again, and only in
    a wide window, because colors do not depend on the width.
    """
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    wrong = [f"{name}: {problem}" for problem in problems(page)]
    if page.viewport_size["width"] < 1000:
        return wrong
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return wrong + [f"{name}, dark: {problem}" for problem in problems(page, rules=COLORS)]


def test_axe_finds_what_is_wrong(browser):
    with opened(browser, "data:text/html,<img src=x><p style='color:%23ccc'>pale</p>") as page:
        text = "\n".join(problems(page))
        assert "image-alt" in text and "color-contrast" in text


@pytest.mark.parametrize("width", WIDTHS)
def test_no_kind_of_page_has_a_barrier(browser, small_site, width):
    with opened(browser, address_of(small_site, "index.html"), viewport={"width": width, "height": 900}) as page:
        wrong = []
        for address in types_of_pages(small_site, each=3):
            page.goto(address_of(small_site, address))
            wrong += barriers(page, address)
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_a_review_has_a_barrier(browser, review_site, width):
    with opened(browser, (review_site.folder / "index.html").as_uri(), viewport={"width": width, "height": 900}) as page:
        wrong = barriers(page, "overview")
        for name in ("agents/wide", "agents/half", "agents/split", "agents/gone-removed", "documents/agents-note-md"):
            page.goto((review_site.folder / f"{name}.html").as_uri())
            wrong += barriers(page, name)
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_state_of_a_page_has_a_barrier(browser, content_site, width, scheme):
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    index = (content_site.folder / "index.html").as_uri()
    wrong = []
    with opened(browser, index + "?filter=test&tools=read,bash&all=tools", **options) as page:
        page.locator(".chips button").first.wait_for()
        if width < 1000:
            page.get_by_role("button", name="Filter by …").click()
        page.locator("input[data-choose]").first.check()
        page.locator(".tray").get_by_text("1 agent selected").wait_for()
        wrong += [f"narrowed: {problem}" for problem in problems(page)]
        # The open menu covers parts of the page, so only the menu is checked.
        page.get_by_text("Browse", exact=True).click()
        page.locator("details[data-menu] li").last.wait_for()
        wrong += [f"menu: {problem}" for problem in problems(page, "header.site")]
    with opened(browser, index + "?filter=qqqqqqq", **options) as page:
        page.get_by_text("No agents match. Try other words").wait_for()
        wrong += [f"nothing: {problem}" for problem in problems(page)]
    with opened(browser, (content_site.folder / "search.html").as_uri() + "?q=who+can+run+tests", **options) as page:
        page.locator(".results li").first.wait_for()
        wrong += [f"search: {problem}" for problem in problems(page)]
    with opened(browser, index, **options) as page:
        page.keyboard.press("Control+k")
        page.keyboard.type("test")
        page.locator("dialog [role=option]").first.wait_for()
        wrong += [f"palette: {problem}" for problem in problems(page, "dialog")]
        page.keyboard.press("Escape")
        page.get_by_role("combobox", name="What do you need done?").fill("test")
        page.locator("form [role=option]").first.wait_for()
        wrong += [f"box: {problem}" for problem in problems(page, "form.search")]
    assert not wrong, "\n".join(wrong[:20])


def test_whoever_hears_the_page_is_told_what_is_drawn(browser, content_site):
    with opened(browser, page_of(content_site.folder, "api-designer").as_uri(), viewport={"width": 1600, "height": 900}) as page:
        assert page.get_by_role("img", name=re.compile("^May ")).count() >= 1
        for landmark in ("banner", "main", "contentinfo"):
            assert page.get_by_role(landmark).count() == 1
        assert page.get_by_role("navigation", name="Outline").count() == 1
        levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.filter(one => one.getClientRects().length).map(one => Number(one.localName[1]))")
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(level <= before + 1 for before, level in zip(levels, levels[1:])), levels


def test_the_keyboard_reaches_everything_in_the_order_of_the_page_and_shows_where_it_is(browser, content_site):
    with opened(browser, page_of(content_site.folder, "api-designer").as_uri(), viewport={"width": 1280, "height": 900}) as page:
        reachable = page.evaluate("""() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
          .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled).length""")
        seen = []
        for _ in range(reachable + 5):
            page.keyboard.press("Tab")
            state = page.evaluate("""() => { const one = document.activeElement; const style = getComputedStyle(one);
              return [one.outerHTML.slice(0, 80), style.outlineStyle, parseFloat(style.outlineWidth), one === document.body]; }""")
            if state[3]:
                break
            assert state[1] != "none" and state[2] >= 2, f"no focus to be seen on {state[0]}"
            seen.append(state[0])
        assert len(seen) >= reachable, f"{len(seen)} of {reachable}"


def test_the_menu_opens_and_closes_from_the_keyboard(browser, content_site):
    with opened(browser, (content_site.folder / "index.html").as_uri()) as page:
        menu = page.locator("details[data-menu]")
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
        assert page.get_by_role("link", name="Topics").first.is_visible()
        page.keyboard.press("Escape")
        assert menu.get_attribute("open") is None and page.evaluate("document.activeElement.localName") == "summary"
        page.keyboard.press("Enter")
        page.mouse.click(600, 500)
        assert menu.get_attribute("open") is None


def test_nothing_moves_for_those_who_want_no_motion(browser, content_site):
    moving = "[...document.querySelectorAll('*')].filter((one) => { const style = getComputedStyle(one); return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none'; }).length"
    with opened(browser, (content_site.folder / "index.html").as_uri(), reduced_motion="reduce") as page:
        assert page.evaluate(moving) == 0
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    with opened(browser, (content_site.folder / "index.html").as_uri()) as page:
        assert page.evaluate(moving) > 0, "the look sees what it is for"


def test_forced_colours_leave_what_is_drawn_to_be_told_apart(browser, content_site):
    with opened(browser, (content_site.folder / "index.html").as_uri(), forced_colors="active") as page:
        colours = page.evaluate("""() => {
          const of = (name) => getComputedStyle(document.querySelector(`table.agents .reach ${name}`)).backgroundColor;
          return [of("i.on"), of("i:not([class])")];
        }""")
        assert colours[0] != colours[1]
    with opened(browser, (content_site.folder / "portfolio.html").as_uri(), forced_colors="active") as page:
        assert page.evaluate("getComputedStyle(document.querySelector('.gauge:not(.w0)')).backgroundImage") != "none"


@pytest.mark.parametrize("zoom", [2, 4])
def test_nothing_is_lost_when_it_is_magnified(browser, content_site, zoom):
    """1,280 px are 640 px at 200% and 320 px at 400%: https://www.w3.org/WAI/WCAG22/Understanding/reflow.html"""
    with opened(browser, page_of(content_site.folder, "api-designer").as_uri(), viewport={"width": 1280 // zoom, "height": 900 // zoom}, device_scale_factor=zoom) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280 // zoom
        assert page.get_by_role("heading", name="api-designer").is_visible()
        clipped = page.evaluate("""() => [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility() && getComputedStyle(one).overflowX === "hidden"
          && one.scrollWidth > one.clientWidth + 1 && !one.matches(".hidden, .summary > div, .name")).map((one) => one.outerHTML.slice(0, 90))""")
        assert clipped == []
