"""The full-text search, with the real Pagefind, in a real browser."""
import functools
import http.server
import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright

import conftest
from conftest import ROOT


def build(folder, *options, path=None):
    options = ("--config", ROOT / "roster.yml", *options)
    return conftest.build([], folder, *options, environment={"PATH": path or conftest.path_with_pagefind()})


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    result = build(folder)
    assert result.returncode == 0, result.stderr
    return folder


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def page(site):
    handler = functools.partial(QuietHandler, directory=site.parent)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.problems = []
        page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.address = f"http://127.0.0.1:{server.server_address[1]}/site"
        page.folder = site
        yield page
        browser.close()
    server.shutdown()


def test_a_word_in_the_header_finds_the_agent(page):
    page.goto(f"{page.address}/agents/api-designer.html")
    page.get_by_role("searchbox").fill("flaky")
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
