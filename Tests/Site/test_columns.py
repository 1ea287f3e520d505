"""The table of a comparison in a real browser: row order, pinned heads, and moving, removing and adding columns."""
import re

import pytest

from conftest import build
from test_accessibility import problems
from browsers import follow, opened
from test_filter import until

TEXT = "\n".join(f"Sentence {number} of the prompt says what is to be done." for number in range(24))
LONG = "Use it " + " ".join(f"when case {number} comes up and somebody has to look at it closely." for number in range(30))
# Numbered from 1, in alphabetical order.
NAMES = ["", "amber", "birch", "cedar", "delta", "elm", "fern", "grape", "hazel", "iris", "juniper", "kelp", "lotus"]
WIDTHS = (375, 1280, 1920)


def agent(name, tools="Read", model="opus", description="Does what is needed.", body=TEXT):
    return f"---\nname: {name}\ndescription: {description}\ntools: {tools}\nmodel: {model}\ncolor: red\n---\n\n# Work\n\n{body}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("columns")
    for number in range(1, 13):
        tools = "Read, Bash" if number % 4 == 0 else "Read"
        body = TEXT if number < 10 else TEXT.replace("what", f"thing {number}")
        (folder / f"{NAMES[number]}.md").write_text(agent(NAMES[number], tools, "haiku" if number == 7 else "opus", LONG if number == 2 else "Does what is needed.", body))
    for place in ("one", "two", "three"):
        (folder / place).mkdir()
        (folder / place / "same.md").write_text(agent("same", "Read" if place != "three" else "Read, Bash", "sonnet", body="Another text."))
    (folder / "roster.yml").write_text("compare:\n  pinned:\n    - title: Two\n      agents: [cedar, delta]\n    - title: Many\n      agents: [" + ", ".join(NAMES[1:]) + "]\n")
    output = tmp_path_factory.mktemp("columns-site") / "site"
    result = build([folder], output, "--config", folder / "roster.yml")
    assert result.returncode == 0, result.stderr
    return output


def names(page):
    return page.locator(".compared > .scroll thead th.spine .cell > :first-child").all_inner_texts()


def address(site, *numbers):
    return (site / "compare" / "index.html").as_uri() + "?with=" + ",".join(NAMES[number] for number in numbers)


def ready(page):
    page.locator(".compared .hide-same").wait_for(state="attached")
    page.locator(".compared > .scroll .edit button").first.wait_for()


def sentence(page):
    return page.locator(".lead").first.inner_text()


def test_a_comparison_opens_with_a_sentence_and_the_browser_writes_the_same(browser, site):
    with opened(browser, (site / "compare" / "two.html").as_uri()) as page:
        prepared = sentence(page)
        assert prepared == "Same prompt; delta adds Bash. Only delta can run commands."
        page.goto(address(site, 3, 4))
        ready(page)
        assert sentence(page) == prepared
        page.goto((site / "compare" / "many.html").as_uri())
        prepared = sentence(page)
        assert prepared == "12 agents: same prompt in 9; 3 can run commands; tools and models differ."
        page.goto(address(site, *range(1, 13)))
        ready(page)
        assert sentence(page) == prepared and page.problems == []


@pytest.mark.parametrize("name", ["content_site", "corpora_site"])
def test_prepared_tables_and_those_of_the_browser_are_the_same(request, browser, name):
    """Compares the sentences, heads and rows of groups of three and more."""
    folder = request.getfixturevalue(name).folder
    pages = [page for page in [*sorted((folder / "compare").glob("*.html")), *sorted((folder / "agents").glob("*.html"))] if "-vs-" not in page.name and 'class="compare across"' in page.read_text()]
    assert pages
    drawn = """() => ({
      sentence: document.querySelector(".lead").textContent,
      heads: [...document.querySelectorAll(".compared > .scroll thead th.spine > .cell")].map((one) => one.textContent.replace(/\\s+/g, " ")),
      rows: [...document.querySelectorAll(".compared > .scroll tbody tr")].map((row) => row.className + row.textContent.replace(/Show more|\\s+/g, " ").trim()),
    })"""
    with opened(browser, "about:blank") as page:
        for prepared in pages[:: 1 if len(pages) < 20 else len(pages) // 12]:
            page.goto(prepared.as_uri())
            if page.locator(".compared").get_by_text("The first 40 of").count():
                continue
            expected = page.evaluate(drawn)
            ids = page.evaluate("[...document.querySelectorAll('.compared > .scroll thead .cell a')].map((link) => rosterChoice.idOf(link.href))")
            # Copies are grouped with the first of them, without help from the address.
            page.goto((folder / "compare" / "index.html").as_uri() + "?with=" + ",".join(ids))
            ready(page)
            assert page.evaluate(drawn) == expected, prepared.name
        assert page.problems == []


def test_equal_rows_are_hidden_counted_and_shown_on_request(browser, site):
    with opened(browser, (site / "compare" / "two.html").as_uri()) as page:
        ready(page)
        equal = page.locator("tbody.equal tr:not(.group)")
        count = equal.count()
        assert count > 5 and not equal.first.is_visible()
        box = page.get_by_label("Show differences only")
        assert box.is_checked() and f"{count} equal rows hidden" in page.locator(".controls").inner_text()
        box.uncheck()
        assert equal.first.is_visible() and "hidden" not in page.locator(".controls").inner_text()
        # The choice is remembered, and also applies to the comparison in the browser.
        page.goto(address(site, 3, 4))
        ready(page)
        assert equal.first.is_visible() and not box.is_checked()
        box.check()
        page.reload()
        ready(page)
        assert not equal.first.is_visible()


def test_without_javascript_all_rows_are_there_and_differences_come_first(browser, site):
    with opened(browser, (site / "compare" / "two.html").as_uri(), java_script_enabled=False) as page:
        rows = page.locator("table.across tbody tr:not(.group)")
        classes = [row.get_attribute("class") for row in rows.all()]
        assert "same" in classes and classes == sorted(classes, key=lambda one: one == "same") and all(row.is_visible() for row in rows.all())
        assert page.get_by_role("button").count() == 0
    with opened(browser, address(site, 3, 4), java_script_enabled=False) as page:
        assert "needs JavaScript" in page.locator("main").inner_text()
        follow(page.get_by_role("link", name="prepared comparison"))
        follow(page.locator("table.groups").get_by_role("link", name="Many"))
        assert page.locator(".compared table.across").is_visible()


def test_columns_are_moved_removed_and_added_with_the_keyboard(browser, site):
    focus = "document.activeElement.getAttribute('aria-label')"
    with opened(browser, address(site, 1, 3, 4)) as page:
        ready(page)
        page.get_by_role("button", name="Move amber right").focus()
        page.keyboard.press("Enter")
        until(page, "location.search.includes('cedar,')")
        ready(page)
        assert names(page) == ["cedar", "amber", "delta"] and page.evaluate(focus) == "Move amber right"
        assert page.locator("p[role=status]", has_text="amber is 2 of 3").count() == 1
        page.keyboard.press("Enter")
        until(page, f"{focus} === 'Move amber left'")
        assert names(page) == ["cedar", "delta", "amber"]
        page.get_by_role("button", name="Remove cedar").focus()
        page.keyboard.press("Enter")
        until(page, f"{focus} === 'Remove delta'")
        assert names(page) == ["delta", "amber"] and "cedar" not in page.url
        assert sentence(page) == "Same prompt; amber drops Bash. Only delta can run commands."
        box = page.get_by_role("combobox", name="Add an agent")
        box.focus()
        page.keyboard.type("grape")
        page.locator(".add [role=option]").first.wait_for()
        assert "delta" not in page.locator(".add .title").all_inner_texts()
        page.keyboard.press("Enter")
        until(page, "document.querySelectorAll('.compared > .scroll thead th.spine').length === 3")
        assert names(page) == ["delta", "amber", "grape"] and page.evaluate(focus) == "Add an agent"
        # The address contains the columns, and the back button undoes a change.
        shared = page.url
        page.go_back()
        until(page, "document.querySelectorAll('.compared > .scroll thead th.spine').length === 2")
        page.goto(shared)
        ready(page)
        assert names(page) == ["delta", "amber", "grape"] and page.problems == []


def test_the_last_column_leaves_a_box_to_add_another(browser, site):
    with opened(browser, address(site, 1, 3)) as page:
        ready(page)
        page.get_by_role("button", name="Remove amber").click()
        page.get_by_text("Only cedar is selected.").wait_for()
        page.get_by_role("combobox", name="Add an agent").fill("elm")
        page.locator(".add [role=option]").first.click()
        ready(page)
        assert names(page)[0] == "cedar" and len(names(page)) == 2


def test_a_prepared_comparison_is_edited_in_the_browser(browser, site):
    with opened(browser, (site / "compare" / "many.html").as_uri()) as page:
        ready(page)
        before = names(page)
        page.get_by_role("button", name="Remove birch", exact=True).click()
        page.wait_for_url("**/compare/index.html?with=**")
        ready(page)
        assert names(page) == [name for name in before if name != "birch"] and page.problems == []


def test_identical_copies_share_a_column(browser, site):
    with opened(browser, (site / "agents" / "same.html").as_uri()) as page:
        ready(page)
        heads = page.locator(".compared > .scroll thead th.spine")
        assert heads.count() == 2
        copied = heads.filter(has_text="2 identical copies")
        assert copied.locator("a").count() == 2
        files = page.locator("table.across tr", has=page.locator("th > span", has_text=re.compile("^File$")))
        assert sorted(files.locator("li").all_inner_texts()) == ["one/same.md", "two/same.md"]
        # Copies are removed and moved together.
        copied.locator("button.left:enabled, button.right:enabled").click()
        page.wait_for_url("**/compare/index.html?with=**")
        ready(page)
        assert len(page.url.split("=")[1].split(",")) == 3 and heads.count() == 2 and heads.filter(has_text="2 identical copies").count() == 1


def test_long_cells_are_cut_and_opened(browser, site):
    with opened(browser, address(site, 1, 2, 3), viewport={"width": 1280, "height": 800}) as page:
        ready(page)
        page.get_by_role("button", name="Show more: When to use").wait_for()
        row = page.locator("table.across tr", has=page.locator("th > span", has_text="When to use"))
        button = row.get_by_role("button")
        height = row.bounding_box()["height"]
        assert height < 220
        button.click()
        assert row.bounding_box()["height"] > height + 50 and button.get_attribute("aria-expanded") == "true"
        button.click()
        assert row.bounding_box()["height"] == height


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [2, 3, 12])
def test_the_first_difference_is_on_the_first_screen_and_nothing_is_too_wide(browser, site, width, count):
    with opened(browser, address(site, *range(3, 3 + count) if count < 12 else range(1, 13)), viewport={"width": width, "height": 800}) as page:
        ready(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        row = page.locator("table.across tbody:not(.equal) tr:not(.group)").first.bounding_box()
        assert row["y"] + min(row["height"], 60) <= 800
        # No row has a large gap: its content fills it to the bottom, or nearly.
        holes = page.evaluate("""() => [...document.querySelectorAll('table.across tbody tr')].filter((row) => row.getClientRects().length)
          .map((row) => row.clientHeight - Math.max(...[...row.querySelectorAll(':scope > * > *')].map((cell) => cell.getBoundingClientRect().bottom - row.getBoundingClientRect().top)))""")
        assert max(holes) < 40
        scroll = page.locator(".compared > .scroll")
        if width == 375:
            # One column at a time, with its position and the row labels.
            heads = page.locator(".compared > .scroll thead th.spine")
            assert abs(heads.first.bounding_box()["width"] - scroll.bounding_box()["width"]) <= 1
            assert heads.first.locator(".position").inner_text() == f"1 of {count}"
            scroll.evaluate("one => one.scrollBy({left: one.clientWidth * 0.8, behavior: 'instant'})")
            until(page, "document.querySelector('.compared > .scroll').scrollLeft === document.querySelector('.compared > .scroll').clientWidth")
            label = page.locator("table.across tbody tr:not(.group) th > span").first.bounding_box()
            assert label["x"] >= 0 and label["x"] + label["width"] <= width
        elif count == 12:
            assert scroll.evaluate("one => one.scrollWidth > one.clientWidth")
            scroll.evaluate("one => one.scrollTo({left: 400, behavior: 'instant'})")
            assert page.locator("table.across tbody tr:not(.group) th").first.bounding_box()["x"] == scroll.bounding_box()["x"]


@pytest.mark.parametrize("width", [375, 1280])
def test_the_heads_stay_in_view(browser, site, width):
    with opened(browser, address(site, *range(1, 13)), viewport={"width": width, "height": 500}) as page:
        ready(page)
        page.get_by_label("Show differences only").uncheck() if page.locator(".compared .hide-same").is_visible() else None
        bar = page.locator(".pinned")
        assert not bar.is_visible()
        page.locator("table.across tbody tr").nth(8).evaluate("row => scrollTo({top: row.getBoundingClientRect().top + scrollY - 200, behavior: 'instant'})")
        page.locator(".pinned .frame").wait_for(state="visible")
        header = page.locator("header.site").bounding_box()
        top = page.locator(".pinned .frame").bounding_box()["y"]
        assert abs(top - max(0, header["y"] + header["height"])) <= 1
        # The copy scrolls with the columns, and its buttons work.
        page.locator(".compared > .scroll").evaluate("one => one.scrollTo({left: one.clientWidth, behavior: 'instant'})")
        until(page, "document.querySelector('.pinned .frame').scrollLeft === document.querySelector('.compared > .scroll').scrollLeft && document.querySelector('.pinned .frame').scrollLeft > 0")
        if width == 375:
            assert page.locator(".pinned th.spine").nth(1).bounding_box()["x"] == pytest.approx(16, abs=2)
        page.locator(".pinned button.remove").nth(1).evaluate("button => button.click()")
        until(page, "document.querySelectorAll('.compared > .scroll thead th.spine').length === 11")
        assert "birch" not in names(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_no_state_of_a_comparison_has_a_barrier(browser, site, width, scheme):
    with opened(browser, address(site, *range(1, 13)), viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        ready(page)
        wrong = [f"twelve: {problem}" for problem in problems(page)]
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(200)
        wrong += [f"pinned: {problem}" for problem in problems(page)]
        page.goto((site / "agents" / "same.html").as_uri())
        ready(page)
        page.get_by_label("Show differences only").uncheck()
        wrong += [f"copies: {problem}" for problem in problems(page)]
        page.get_by_role("combobox", name="Add an agent").fill("amber")
        page.locator(".add [role=option]").first.wait_for()
        wrong += [f"adding: {problem}" for problem in problems(page, ".add")]
    assert not wrong, "\n".join(wrong[:20])
