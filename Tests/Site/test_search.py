"""The full-text search, with the real Pagefind, in a real browser."""
import contextlib
import shutil

import pytest
from playwright.sync_api import sync_playwright

import conftest
from conftest import ROOT
from test_filter import until


def build(folder, *options, path=None):
    options = ("--config", ROOT / "roster.yml", *options)
    return conftest.build([], folder, *options, environment={"PATH": path or conftest.path_with_pagefind()})


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    result = build(folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def page(site):
    with conftest.served_folder(site.parent) as address, opened_page() as page:
        page.problems = []
        page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.address = f"{address}/site"
        page.folder = site
        yield page


def test_a_word_in_the_header_finds_the_agent(page):
    page.goto(f"{page.address}/agents/api-designer.html")
    page.get_by_role("searchbox", name="Search names").fill("flaky")
    page.keyboard.press("Enter")
    page.get_by_text("for “flaky”").wait_for()
    first = page.locator("#page\\:results li").first
    assert first.get_by_role("link").inner_text() == "flaky-test-hunter"
    assert first.locator("mark").count() > 0
    first.get_by_role("link").click()
    page.get_by_role("heading", name="flaky-test-hunter", level=1).wait_for()
    assert page.problems == []


def test_words_of_prompts_are_found_and_others_are_not(page):
    page.goto(f"{page.address}/search.html?q=backfill")
    page.get_by_text("for “backfill”").wait_for()
    assert "migration-planner" in page.locator("#page\\:results").inner_text()
    page.goto(f"{page.address}/search.html?q=zzyzzx")
    page.get_by_text("No pages for “zzyzzx”").wait_for()


def test_a_name_comes_before_a_summary_and_a_summary_before_a_prompt(tmp_path):
    texts = {
        "weaver": ("Makes cloth.", "Plain words."), "spinner": ("Helps a weaver with yarn.", "Plain words."),
        "dyer": ("Colours cloth.", "Ask the weaver. " * 30), "other": ("Does nothing of it.", "Plain words."),
    }
    for name, (description, prompt) in texts.items():
        (tmp_path / f"{name}.md").write_text(f"---\nname: {name}\ndescription: {description}\n---\n\n{prompt}\n")
    assert conftest.build([tmp_path], tmp_path / "site", environment={"PATH": conftest.path_with_pagefind()}).returncode == 0
    with conftest.served_folder(tmp_path / "site") as address, opened_page() as page:
        page.goto(f"{address}/search.html?q=weaver")
        page.get_by_text("for “weaver”").wait_for()
        assert names(page) == ["weaver", "spinner", "dyer"]


def names(page):
    return page.locator("#page\\:results > li > a").all_inner_texts()


@contextlib.contextmanager
def opened_page():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def test_results_are_narrowed_by_what_agents_are(page):
    page.goto(f"{page.address}/search.html?q=test")
    page.get_by_text("for “test”").wait_for()
    everything = names(page)
    tools = page.get_by_role("group", name="Tools", exact=True)
    count = int(tools.locator("li", has_text="Bash").locator(".number").inner_text())
    tools.get_by_label("Bash", exact=True).check()
    page.get_by_text("for “test”, narrowed").wait_for()
    some = names(page)
    assert 0 < len(some) == count < len(everything) and set(some) < set(everything)
    assert "tool=Bash" in page.url
    models = page.get_by_role("group", name="Models", exact=True)
    assert models.locator("li").count() > 0, "the other filters stay"
    page.reload()
    page.get_by_text("for “test”, narrowed").wait_for()
    assert names(page) == some, "the state is in the address"
    page.get_by_role("button", name="Remove Tools: Bash").click()
    page.get_by_text("for “test”", exact=False).wait_for()
    until(page, f"document.querySelectorAll('#page\\\\:results > li').length === {len(everything)}")
    page.go_back()
    until(page, f"document.querySelectorAll('#page\\\\:results > li').length === {len(some)}")
    assert page.problems == []


def test_results_are_narrowed_by_kind(tmp_path):
    for path, name in ((".claude/agents/one.md", "one"), (".claude/skills/two/SKILL.md", "two")):
        file = tmp_path / "work" / path
        file.parent.mkdir(parents=True)
        file.write_text(f"---\nname: {name}\ndescription: Sails a lugger.\n---\n\nText.\n", "utf-8")
    result = conftest.build([tmp_path / "work"], tmp_path / "site", environment={"PATH": conftest.path_with_pagefind()})
    assert result.returncode == 0, result.stderr
    with conftest.served_folder(tmp_path) as address, opened_page() as page:
        page.goto(f"{address}/site/search.html?q=lugger")
        page.get_by_text("for “lugger”").wait_for()
        assert set(names(page)) == {"one", "two"}
        page.get_by_role("group", name="Kinds", exact=True).get_by_label("skill", exact=True).check()
        page.get_by_text("for “lugger”, narrowed").wait_for()
        assert names(page) == ["two"]


def test_a_sentence_finds_those_that_have_most_of_it(page):
    page.goto(f"{page.address}/search.html?q=who+can+help+with+flaky+tests+and+zzyzzx")
    page.get_by_text("for “who can help with flaky tests and zzyzzx”").wait_for()
    assert names(page)[0] == "flaky-test-hunter"
    assert page.locator(".facets li").count() == 0, "there are no numbers of what is shown"


def test_results_lead_to_the_section_that_has_the_words(page):
    page.goto(f"{page.address}/search.html?q=backfill")
    page.locator(".results .places a").first.wait_for()
    page.locator(".results .places a").first.click()
    page.wait_for_url("**#*")
    assert page.locator(":target").count() == 1


def test_many_results_come_in_pages(tmp_path):
    for number in range(45):
        (tmp_path / f"worker-{number:02}.md").write_text(f"---\nname: worker-{number:02}\ndescription: Works on part {number}.\n---\n\nEverybody mentions gossamer.\n")
    assert conftest.build([tmp_path], tmp_path / "site", environment={"PATH": conftest.path_with_pagefind()}).returncode == 0
    with conftest.served_folder(tmp_path / "site") as address, opened_page() as page:
        page.goto(f"{address}/search.html?q=gossamer")
        page.get_by_text("45 pages for “gossamer”").wait_for()
        seen = names(page)
        assert len(seen) == 20
        for part, count in ((2, 20), (3, 5)):
            page.get_by_role("navigation", name="Pages of results").get_by_role("link", name="Next →").click()
            until(page, f"document.querySelectorAll('#page\\\\:results > li').length === {count} && new URLSearchParams(location.search).get('page') === '{part}'")
            until(page, f"document.querySelector('#page\\\\:pages [aria-current]').textContent === '{part}'")
            seen += names(page)
        assert len(set(seen)) == 45
        page.go_back()
        until(page, "document.querySelector('#page\\\\:pages [aria-current]').textContent === '2'")


def test_an_index_that_is_not_there_is_said(page):
    shutil.rmtree(page.folder / "pagefind")
    page.goto(f"{page.address}/search.html?q=test")
    page.get_by_text("The search index could not be read. It is made by `roster build` where Pagefind is installed.").wait_for()


def test_what_is_searched_for_is_text(page):
    page.goto(f"{page.address}/search.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    page.get_by_text("for “<img").wait_for()
    assert page.locator("main img").count() == 0
    assert page.problems == []


def test_from_disk_the_page_says_why_it_cannot_search(page):
    page.goto((page.folder / "search.html").as_uri() + "?q=flaky")
    page.get_by_text("Full-text search needs a web server").wait_for()


def test_the_index_is_made_only_when_a_page_has_changed(site):
    before = {path: path.stat().st_mtime_ns for path in (site / "pagefind").rglob("*") if path.is_file()}
    assert before
    again = build(site)
    assert "0 files written" in again.stdout
    assert before == {path: path.stat().st_mtime_ns for path in (site / "pagefind").rglob("*") if path.is_file()}
    build(site, "--title", "Another")
    assert (site / "pagefind" / "pagefind-entry.json").stat().st_mtime_ns != before[site / "pagefind" / "pagefind-entry.json"]


def test_an_index_that_failed_is_made_up_for(site, tmp_path):
    broken = tmp_path / "bin" / "pagefind"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    entry = site / "pagefind" / "pagefind-entry.json"
    before = entry.stat().st_mtime_ns
    assert build(site, "--title", "Another", path=f"{broken.parent}:/usr/bin:/bin").returncode == 1
    assert build(site, "--title", "Another").returncode == 0
    assert entry.stat().st_mtime_ns != before


def test_an_index_of_somebody_else_stays(tmp_path):
    folder = tmp_path / "site"
    (folder / "pagefind").mkdir(parents=True)
    (folder / "pagefind" / "pagefind.js").write_text("mine")
    result = build(folder)
    assert result.returncode == 1 and "pagefind/pagefind.js" in result.stderr
    assert (folder / "pagefind" / "pagefind.js").read_text() == "mine"


def test_an_index_is_not_written_through_a_link(tmp_path):
    folder, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "pagefind").symlink_to(elsewhere)
    assert build(folder).returncode == 1
    assert list(elsewhere.iterdir()) == []


def test_without_search_nothing_of_it_is_left(site):
    build(site, "--no-search")
    assert not (site / "pagefind").exists()
    assert not (site / "search.html").exists()
    assert "search.html" not in (site / "index.html").read_text()


def test_without_pagefind_the_build_says_how_to_get_it(tmp_path):
    result = build(tmp_path / "site", path="/usr/bin:/bin")
    assert result.returncode == 0
    assert "Without full-text search" in result.stdout
    assert not (tmp_path / "site" / "search.html").exists()


def test_a_pagefind_that_fails_is_said_and_leaves_the_site(tmp_path):
    broken = tmp_path / "bin" / "pagefind"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho 'it is broken' >&2\nexit 3\n")
    broken.chmod(0o755)
    result = build(tmp_path / "site", path=f"{broken.parent}:/usr/bin:/bin")
    assert result.returncode == 1
    assert "ended with status 3: it is broken" in result.stderr
    assert (tmp_path / "site" / "index.html").is_file()
    assert build(tmp_path / "site", "--no-search").returncode == 0
