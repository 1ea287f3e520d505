"""The page of an item: layout, installation, raw text, navigation through a list, and printing."""
import contextlib
import functools
import http.server
import json
import pathlib
import subprocess
import threading

import pytest

from addresses import page_of
from conftest import ROOT, SHARED, build, published, served_folder
from browsers import follow, opened
from test_browser import copied
from test_filter import until

CAPTAIN = """---
name: captain
description: |
  Ships releases. Use it when a release is due, and on no Friday.

  <example>
  user: Ship it
  assistant: I call the captain.
  </example>
tools: Read, Bash, Frobnicate
tags: [ships]
permissionMode: bypassPermissions
---

# Captain

The share is \\(s_1 + s_2\\).

## Steps

Ship it.

## Notes

A letter: \u200b hidden.
""" + "\nAnd a line more.\n" * 60


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("items")
    (folder / "captain.md").write_text(CAPTAIN)
    (folder / "odd.md").write_text("---\nname: odd\ndescription: Odd.\nmodel: sonnet\ntools: Raed\n---\n\n# Odd\n\nWork.\n".replace("\n", "\r\n"), "utf-16", newline="")
    for name in ("alpha", "beta", "gamma"):
        (folder / f"{name}.md").write_text(f"---\nname: {name}\ndescription: Knows {name}.\ntools: Read\n---\n\n{name} works.\n")
    (folder / "alpha.md").write_text("---\nname: alpha\ndescription: Knows alpha.\ntools: Read\n---\n\n[The handbook](handbook.md)\n")
    (folder / "handbook.md").write_text("# Handbook\n\nWhat we do.\n")
    return published(tmp_path_factory, "items", [folder])


@pytest.fixture
def captain(site):
    return page_of(site.folder, "captain").as_uri()


def test_everything_has_the_same_left_edge(browser, site):
    pages = [site.folder / "index.html", page_of(site.folder, "captain"), page_of(site.folder, "alpha"), site.folder / "portfolio.html"]
    pages.append(page_of(site.folder, "handbook", "documents"))
    for width in (375, 768, 1280, 1920):
        for page_file in pages:
            with opened(browser, page_file.as_uri(), viewport={"width": width, "height": 900}) as page:
                lefts = page.locator(".brand, h1, .prompt > h2").evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().left))")
                assert len(set(lefts)) == 1, (page_file.name, width, lefts)


def test_the_prompt_begins_on_the_first_screen(browser, site, content_site):
    pages = [page_of(site.folder, "captain"), page_of(content_site.folder, "api-designer"), page_of(content_site.folder, "flaky-test-hunter")]
    for page_file in pages:
        with opened(browser, page_file.as_uri(), viewport={"width": 1280, "height": 800}) as page:
            assert page.locator(".prompt > .prose").bounding_box()["y"] < 780


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds are not beside the checkout")
def test_the_prompts_of_the_seeds_begin_on_the_first_screen(browser, seeds_site):
    for agent in json.loads((seeds_site.folder / "catalog.json").read_text("utf-8"))["agents"]:
        with opened(browser, (seeds_site.folder / agent["url"]).as_uri(), viewport={"width": 1280, "height": 800}) as page:
            assert page.locator(".prompt > .prose").bounding_box()["y"] < 780, agent["id"]


def test_the_sidebar_is_beside_the_text_on_wide_screens(browser, captain):
    for width, is_beside in ((1023, False), (1024, True), (1280, True), (1920, True)):
        with opened(browser, captain, viewport={"width": width, "height": 800}) as page:
            text, rail = page.locator(".item > .text").bounding_box(), page.locator(".rail").bounding_box()
            assert (rail["x"] >= text["x"] + text["width"]) == is_beside, width
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.evaluate("scrollTo(0, 400)")
            if is_beside:
                assert page.locator(".rail").bounding_box()["y"] >= 0


def test_reach_is_shown_in_words_and_letters_besides_colors(browser, captain):
    with opened(browser, captain) as page:
        drawn = page.locator(".rail .reach")
        assert "never asks" in drawn.get_attribute("title").lower() or "permission" in drawn.get_attribute("title")
        said = drawn.evaluate("one => [...one.children].map(cell => getComputedStyle(cell, '::before').content.split(' ')[0] + getComputedStyle(cell, '::after').content.split(' ')[0])")
        assert [text.replace('"', "") for text in said] == ["RRead", "EEdit", "$Run", "WWeb", "DDelegate", "?Other"]
        assert "Never asks" in drawn.evaluate("one => getComputedStyle(one, '::after').content")
        run, read = (drawn.locator(f"i:nth-child({place})").evaluate("one => getComputedStyle(one).backgroundColor") for place in (3, 1))
        assert run != read


def test_the_install_menu_works_without_scripts(browser, site, captain):
    for is_on in (True, False):
        with opened(browser, captain, java_script_enabled=is_on) as page:
            download = page.get_by_role("link", name="Download")
            assert not download.is_visible()
            page.locator(".install > summary").click()
            assert download.is_visible() and ".claude/agents/captain.md" in page.locator(".install").inner_text()
            page.get_by_role("link", name="Use it in another runtime").click()
            assert page.url.endswith("#page:ports")
            if is_on:
                assert ".github/agents/NAME.agent.md" in page.locator(".ports").inner_text()


@pytest.mark.parametrize("how", ["disk", "network"])
@pytest.mark.parametrize("name, line", [("captain", 10), ("odd", 5)])
def test_findings_link_to_their_line_in_the_raw_text_and_back(browser, site, how, name, line):
    with contextlib.ExitStack() as stack:
        start = stack.enter_context(served_folder(site.folder)) if how == "network" else site.folder.as_uri()
        address = f"{start}/{page_of(site.folder, name).relative_to(site.folder)}"
        page = stack.enter_context(opened(browser, address, viewport={"width": 1280, "height": 800}))
        finding = page.locator(".findings li", has_text="tool-unknown").first
        finding.get_by_role("link", name=f"Line {line}", exact=True).click()
        row = page.locator(f"[id='page:line-{line}']")
        row.wait_for()
        assert row.inner_text().startswith("tools: ") and page.locator(".prompt > .prose").is_hidden()
        assert row.evaluate("one => [...one.parentElement.children].indexOf(one) + 1") == line
        row.get_by_role("link", name="Warning").click()
        until(page, "location.hash.startsWith('#page:finding-')")
        page.get_by_role("button", name="Rendered").click()
        assert page.locator(".prompt > .prose").is_visible() and page.locator("pre.listing").is_hidden()
        assert page.problems == []


def test_the_raw_text_labels_invisible_characters(browser, captain):
    with opened(browser, captain) as page:
        page.get_by_role("button", name="Raw").click()
        assert page.locator("pre.listing .unseen").inner_text() == "U+200B"
        assert page.locator("pre.listing .row").count() == len(CAPTAIN.splitlines())


def test_previous_and_next_follow_the_list_that_was_open(browser, site):
    with opened(browser, (site.folder / "index.html").as_uri()) as page:
        names = page.locator("table.agents tbody th > a:first-of-type").all_inner_texts()
        follow(page.get_by_role("link", name=names[0], exact=True))
        steps = page.get_by_role("navigation", name="In the list")
        steps.wait_for()
        assert steps.get_by_role("link").all_inner_texts() == [f"1 of {len(names)}", "Next →"]
        follow(steps.get_by_role("link", name="Next"))
        page.get_by_role("heading", level=1, name=names[1], exact=True).wait_for()
        follow(steps.get_by_role("link", name="Previous"))
        page.get_by_role("heading", level=1, name=names[0], exact=True).wait_for()
        follow(steps.get_by_role("link", name="1 of"))
        page.wait_for_url("**/index.html")
    with opened(browser, page_of(site.folder, "beta").as_uri()) as page:
        assert page.get_by_role("navigation", name="In the list").count() == 0


def test_folded_parts_are_printed(browser, captain):
    with opened(browser, captain) as page:
        assert not page.get_by_text("I call the captain.").is_visible()
        page.emulate_media(media="print")
        assert page.get_by_text("I call the captain.").is_visible()
        assert page.locator(".ports dt").first.is_visible() and page.locator(".chips a").first.is_visible()
        assert not page.locator(".install").is_visible()


@pytest.mark.parametrize("how", ["disk", "network"])
def test_fonts_are_loaded_from_the_site(browser, site, how):
    fonts = list((site.folder / "assets").glob("*.woff2"))
    assert len(fonts) == 2 and sum(font.stat().st_size for font in fonts) < 120_000
    assert "SIL OPEN FONT LICENSE" in next((site.folder / "assets").glob("OFL.*.txt")).read_text("utf-8")
    with contextlib.ExitStack() as stack:
        start = stack.enter_context(served_folder(site.folder)) if how == "network" else site.folder.as_uri()
        page = stack.enter_context(opened(browser, f"{start}/{page_of(site.folder, 'captain').relative_to(site.folder)}"))
        until(page, "[...document.fonts].filter(font => font.status === 'loaded' && /^.?(Inter|JetBrains Mono).?$/.test(font.family)).length === 2")
        assert page.problems == []


class Missing(http.server.SimpleHTTPRequestHandler):
    """Serves a site below a path that its pages don't know, and answers with 404.html for missing files."""

    def send_head(self):
        path = self.path.split("?")[0]
        if path.startswith("/some/where/") and pathlib.Path(self.directory, path.removeprefix("/some/where/")).is_file():
            self.path = path.removeprefix("/some/where")
            return super().send_head()
        file = (pathlib.Path(self.directory) / "404.html").open("rb")
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        return file

    def log_message(self, *_):
        pass


def test_the_404_page_finds_the_site(browser, site):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Missing, directory=site.folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        start = f"http://127.0.0.1:{server.server_address[1]}/some/where"
        for address in ("nobody.html", "agents/nobody.html", "agents/x/y/nobody.html"):
            with opened(browser, f"{start}/{address}", color_scheme="light") as page:
                assert page.get_by_role("heading", level=1).inner_text() == "Page not found"
                # A script looks for the style sheet, folder by folder.
                page.wait_for_function("getComputedStyle(document.body).backgroundColor === 'rgb(252, 251, 248)'")
                page.get_by_role("link", name="All agents").click()
                page.wait_for_url(f"{start}/index.html")
                page.locator("table.agents").wait_for()
    finally:
        server.shutdown()


def test_a_theme_can_set_another_font(browser, tmp_path):
    (tmp_path / "theme" / "Assets").mkdir(parents=True)
    (tmp_path / "theme" / "Templates").mkdir()
    (tmp_path / "theme" / "Assets" / "serif.css").write_text(":root { --prose: serif; }")
    (tmp_path / "theme" / "Templates" / "head.mustache").write_text('<link rel="stylesheet" href="{{asset:serif.css}}">\n')
    result = build([ROOT / "Content"], tmp_path / "site", "--no-search", "--theme", tmp_path / "theme")
    assert result.returncode == 0, result.stderr
    with opened(browser, page_of(tmp_path / "site", "api-designer").as_uri()) as page:
        assert page.locator(".lead").evaluate("one => getComputedStyle(one).fontFamily") == "serif"


def test_a_skill_is_installed_with_its_folder(browser, tmp_path, tmp_path_factory):
    folder = tmp_path / "work" / ".claude" / "skills" / "tide"
    files = {"SKILL.md": "---\nname: tide\ndescription: Knows tides.\n---\n\nRead [the guide](references/guide.md).\n", "references/guide.md": "# Guide\n", "scripts/look.sh": "#!/bin/sh\necho tide\n", "LICENSE.txt": "Free.\n"}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "scripts/look.sh").chmod(0o755)
    site = published(tmp_path_factory, "tide", [tmp_path / "work"])
    with served_folder(site.folder) as start, opened(browser, f"{start}/skills/tide.html") as page:
        command = copied(page, "Copy install command")
        assert page.problems == []
        (tmp_path / "there").mkdir()
        subprocess.run(["sh", "-c", command], cwd=tmp_path / "there", check=True, capture_output=True)
    made = {file.relative_to(tmp_path / "there").as_posix(): file for file in (tmp_path / "there").rglob("*") if file.is_file()}
    assert {name: file.read_text() for name, file in made.items()} == {f".claude/skills/tide/{name}": text for name, text in files.items()}
    assert made[".claude/skills/tide/scripts/look.sh"].stat().st_mode & 0o111
