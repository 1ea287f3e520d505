"""The search in a real browser: palette, front page and results page, from disk and over HTTP."""
import functools
import json
import re

import pytest

from conftest import ROOT, build, served_folder
from browsers import follow, opened
from test_filter import until

FIND = "(text) => rosterPalette.find(text, {limit: 30})"
FIND_TYPING = "(text) => rosterPalette.find(text, {limit: 30, isTyping: true})"


def agents(folder, texts):
    """Writes agents, given as a description, a prompt and fields for each name."""
    for name, (description, prompt, *fields) in texts.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"name: {name.rpartition('/')[2]}", f"description: {description}", *fields]
        path.write_text("---\n" + "\n".join(lines) + f"\n---\n\n{prompt}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small catalog with predictable search results."""
    folder = tmp_path_factory.mktemp("search")
    agents(folder / "agents", {
        "weaver": ("Makes cloth.", "Plain words.", "tools: Read, Bash"),
        "spinner": ("Helps a weaver with yarn.", "Plain words.", "tools: Read"),
        "dyer": ("Colours cloth.", "Ask the weaver. " * 30, "tools: WebFetch"),
        "pptx-maker": ("Creates presentation decks.", "Talk about backfill.", "tags: office"),
        "cluster-keeper": ("Runs Kubernetes clusters.", "Nodes and pods.", "tools: Bash, Edit"),
        "c++-guide": ("Explains C++ and templates.", "Use <b>RAII</b>.", "tools: Read"),
        "größer-日本": ("Übersetzt Texte ins 日本語.", "Genau.", "tools: Read"),
        "twin": ("Does the same twice.", "One and the same prompt, in two places, long enough to be told from others by its words and by their order, which nobody else has."),
        "other/twin": ("Does the same twice.", "One and the same prompt, in two places, long enough to be told from others by its words and by their order, which nobody else has."),
    })
    result = build([folder / "agents"], folder / "site")
    assert result.returncode == 0, result.stderr
    return folder / "site"


@pytest.fixture(params=["disk", "http"])
def address(request, made):
    if request.param == "disk":
        yield made.as_uri()
    else:
        with served_folder(made) as served:
            yield served


def titles(found):
    return [one["title"] for one in found["results"] if one["kind"] in ("Agent", "Skill", "Command", "Instruction")]


# Ranking

def test_names_rank_before_summaries_and_summaries_before_prompts(browser, address):
    with opened(browser, address + "/portfolio.html") as page:
        assert titles(page.evaluate(FIND, "weaver")) == ["weaver", "spinner", "dyer"]
        assert page.problems == []


def test_prompts_stems_synonyms_prefixes_and_typos_match(browser, made):
    with opened(browser, (made / "portfolio.html").as_uri()) as page:
        for text, name in (("backfill", "pptx-maker"), ("weaving", "weaver"), ("slides for monday", "pptx-maker"), ("k8s", "cluster-keeper"), ("kuberntes", "cluster-keeper"), ("C++", "c++-guide"), ("grosser", "größer-日本"), ("日本", "größer-日本"), ("PRESENTATIONS?", "pptx-maker")):
            assert titles(page.evaluate(FIND, text))[:1] == [name], text
        assert titles(page.evaluate(FIND_TYPING, "w")) != []
        for typed in ("wea", "weav", "weave", "weaver"):
            assert titles(page.evaluate(FIND_TYPING, typed))[:1] == ["weaver"], typed
        assert page.evaluate(FIND, "zzyzzx")["results"] == []
        assert page.evaluate(FIND, "kuberntes")["guesses"] != []


def test_copies_are_one_result(browser, made):
    with opened(browser, (made / "portfolio.html").as_uri()) as page:
        found = [one for one in page.evaluate(FIND, "twin")["results"] if one["kind"] == "Agent"]
        assert len(found) == 1 and len(found[0]["copies"]) == 1
        page.goto((made / "search.html").as_uri() + "?q=twin")
        page.get_by_text("2 copies").click()
        follow(page.locator(".results details a"))
        page.get_by_role("heading", name="twin", level=1).wait_for()


def test_pages_are_found_too(browser, made):
    with opened(browser, (made / "portfolio.html").as_uri()) as page:
        for text, kind, end in (("WebFetch", "Tool", "tools/webfetch.html"), ("office", "Tag", "tags/office.html"), ("portfolio", "Page", "portfolio.html"), ("overlapping descriptions", "Page", "overlaps.html")):
            found = page.evaluate(FIND, text)["results"]
            assert any(one["kind"] == kind and one["href"].endswith(end) for one in found), (text, found)


@pytest.mark.parametrize("question, title, count", [
    ("who can run shell commands?", "Runs commands", 5), ("what may use the web", "Uses the web", 4),
    ("never asks for permission", "Never asks for permission", 0),
    ("who can run shell commands without asking", "Runs commands and never asks for permission", 0),
])
def test_questions_about_permissions_are_answered_even_with_zero(browser, made, question, title, count):
    with opened(browser, (made / "search.html").as_uri() + "?q=" + question.replace(" ", "+")) as page:
        page.locator(".answer a").wait_for()
        assert page.locator(".answer").inner_text() == f"{title}: {count}"
        follow(page.locator(".answer a"))
        page.wait_for_url("**/index.html?reach=*")
        until(page, f"document.querySelector('form.filter output').textContent.startsWith('{count or 'No'}')")


# The palette

def palette(page):
    return page.get_by_role("dialog", name="Search")


def test_the_palette_works_from_the_keyboard(browser, address):
    with opened(browser, address + "/agents/agents/dyer.html") as page:
        copy = page.locator("main a").first
        copy.focus()
        page.keyboard.press("Control+k")
        box = page.get_by_role("combobox", name="Search agents, tools and pages")
        assert box.evaluate("one => one === document.activeElement")
        page.keyboard.type("weaver")
        first = page.get_by_role("option").first
        first.wait_for()
        # The results of the whole word, not those of its beginning.
        until(page, "document.querySelector('[role=option] .title mark')?.textContent === 'weaver'")
        assert box.get_attribute("aria-expanded") == "true"
        assert first.get_attribute("aria-selected") == "true" and box.get_attribute("aria-activedescendant") == first.get_attribute("id")
        assert page.locator(f"[id='{box.get_attribute('aria-controls')}']").get_attribute("role") == "listbox"
        assert re.match(r"\d+ results?", palette(page).get_by_role("status").inner_text())
        page.keyboard.press("ArrowDown")
        second = page.get_by_role("option").nth(1)
        assert second.get_attribute("aria-selected") == "true" and first.get_attribute("aria-selected") == "false"
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert page.get_by_role("option").last.get_attribute("aria-selected") == "true"
        page.keyboard.press("Escape")
        assert palette(page).count() == 0
        assert copy.evaluate("one => one === document.activeElement"), "the focus returns"
        page.keyboard.press("/")
        until(page, "document.querySelector('[role=option] .title')?.textContent === 'weaver'")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="weaver", level=1).wait_for()
        assert page.problems == []


def test_the_palette_opens_by_its_button_and_closes_by_a_click_outside(browser, made):
    with opened(browser, (made / "index.html").as_uri()) as page:
        button = page.get_by_role("button", name="Search Ctrl K")
        button.click()
        palette(page).wait_for()
        page.mouse.click(5, 5)
        assert palette(page).count() == 0
        assert button.evaluate("one => one === document.activeElement")


def test_a_slash_in_a_text_field_does_not_open_the_palette(browser, made):
    with opened(browser, (made / "index.html").as_uri()) as page:
        page.locator("#page\\:filter").focus()
        page.keyboard.type("a/b")
        assert palette(page).count() == 0 and page.locator("#page\\:filter").input_value() == "a/b"


def test_the_query_is_escaped(browser, made):
    with opened(browser, (made / "search.html").as_uri() + "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20raii") as page:
        page.get_by_text("for “<img").wait_for()
        assert page.locator("main img").count() == 0 and titles(page.evaluate(FIND, "raii")) == ["c++-guide"]
        assert page.problems == []


# The front page

def test_the_front_page_has_a_search_box(browser, address):
    with opened(browser, address + "/index.html") as page:
        box = page.get_by_role("combobox", name="What do you need done?")
        box.fill("make slides")
        until(page, "document.querySelector('form [role=option] .title')?.textContent === 'pptx-maker'")
        assert page.locator("form [aria-selected=true]").count() == 0
        page.keyboard.press("Escape")
        assert page.locator("form [role=option]").count() == 0
        box.fill("make slides ")
        until(page, "document.querySelectorAll('form [role=option]').length > 0")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=make+slides*")
        assert page.locator(".results .title").first.inner_text() == "pptx-maker"
        assert page.problems == []


def test_example_queries_have_results(browser, content_site):
    with opened(browser, (content_site.folder / "index.html").as_uri()) as page:
        examples = page.locator(".examples a")
        assert examples.count() == 3
        for number in range(3):
            page.goto((content_site.folder / "index.html").as_uri())
            examples.nth(number).click()
            page.locator(".results li").first.wait_for()


# The results page

def test_the_address_holds_the_query_and_the_kind(browser, tmp_path):
    for path, name in ((".claude/agents/one.md", "one"), (".claude/skills/two/SKILL.md", "two")):
        file = tmp_path / "work" / path
        file.parent.mkdir(parents=True)
        file.write_text(f"---\nname: {name}\ndescription: Sails a lugger.\n---\n\nText.\n", "utf-8")
    assert build([tmp_path / "work"], tmp_path / "site").returncode == 0
    with opened(browser, (tmp_path / "site" / "search.html").as_uri() + "?q=lugger") as page:
        rows = page.locator(".results > li > a")
        rows.nth(1).wait_for()
        assert set(rows.all_inner_texts()) == {"one", "two"}
        page.get_by_role("button", name="Skills").click()
        until(page, "document.querySelectorAll('.results > li').length === 1")
        assert rows.all_inner_texts() == ["two"] and "kind=skill" in page.url
        page.reload()
        rows.first.wait_for()
        assert rows.all_inner_texts() == ["two"]
        page.go_back()
        until(page, "document.querySelectorAll('.results > li').length === 2")
        page.get_by_role("searchbox").fill("nothing of it")
        until(page, "location.search.includes('nothing')")


def test_more_results_can_be_shown(browser, tmp_path):
    agents(tmp_path / "agents", {f"worker-{number:02}": (f"Works on part {number}.", "Everybody mentions gossamer.") for number in range(45)})
    assert build([tmp_path / "agents"], tmp_path / "site").returncode == 0
    with opened(browser, (tmp_path / "site" / "search.html").as_uri() + "?q=gossamer") as page:
        page.get_by_text("45 results for “gossamer”").wait_for()
        rows = page.locator(".results > li")
        assert rows.count() == 20
        page.get_by_role("button", name="Show more").click()
        until(page, "document.querySelectorAll('.results > li').length === 40")
        assert rows.nth(20).locator("a").evaluate("one => one === document.activeElement")
        page.get_by_role("button", name="Show more").click()
        until(page, "document.querySelectorAll('.results > li').length === 45")
        assert not page.get_by_role("button", name="Show more").is_visible()


def test_results_name_words_found_only_in_the_text(browser, made):
    with opened(browser, (made / "search.html").as_uri() + "?q=backfill") as page:
        page.get_by_text("Its text mentions backfill.").wait_for()


def test_without_scripts_the_page_links_to_lists(made):
    text = (made / "search.html").read_text("utf-8")
    assert "The search needs JavaScript" in text and 'href="tools/index.html"' in text


def test_the_old_answers_page_redirects_to_the_search(browser, made):
    with opened(browser, (made / "answers.html").as_uri() + "?ask=weaver") as page:
        page.wait_for_url("**/search.html?ask=weaver")
        page.locator(".results .title").first.wait_for()
        assert page.locator(".results .title").first.inner_text() == "weaver"


def test_a_failed_load_is_reported_and_can_be_retried(browser, made):
    with served_folder(made) as address, opened(browser, "about:blank") as page:
        page.route("**/search/words.*", lambda route: route.abort())
        page.goto(address + "/search.html?q=weaver")
        page.get_by_text("The search could not be loaded").wait_for()
        page.unroute("**/search/words.*")
        page.get_by_role("button", name="Search", exact=True).click()
        page.locator(".results .title").first.wait_for()


# The index

def scripts(site):
    return {path.name: path.read_bytes() for path in (site / "search").iterdir()}


def test_the_program_and_the_browser_split_and_stem_words_alike(browser, content_site):
    """Every prompt word, split and stemmed by the browser, is in the program's index."""
    with opened(browser, (content_site.folder / "index.html").as_uri()) as page:
        stems = [line.split("\t") for line in (ROOT / "Tests/Site/stems.tsv").read_text("utf-8").splitlines()]
        page.evaluate(FIND, "x")
        assert page.evaluate("(all) => all.map(([word]) => [word, rosterWords.stem(word)])", stems) == stems
        index = set()
        for name, text in scripts(content_site.folder).items():
            if name.startswith("words."):
                index |= {term for term in json.loads(text[text.index(b",") + 1:-3]) if isinstance(term, str)}
        for agent in json.loads((content_site.folder / "catalog.json").read_text("utf-8"))["agents"]:
            text = (content_site.folder / agent["raw"]).read_text("utf-8").split("---", 2)[2]
            words = page.evaluate("(text) => rosterWords.split(text).filter((word) => !rosterWords.isCommon(rosterWords.stem(word)) && word.length > 1 && word.length <= 24 && !word.endsWith('js')).map(rosterWords.stem)", text)
            assert set(words) <= index, sorted(set(words) - index)


def test_a_rebuild_gives_the_same_index_and_changes_few_files(tmp_path):
    source = agents(tmp_path / "agents", {f"{letter}{number}-agent": (f"Does {letter} number {number}.", f"Text {letter}. " * number) for letter in "abcdefgh" for number in range(1, 12)})
    assert build([source], tmp_path / "site").returncode == 0
    before = scripts(tmp_path / "site")
    assert build([source], tmp_path / "again", "--cache", tmp_path / "cache").returncode == 0
    assert scripts(tmp_path / "again") == before
    times = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "site" / "search").iterdir()}
    agents(source, {"a1-agent": ("Does a number 1.", "Text a. Gossamer.")})
    assert build([source], tmp_path / "site").returncode == 0
    changed = {path.name for path in (tmp_path / "site" / "search").iterdir() if path.stat().st_mtime_ns != times[path.name]}
    assert changed == {name for name, text in scripts(tmp_path / "site").items() if text != before[name]}
    assert 1 <= len(changed) <= 4, changed


def test_no_search_removes_the_search_files(tmp_path):
    assert build([ROOT / "Content"], tmp_path / "site").returncode == 0
    assert (tmp_path / "site" / "search" / "start.js").exists()
    assert build([ROOT / "Content"], tmp_path / "site", "--no-search").returncode == 0
    assert not (tmp_path / "site" / "search").exists() and not (tmp_path / "site" / "search.html").exists()
    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "search.html" not in page and "palette" not in page


def test_without_search_a_slash_focuses_the_filter(browser, tmp_path):
    assert build([ROOT / "Content"], tmp_path / "site", "--no-search").returncode == 0
    with opened(browser, (tmp_path / "site" / "index.html").as_uri()) as page:
        page.keyboard.press("/")
        assert page.locator("#page\\:filter").evaluate("one => one === document.activeElement")


def test_an_index_of_an_earlier_version_is_removed(tmp_path):
    """The manifest lists files of an earlier version, including an index of Pagefind."""
    assert build([ROOT / "Content"], tmp_path / "site").returncode == 0
    manifest = tmp_path / "site" / ".roster" / "manifest"
    (tmp_path / "site" / "pagefind").mkdir()
    (tmp_path / "site" / "pagefind" / "pagefind.js").write_text("old")
    heading, *paths = manifest.read_text("utf-8").splitlines()
    body = "".join(path + "\n" for path in sorted([*paths, "pagefind/pagefind.js"])).encode()
    checksum = functools.reduce(lambda value, byte: ((value ^ byte) * 0x100000001B3) % 2**64, body, 0xCBF29CE484222325)
    manifest.write_bytes(f"{heading.rpartition(' ')[0]} {checksum:016x}\n".encode() + body)
    assert build([ROOT / "Content"], tmp_path / "site", "--title", "Another").returncode == 0
    assert not (tmp_path / "site" / "pagefind").exists()


def test_a_foreign_folder_is_unchanged(tmp_path):
    folder = tmp_path / "site"
    (folder / "search").mkdir(parents=True)
    (folder / "search" / "start.js").write_text("mine")
    result = build([ROOT / "Content"], folder)
    assert result.returncode == 1 and "search/start.js" in result.stderr
    assert (folder / "search" / "start.js").read_text() == "mine"
