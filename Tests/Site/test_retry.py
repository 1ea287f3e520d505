"""Data that failed to load are loaded again by the next action, and the error message disappears."""
import contextlib
import functools
import http.server
import json
import re
import threading

import pytest

from conftest import QuietHandler, published
from browsers import opened
from test_filter import BOX, SAID, names, until


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """More than one part of filter data, and more rows than a page shows at once."""
    folder = tmp_path_factory.mktemp("parts")
    for number in range(1010):
        kind = "zebra" if number % 7 == 0 else "horse"
        (folder / f"{number:04}.md").write_text(f"---\nname: {kind}-{number:04}\ndescription: Feeds {kind} {number}.\ntags: [{kind}]\n---\n\nText {number}.\n")
    return published(tmp_path_factory, "parts", [folder])


class Failing(QuietHandler):
    """Answers the first request for each of some files with 503."""

    def do_GET(self):
        for name in list(self.server.failing):
            if re.search(name, self.path):
                self.server.failing.remove(name)
                self.server.failed.append(self.path)
                return self.send_error(503)
        return super().do_GET()


@contextlib.contextmanager
def failing(folder, *names):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Failing, directory=folder))
    server.failing, server.failed = list(names), []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", server
    server.shutdown()
    assert not server.failing, "never requested"


def said(page):
    return page.locator(SAID).inner_text()


def waits(page, text):
    until(page, f"document.querySelector('{SAID}').textContent.includes({json.dumps(text)})")


def is_idle(page):
    until(page, "document.querySelector('table.agents').ariaBusy !== 'true'")


@pytest.mark.parametrize("part", ["agents.0", "agents.1"])
def test_filter_data_are_loaded_again(browser, site, part):
    with failing(site.folder, rf"filter/{part}\.js") as (address, server), opened(browser, address + "/index.html") as page:
        page.fill(BOX, "zebra")
        waits(page, "could not be loaded")
        assert server.failed == [f"/filter/{part}.js"]
        is_idle(page)
        page.fill(BOX, "zebra-07")
        waits(page, "15 of 1,010")
        is_idle(page)
        assert names(page)[0].startswith("zebra-07") and len(names(page)) == 15


def test_filter_rows_are_loaded_again(browser, site):
    with failing(site.folder, r"filter/rows\.\d+\.js") as (address, server), opened(browser, address + "/index.html") as page:
        # Loads the data of all agents before any rows.
        page.fill(BOX, "qqqqqq")
        waits(page, "No agents match")
        until(page, f"!document.querySelector('{SAID}').textContent.includes('so far')")
        page.fill(BOX, "zebra-07")
        waits(page, "could not be loaded")
        is_idle(page)
        page.fill(BOX, "zebra-070")
        waits(page, "of 1,010")
        is_idle(page)
        assert names(page) and all(name.startswith("zebra-07") for name in names(page))
        assert "could not" not in said(page)


def test_more_filter_rows_are_loaded_again(browser, site):
    with failing(site.folder, r"filter/rows\.(1[0-9])\.js") as (address, server), opened(browser, address + "/index.html") as page:
        page.fill(BOX, "horse")
        waits(page, "of 1,010")
        more = page.locator("button.more")
        more.wait_for()
        while not server.failed:
            count = page.locator("table.agents tbody tr").count()
            more.click()
            until(page, f"document.querySelectorAll('table.agents tbody tr').length > {count} || document.querySelector('{SAID}').textContent.includes('could not')")
            is_idle(page)
        waits(page, "could not be loaded")
        count = page.locator("table.agents tbody tr").count()
        more.click()
        until(page, f"document.querySelectorAll('table.agents tbody tr').length > {count}")
        waits(page, "of 1,010")
        assert page.locator("table.agents tbody tr").count() == count + 100


def test_data_of_selected_agents_are_loaded_again(browser, site):
    with failing(site.folder, r"compare/agents\.\d+\.js") as (address, _), opened(browser, address + "/index.html") as page:
        boxes = page.locator("input[data-choose]")
        boxes.nth(0).check()
        until(page, "document.querySelector('.tray .sum')?.textContent.includes('could not be loaded')")
        boxes.nth(1).check()
        until(page, "document.querySelector('.tray .sum').textContent.includes('tokens')")
        assert "could not" not in page.locator(".tray").inner_text()


def test_comparison_data_are_loaded_again(browser, site):
    with failing(site.folder, r"compare/agents\.\d+\.js") as (address, _), opened(browser, address + "/compare/index.html?with=zebra-0000,zebra-0007") as page:
        page.get_by_text("The data of these agents could not be loaded.").wait_for()
        page.get_by_role("button", name="Try again").click()
        page.wait_for_selector("[data-comparing] table.compare")
        assert page.get_by_text("could not be loaded").count() == 0


def test_the_prompt_of_a_repaired_file_is_loaded_again(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("repaired")
    (folder / "a.md").write_bytes(b"---\nname: a\ndescription: d\n---\nText \xff\n")
    made = published(tmp_path_factory, "repaired", [folder])
    with failing(made.folder, r"compare/agents\.0\.js") as (address, _), opened(browser, address + "/agents/a.html") as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { globalThis.copied = text; }}})")
        page.get_by_text("Install", exact=True).click()
        page.get_by_role("button", name="Copy prompt").click()
        page.get_by_role("button", name="Not copied").wait_for()
        page.get_by_role("button", name="Copy prompt").click()
        page.get_by_role("button", name="Copied", exact=True).wait_for()
        assert page.evaluate("globalThis.copied") == "Text \ufffd\n"
