"""A review in the browser, from disk: by keyboard, reopened, finished, and continued after a rebuild."""
import json
import re
import shutil

import jsonschema
import pytest

from conftest import ROOT, build, review
from repositories import LONG, Repository
from test_accessibility import problems
from browsers import OPTIONS, follow, opened

SCHEMA = json.loads((ROOT / "Sources/Pages/Resources/roster-review.schema.json").read_text("utf-8"))
AGENTS = 25


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Twenty-five changed agents, one removed and one added."""
    made = Repository(tmp_path_factory.mktemp("browser review") / "repository")
    for number in range(AGENTS):
        made.write(f"agents/agent-{number:02}.md", f"# Agent {number}\n\n" + LONG, fields="tools: Read, Grep, Glob\ntags: [one, two]")
    made.write("agents/gone.md", LONG, fields="tools: Read")
    made.write("agents/steady.md", LONG.replace("Line", "Row"))
    made.commit(0)
    made.git("checkout", "-qb", "feature")
    for number in range(AGENTS):
        text = f"# Agent {number}\n\n" + LONG.replace("Line 12 of", f"Line 12 and {number} of").replace("Line 25 of a prompt that is long enough to be told again.", "Nothing else.")
        made.write(f"agents/agent-{number:02}.md", text, fields="tools: Read, Bash, Glob\ntags: [two, three]")
    (made.folder / "agents" / "gone.md").unlink()
    made.commit(1)
    return made


@pytest.fixture(scope="module")
def site(repository):
    result = review(repository, "main", "agents", "--fail-on", "never")
    assert result.returncode == 0, result.stderr
    return repository.folder.parent / "review"


def items(folder):
    script = (folder / "review" / "items.js").read_text("utf-8")
    assert script.startswith("rosterReview(") and script.endswith(");\n")
    return json.loads(script[len("rosterReview(") : -3])["items"]


def progress(page):
    return page.locator(".review-bar .progress b").inner_text()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def finished(page):
    """The output of “Finish review”: the Markdown, the JSON and the command."""
    press(page, "f")
    dialog = page.locator("dialog[open]")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download roster-review.json").click()
    data = json.loads(open(download.value.path(), encoding="utf-8").read())
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    result = (dialog.get_by_role("textbox", name="Comment for the pull request").input_value(), data, dialog.locator(".command code").inner_text())
    press(page, "Escape")
    return result


def test_a_review_is_done_with_the_keyboard_closed_finished_and_carried_into_a_new_build(browser, repository, site, tmp_path):
    every = items(site)
    assert len(every) == AGENTS + 1 and len({item["digest"] for item in every}) == len(every)
    # A separate browser with a profile on disk, so that the review survives a restart.
    def start():
        return browser.browser_type.launch_persistent_context(tmp_path / "profile", **OPTIONS, accept_downloads=True)

    context = start()
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert progress(page) == f"0 of {len(every)} viewed"
    press(page, "j", "Enter")
    page.wait_for_selector("main article")
    for number, item in enumerate(every):
        assert page.url.endswith(item["href"]), "j leads through the queue in its order"
        if number == 3:
            press(page, "n", "n", "c")
            page.keyboard.type("Why is nothing else left?\nSecond line.")
            press(page, "Control+Enter", "r")
        elif item.get("removed"):
            press(page, "c")
            page.keyboard.type("Who does this now?")
            press(page, "Control+Enter", "v")
        else:
            press(page, "a")
        if number < len(every) - 1:
            press(page, "j")
            page.wait_for_url(f"**/{every[number + 1]['href']}")
    assert progress(page) == f"{len(every)} of {len(every)} viewed"
    press(page, "u")
    assert progress(page) == f"{len(every) - 1} of {len(every)} viewed", "what was done last is undone"
    press(page, "v" if every[-1].get("removed") else "a")
    context.close()

    # Close and reopen.
    context = start()
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert progress(page) == f"{len(every)} of {len(every)} viewed"
    markdown, data, command = finished(page)
    assert {item["path"] for item in data["items"]} == {item["path"] for item in every}
    assert {item["path"]: item["digest"] for item in data["items"]} == {item["path"]: item["digest"] for item in every}
    assert [item["path"] for item in data["items"] if item.get("removed")] == ["agents/gone.md"]
    verdicts = [item.get("verdict") for item in data["items"]]
    assert verdicts.count("approved") == AGENTS - 1 and verdicts.count("changes-requested") == 1
    comment = data["items"][3]["comments"][0]
    assert comment["text"] == "Why is nothing else left?\nSecond line." and comment["line"] > 20 and "file" not in comment
    assert f"`{every[3]['path']}:{comment['line']}`" in markdown and "Second line." in markdown and "Who does this now?" in markdown
    assert command == "roster approve --import roster-review.json", "without a name, the program takes git's"
    file = tmp_path / "roster-review.json"
    file.write_text(json.dumps(data))

    # After one agent changes, only that one is unviewed.
    changed = every[3]["path"]
    source = repository.folder / changed
    before = source.read_text("utf-8")
    source.write_text(before + "\nOne more line.\n")
    try:
        assert review(repository, "main", "agents", "--fail-on", "never").returncode == 0
        page.reload()
        assert progress(page) == f"{AGENTS} of {AGENTS + 1} viewed"
        page.get_by_role("button", name="Not viewed").click()
        shown = page.locator("tr[data-item]:visible")
        assert shown.count() == 1 and changed in shown.inner_text()
        assert "1 comment on an earlier version" in shown.inner_text(), "what was typed is not lost"
        assert "Changed since you requested changes" in shown.inner_text()
        press(page, "j", "Enter")
        page.wait_for_selector(".review-comment.earlier")
        assert "Why is nothing else left?" in page.locator(".review-comment.earlier").inner_text()
        assert page.locator(".review-bar").get_by_text("Changed since you requested changes").is_visible()
        assert page.locator("main").get_by_role("button", name="Approve").get_attribute("aria-pressed") == "false"
        page.locator(".review-comment.earlier").get_by_role("button", name="Delete").click()
        assert page.locator(".review-comment").count() == 0
        press(page, "u")
        assert page.locator(".review-comment.earlier").count() == 1
        context.close()

        # Another browser imports the rest from the file.
        with opened(browser, (site / "index.html").as_uri()) as other:
            press(other, "f")
            other.locator("dialog input[type=file]").set_input_files(file)
            other.get_by_text(f"{AGENTS} files imported. 1 file skipped").wait_for()
            press(other, "Escape")
            assert progress(other) == f"{AGENTS} of {AGENTS + 1} viewed" and other.problems == []
    finally:
        source.write_text(before)
        assert review(repository, "main", "agents", "--fail-on", "never").returncode == 0


def test_what_is_typed_and_imported_is_text(browser, site, tmp_path):
    markup = "<img src=x onerror=alert(1)> **bold** </textarea><script>alert(1)</script> \u202Edesrever " + "x" * 70_000
    with opened(browser, (site / items(site)[0]["href"]).as_uri()) as page:
        press(page, "c")
        page.locator(".comment-form textarea").fill(markup)
        press(page, "Control+Enter")
        assert "up to 65,536 characters" in page.locator(".comment-form .refused").inner_text()
        page.locator(".comment-form textarea").fill(markup[:60_000])
        press(page, "Control+Enter")
        shown = page.locator(".review-comment .text")
        assert shown.inner_text().startswith("<img src=x onerror=alert(1)>") and shown.locator("*").count() == 0
        assert shown.bounding_box()["height"] < 400, "a long comment takes no more than its place"
        _, data, _ = finished(page)
        assert len(data["items"][0]["comments"][0]["text"]) <= 65536
        for content, words in (
            ("{", "This file is not valid JSON."),
            ("[]", "This is not a roster-review.json."),
            ('{"roster-review": 2, "items": []}', "This is not a roster-review.json."),
            ('{"roster-review": 1, "items": [{"path": "__proto__", "digest": 7}, null, {"comments": {}}]}', "0 files imported. 3 files skipped: not in this review, or changed."),
        ):
            file = tmp_path / "file.json"
            file.write_text(content)
            press(page, "f")
            page.locator("dialog input[type=file]").set_input_files(file)
            page.locator("dialog output:not(:empty)").wait_for()
            assert page.locator("dialog output").inner_text() == words
            press(page, "Escape")
        assert page.problems == []


def test_a_browser_that_keeps_nothing_is_told_of(browser, site):
    for refusal in ("throw new DOMException('', 'SecurityError')", "throw new DOMException('', 'QuotaExceededError')"):
        context = browser.new_context()
        page = context.new_page()
        page.add_init_script(f"Storage.prototype.setItem = () => {{ {refusal}; }};")
        page.goto((site / "index.html").as_uri())
        press(page, "j", "a")
        press(page, "j", "v")
        assert progress(page).startswith("2 of "), "the page works as long as it is open"
        assert page.locator(".refused").is_visible() and "will be lost" in page.get_by_role("alert").inner_text()
        # The browser asks before the review is lost.
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        with page.expect_event("dialog"):
            press(page, "Enter")
        assert asked == ["beforeunload"]
        assert progress(page).startswith("2 of ")
        context.close()


def test_a_full_storage_loses_undo_steps_and_not_the_review(browser, site):
    with opened(browser, (site / "index.html").as_uri()) as page:
        page.evaluate("""() => {
            const set = Storage.prototype.setItem;
            Storage.prototype.setItem = function (key, value) {
                if (value.length > 2500) throw new DOMException("", "QuotaExceededError");
                set.call(this, key, value);
            };
        }""")
        for _ in range(12):
            press(page, "j", "v")
        assert page.locator(".refused").is_hidden() and progress(page).startswith("12 of ")
        press(page, "u")
        page.reload()
        assert progress(page).startswith("11 of ") and page.problems == []


def test_steps_are_taken_back(browser, site):
    with opened(browser, (site / items(site)[0]["href"]).as_uri()) as page:
        of = len(items(site))
        # The second press of a verdict also takes back the “viewed” that came with it, but no other.
        press(page, "a", "a")
        assert progress(page) == f"0 of {of} viewed"
        press(page, "v", "a", "r", "r")
        assert progress(page) == f"1 of {of} viewed"
        # Without a keyboard.
        undo = page.locator(".review-bar").get_by_role("button", name="Undo")
        undo.click()
        assert page.get_by_role("button", name="Request changes").get_attribute("aria-pressed") == "true"
        press(page, "f")
        dialog = page.locator("dialog[open]")
        dialog.get_by_role("button", name="Clear this review").click()
        assert progress(page) == f"0 of {of} viewed"
        dialog.get_by_role("button", name="Undo").click()
        assert progress(page) == f"1 of {of} viewed" and "1 with changes requested" in dialog.inner_text()
        press(page, "Escape")
        # A key that is held down does not toggle.
        press(page, "v")
        for _ in range(3):
            page.keyboard.down("v")
        page.keyboard.up("v")
        assert progress(page) == f"1 of {of} viewed" and page.problems == []


def test_an_import_keeps_verdicts_that_differ(browser, site, tmp_path):
    first, second, third = items(site)[:3]
    gone = next(item for item in items(site) if item.get("removed"))
    file = tmp_path / "other.json"
    entries = [
        {"path": first["path"], "digest": first["digest"], "verdict": "approved", "comments": [{"text": "Theirs."}]},
        {"path": second["path"], "digest": second["digest"], "verdict": "approved"},
        {"path": third["path"], "digest": third["digest"], "verdict": "approved"},
        {"path": gone["path"], "digest": gone["digest"], "viewed": True},
    ]
    file.write_text(json.dumps({"roster-review": 1, "items": entries}))
    with opened(browser, (site / first["href"]).as_uri()) as page:
        comment(page, "Mine.")
        press(page, "r", "f")
        page.locator("dialog input[type=file]").set_input_files(file)
        page.get_by_text("3 files imported. 1 verdict differs from yours; yours was kept. 1 file skipped").wait_for()
        press(page, "Escape")
        assert comments(page) == ["Mine.", "Theirs."]
        _, data, _ = finished(page)
        assert [item.get("verdict") for item in data["items"]] == ["changes-requested", "approved", "approved"]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A new tool, two changes of formatting, a new agent and a document, with two owners."""
    made = Repository(tmp_path_factory.mktemp("small review") / "repository")
    for name in ("wide", "list-a", "list-b"):
        made.write(f"agents/{name}.md", f"# {name}\n\n" + LONG, fields="tools: Read, Grep")
    (made.folder / "CODEOWNERS").write_text("* @acme/one\n/agents/list-b.md @acme/two\n")
    made.commit(0)
    made.git("checkout", "-qb", "feature")
    made.write("agents/wide.md", "# wide\n\n" + LONG, fields="tools: Read, Grep, Bash")
    for name in ("list-a", "list-b"):
        made.write(f"agents/{name}.md", f"# {name}\n\n" + LONG, fields="tools: [Read, Grep]")
    made.write("agents/brief.md", "Be brief.", fields="tools: Read")
    (made.folder / "agents" / "notes.md").write_text("# Notes\n\nNo agent.\n")
    made.commit(1)
    assert review(made, "main", "agents", "--fail-on", "never").returncode == 0
    return made.folder.parent / "review"


def test_filters_apply_to_everything_below_them(browser, small):
    with opened(browser, (small / "index.html").as_uri()) as page:
        heading, all = page.get_by_role("heading", name="Other files"), page.get_by_role("button", name="Mark all as viewed")
        assert heading.is_visible()
        page.get_by_role("combobox", name="Owner").select_option("@acme/two")
        all.click()
        assert progress(page).startswith("1 of "), "only what the filters show"
        assert all.is_disabled() and heading.is_hidden()
        needs = page.get_by_role("button", name="Needs attention")
        page.get_by_role("combobox", name="Owner").select_option("")
        press(page, "j", "j")
        needs.click()
        assert all.is_hidden() and page.evaluate("document.activeElement.textContent") == "Needs attention", "the focus stays"
        assert page.locator("tr.chosen:visible").count() == 1 and page.problems == []


def test_differences_have_lines_of_both_sides_two_looks_and_lists(browser, site):
    item = next(item for item in items(site) if item["path"] == "agents/agent-07.md")
    with opened(browser, (site / item["href"]).as_uri()) as page:
        tools = page.locator(".fields ul.items").first
        assert [re.sub(r"\s", "", text) for text in tools.locator(".removed, .added").all_inner_texts()] == ["Grep", "Bash"]
        removed, added = page.locator(".line.removed.paired", has_text="Line 12").first, page.locator(".line.added.paired", has_text="Line 12").first
        assert added.locator("ins").all_inner_texts() == ["and 7 "] or "7" in added.locator("ins").inner_text()
        number = added.locator("a:not(.move)").inner_text()
        assert added.get_attribute("id") == f"L{number}" and removed.get_attribute("id").startswith("B")
        source = (site / item["href"].replace(".html", ".md")).read_text("utf-8").splitlines()
        assert source[int(number) - 1].startswith("Line 12 and 7 of")
        assert added.bounding_box()["y"] > removed.bounding_box()["y"]
        press(page, "n")
        first = page.locator(".line.chosen").get_attribute("id")
        press(page, "n")
        assert page.locator(".line.chosen").get_attribute("id") != first
        press(page, "p")
        assert page.locator(".line.chosen").get_attribute("id") == first
        folded = page.locator("details.fold .line").first
        assert not folded.is_visible()
        page.get_by_role("button", name="Whole file").click()
        assert folded.is_visible()
        page.get_by_role("button", name="Split").click()
        left, right = removed.bounding_box(), added.bounding_box()
        assert abs(left["y"] - right["y"]) < 1 and right["x"] > left["x"] + 200
        page.reload()
        assert page.get_by_role("button", name="Split").get_attribute("aria-pressed") == "true"
        page.goto((site / item["href"]).as_uri() + f"#L{number}")
        assert page.locator(".line.chosen").get_attribute("id") == f"L{number}"
        assert page.problems == []


def test_keys_can_be_turned_off_and_are_explained(browser, site):
    with opened(browser, (site / "index.html").as_uri()) as page:
        press(page, "?")
        words = page.locator("dialog").inner_text()
        assert all(text in words for text in ("Next file", "Viewed", "Approve", "Request changes", "Comment", "Undo"))
        page.get_by_role("checkbox", name="Use keyboard shortcuts").uncheck()
        press(page, "Escape", "j", "a")
        assert progress(page).startswith("0 of ")


def test_without_scripts_a_review_is_read(browser, site):
    with opened(browser, (site / "index.html").as_uri(), java_script_enabled=False) as page:
        assert page.locator("tr[data-item]").first.is_visible() and page.locator(".review-bar").count() == 0
        follow(page.locator("tr[data-item] a").first)
        assert page.locator(".diff .line.added").first.is_visible()


@pytest.mark.parametrize("width", (375, 1280))
@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_no_state_of_a_review_has_a_barrier(browser, site, width, scheme):
    wrong = []
    with opened(browser, (site / "index.html").as_uri(), viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        press(page, "j", "a", "j", "r", "j", "v", "c")
        wrong += [f"queue: {one}" for one in problems(page)]
        press(page, "Escape", "f")
        wrong += [f"finish: {one}" for one in problems(page)]
        press(page, "Escape", "?")
        wrong += [f"help: {one}" for one in problems(page)]
        page.goto((site / items(site)[1]["href"]).as_uri())
        press(page, "n", "c")
        page.keyboard.type("A comment.")
        press(page, "Control+Enter", "s")
        wrong += [f"page: {one}" for one in problems(page)]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not wrong, "\n".join(wrong[:20])


def test_a_whole_catalog_is_reviewed(browser, tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    for number in range(60):
        (sources / f"agent-{number}.md").write_text(f"---\nname: agent-{number}\ndescription: Does number {number}.\ntools: Read\n---\n\nPrompt {number}.\n")
    assert build([sources], tmp_path / "site").returncode == 0
    assert len(items(tmp_path / "site")) == 60
    with opened(browser, (tmp_path / "site" / "index.html").as_uri()) as page:
        follow(page.locator("header.site").get_by_role("link", name="Review"))
        assert progress(page) == "0 of 60 viewed"
        press(page, "j", "a", "j", "c")
        page.keyboard.type("Which number?")
        press(page, "Control+Enter")
        _, data, _ = finished(page)
        assert [(item.get("verdict"), len(item.get("comments", []))) for item in data["items"]] == [("approved", 0), (None, 1)]
        # On the page of an item opened from the queue.
        follow(page.locator("tr[data-item] a").nth(3))
        page.wait_for_selector(".item")
        page.wait_for_selector(".review-bar")
        press(page, "r", "j")
        page.wait_for_url(f"**/{items(tmp_path / 'site')[4]['href']}?review=")
        page.wait_for_selector(".review-bar")
        press(page, "a", "q")
        page.wait_for_selector("[data-queue]")
        assert progress(page) == "3 of 60 viewed"
        address = page.locator("tr[data-item] th > a").first.get_attribute("href")
        assert page.problems == []
    with opened(browser, address) as page:
        page.wait_for_selector(".review-bar")
        press(page, "?")
        words = page.locator("dialog dl").inner_text()
        assert "Approve" in words and "change" not in words.replace("Request changes", "").lower(), "only the keys that do something here"
        assert page.problems == []
    with opened(browser, (tmp_path / "site" / items(tmp_path / "site")[0]["href"]).as_uri()) as page:
        assert page.locator(".review-bar").count() == 0, "readers of the catalog see nothing of reviews"


def test_a_verdict_about_a_removal_is_not_one_about_the_content(tmp_path):
    """If a removed file comes back unchanged, approving its removal does not approve it."""
    made = Repository(tmp_path / "work")
    made.write("agents/steady.md")
    made.write("agents/gone.md", fields="tools: Bash")
    made.commit(0)
    (made.folder / "agents" / "gone.md").unlink()
    made.commit(1)
    made.write("agents/gone.md", fields="tools: Bash")
    made.commit(2)
    digests = []
    for changes in ("HEAD~2..HEAD~1", "HEAD~1..HEAD"):
        site = tmp_path / changes.replace("~", "-")
        result = review(made, changes, "agents", "--fail-on", "never", output=site)
        assert result.returncode == 0, result.stderr
        [item] = items(site)
        digests.append((item["path"], item.get("removed", False), item["digest"]))
    assert [digest[:2] for digest in digests] == [("agents/gone.md", True), ("agents/gone.md", False)]
    assert digests[0][2] != digests[1][2]


def comment(page, text):
    press(page, "c")
    page.keyboard.type(text)
    press(page, "Control+Enter")


def comments(page):
    return page.locator(".review-comment .text").all_inner_texts()


def test_a_comment_is_edited_while_another_tab_changes_the_list(browser, site):
    with opened(browser, (site / items(site)[0]["href"]).as_uri()) as page:
        for text in ("AAA", "BBB", "CCC"):
            comment(page, text)
        other = page.context.new_page()
        other.goto(page.url)

        def edit(old, new):
            page.locator(".review-comment", has_text=old).get_by_role("button", name="Edit").click()
            page.locator(".comment-form textarea").fill(new)

        def delete_in_the_other_tab(text):
            other.locator(".review-comment", has_text=text).get_by_role("button", name="Delete").click()
            page.locator(".review-comment", has_text=text).wait_for(state="detached")
            assert page.locator(".comment-form textarea").is_visible(), "the open form stays"

        edit("BBB", "BBB, longer")
        delete_in_the_other_tab("AAA")
        press(page, "Control+Enter")
        assert comments(page) == ["BBB, longer", "CCC"]
        edit("BBB", "BBB, kept")
        delete_in_the_other_tab("BBB, longer")
        press(page, "Control+Enter")
        assert comments(page) == ["CCC", "BBB, kept"], "an edited comment that is gone is a new comment"
        # Opening another form closes an unchanged one.
        for text in ("CCC", "BBB"):
            page.locator(".review-comment", has_text=text).get_by_role("button", name="Edit").click()
        page.keyboard.type("!")
        press(page, "Escape")
        assert page.locator(".comment-form textarea").input_value() == "BBB, kept!", "typed text is not discarded"
        page.get_by_role("button", name="Cancel").click()
        page.reload()
        assert comments(page) == ["CCC", "BBB, kept"] and page.problems == []


def test_a_comment_on_an_earlier_version_is_deleted_after_the_review_was_loaded_again(browser, site):
    with opened(browser, (site / items(site)[0]["href"]).as_uri()) as page:
        comment(page, "On the first version.")
        page.evaluate("""digest => { for (const [key, value] of Object.entries(localStorage)) localStorage.setItem(key, value.replaceAll(digest, "0".repeat(64))); }""", items(site)[0]["digest"])
        page.reload()
        assert page.locator(".review-comment.earlier").count() == 1
        press(page, "f")
        page.get_by_role("textbox", name="Your name").fill("Ada")
        press(page, "Escape")
        page.locator(".review-comment.earlier").get_by_role("button", name="Delete").click()
        assert comments(page) == []
        page.reload()
        assert comments(page) == [] and page.problems == []


def test_an_unsaved_comment_is_not_lost(browser, site):
    first = items(site)[0]["href"]
    with opened(browser, (site / first).as_uri()) as page:
        box, said = page.locator(".comment-form textarea"), page.locator(".review-bar .said")

        def is_kept():
            return page.url.endswith(first) and box.count() == 1 and box.input_value() == "Not saved yet"

        def is_asked_for():
            return is_kept() and page.evaluate("document.activeElement.matches('textarea')") and said.inner_text() == "Save or cancel the open comment first"

        press(page, "c")
        page.keyboard.type("Not saved yet")
        page.locator(".acts").get_by_role("button", name="Comment").click()
        assert is_asked_for()
        page.get_by_role("button", name="Finish review").click()
        assert is_asked_for() and page.locator("dialog").count() == 0
        for key in ("j", "k", "q", "c"):
            box.blur()
            press(page, key)
            assert is_asked_for(), key
        # Following a link or closing the page asks first.
        assert page.problems == []
        with page.expect_event("dialog"):
            page.get_by_role("link", name="Next →").click()
        assert page.problems == ["a dialog"] and is_kept()
        with page.expect_event("dialog"):
            page.close(run_before_unload=True)
        assert is_kept()
        page.problems.clear()
        box.focus()
        press(page, "Control+Enter")
        follow(page.get_by_role("link", name="Next →"))
        page.wait_for_url(f"**/{items(site)[1]['href']}")
        # An unchanged form does not block anything.
        press(page, "c")
        box.blur()
        press(page, "j")
        page.wait_for_url(f"**/{items(site)[2]['href']}")
        assert page.problems == []


def test_an_unsaved_comment_stays_in_the_queue(browser, site):
    with opened(browser, (site / "index.html").as_uri()) as page:
        box = page.locator(".comment-form textarea")
        page.get_by_role("button", name="Not viewed").click()
        press(page, "j", "c")
        page.keyboard.type("Not saved yet")
        row = page.locator("tr[data-item]:has(.comment-form)")
        row.locator("input.viewed").check()
        assert box.is_visible(), "a row with an open comment is not filtered out"
        for key in ("j", "c"):
            row.locator("input.viewed").focus()
            press(page, key)
            assert page.evaluate("document.activeElement.matches('textarea')") and box.input_value() == "Not saved yet", key
        row.locator("th > a").focus()
        press(page, "Enter")
        assert box.input_value() == "Not saved yet" and page.locator("[data-queue]").count() == 1
        press(page, "Control+Enter")
        assert box.count() == 0 and page.locator("tr[data-item]:visible").count() == AGENTS, "the row is filtered now"
        assert page.problems == []


def test_reviews_at_one_address_do_not_erase_each_other(browser, site, tmp_path):
    shown = tmp_path / "shown"

    def publish(folder):
        shutil.rmtree(shown, ignore_errors=True)
        shutil.copytree(folder, shown)

    sites = {}
    for name, title, file in (("one", "One", "same"), ("other title", "Two", "same"), ("other files", "One", "different")):
        sources = tmp_path / "sources" / name
        sources.mkdir(parents=True)
        (sources / f"{file}.md").write_text(f"---\nname: {file}\ndescription: Does {name}.\ntools: Read\n---\n\nPrompt.\n")
        sites[name] = tmp_path / name
        assert build([sources], sites[name], "--title", title).returncode == 0
    # A review of a branch with the same title.
    sites["branch"] = tmp_path / "branch"
    shutil.copytree(site, sites["branch"])
    script = sites["branch"] / "review" / "items.js"
    title = json.loads(script.read_text("utf-8")[len("rosterReview(") : -3])["title"]
    script.write_text(script.read_text("utf-8").replace(json.dumps(title), '"One"', 1), "utf-8")

    publish(sites["one"])
    with opened(browser, (shown / "review.html").as_uri()) as page:
        press(page, "j", "a")
        assert progress(page) == "1 of 1 viewed"
        for name in ("other title", "other files", "branch"):
            publish(sites[name])
            page.goto((shown / ("index.html" if name == "branch" else "review.html")).as_uri())
            assert progress(page).startswith("0 of "), name
            press(page, "j", "v")
            assert progress(page).startswith("1 of "), name
        for name in ("branch", "other files", "other title", "one"):
            publish(sites[name])
            page.goto((shown / ("index.html" if name == "branch" else "review.html")).as_uri())
            assert progress(page).startswith("1 of "), name
        assert finished(page)[1]["items"][0]["verdict"] == "approved"
        assert page.problems == []


def test_any_path_can_be_reviewed(browser, site, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    script = folder / "review" / "items.js"
    path = items(folder)[0]["path"]
    script.write_text(script.read_text("utf-8").replace(json.dumps(path), '"__proto__"'), "utf-8")
    with opened(browser, (folder / "index.html").as_uri()) as page:
        press(page, "j", "a")
        page.reload()
        assert progress(page).startswith("1 of ")
        assert [(item["path"], item["verdict"]) for item in finished(page)[1]["items"]] == [("__proto__", "approved")]
        press(page, "u")
        assert progress(page).startswith("0 of ") and page.problems == []


def test_what_finish_review_copies(browser, site):
    with opened(browser, (site / "index.html").as_uri()) as page:
        # A browser that refuses access to the clipboard.
        page.evaluate("""() => {
            navigator.clipboard.writeText = () => Promise.reject(new DOMException("", "NotAllowedError"));
            document.addEventListener("copy", (event) => { globalThis.copied = event.target.value; });
        }""")
        press(page, "j", "a", "f")
        dialog = page.locator("dialog[open]")
        name = dialog.get_by_role("textbox", name="Your name")
        name.fill("Ada O'Neill")
        command = "roster approve --import roster-review.json --by 'Ada O'\\''Neill'"
        markdown = dialog.get_by_role("textbox", name="Comment for the pull request").input_value()
        assert dialog.locator(".command code").inner_text() == command and "\n" in markdown
        for place, text in (("section:has(textarea)", markdown), (".command", command)):
            made = dialog.locator(place).get_by_role("button", name="Copy")
            made.click()
            dialog.locator(place).get_by_role("button", name="Copied").wait_for()
            assert page.evaluate("copied") == text
            assert dialog.get_by_role("status").filter(has_text="Copied").count() == 1, "screen readers hear it in the dialog"
        name.fill("")
        assert dialog.locator(".command code").inner_text() == "roster approve --import roster-review.json"
        assert page.problems == []


def test_comments_are_on_the_selected_line_or_on_the_file(browser, site):
    with opened(browser, (site / items(site)[0]["href"]).as_uri()) as page:
        label, bar = page.locator(".comment-form label"), page.locator(".review-bar")
        press(page, "n", "c")
        assert label.inner_text().startswith("Comment on line ")
        press(page, "Escape")
        bar.get_by_role("button", name="Comment", exact=True).click()
        assert label.inner_text() == f"Comment on {items(site)[0]['name']}", "the button is for the file"
        press(page, "Escape")
        page.locator("h1").click()
        press(page, "Escape", "c")
        assert label.inner_text() == f"Comment on {items(site)[0]['name']}", "no line is selected"
        press(page, "Escape")
        # Changes are counted from the selected line.
        changes = page.locator(".diff .change")
        last = changes.nth(changes.count() - 1).locator(".added, .removed").first
        page.locator(f"[id='{last.get_attribute('id')}'] > :is(a, i)").first.evaluate("(number) => { location.hash = number.closest('.line').id; }")
        page.locator(f".chosen[id='{last.get_attribute('id')}']").wait_for()
        press(page, "n")
        assert bar.locator(".said").inner_text() == "Last change"
        press(page, "p")
        assert bar.locator(".said").inner_text() == f"Change {changes.count() - 1} of {changes.count()}"
        assert page.evaluate("document.activeElement.matches('.line.chosen')"), "a screen reader goes on from here"
        assert page.problems == []


def test_keys_are_listed_where_they_do_something(browser, small):
    added = next(item for item in items(small) if item["name"] == "brief")
    with opened(browser, (small / added["href"]).as_uri()) as page:
        press(page, "?")
        words = page.locator("dialog dl").inner_text()
        assert "Next line" in words and "Next change" not in words and "split" not in words
        press(page, "Escape", "n", "s")
        assert page.locator(".line.chosen, .diff.split").count() == 0 and page.problems == []


def test_the_focus_stays_where_a_comment_was_edited_or_deleted(browser, site):
    with opened(browser, (site / items(site)[0]["href"]).as_uri()) as page:
        def focused():
            return page.evaluate("(document.activeElement.querySelector('.text') ?? document.activeElement).textContent")

        comment(page, "First.")
        comment(page, "Second.")
        press(page, "n")
        line = page.locator(".line.chosen").get_attribute("id")
        comment(page, "On a line.")
        page.locator(".review-comment", has_text="First.").get_by_role("button", name="Edit").focus()
        press(page, "Enter")
        page.keyboard.type(" Really.")
        press(page, "Control+Enter")
        assert focused() == "First. Really."
        page.locator(".review-comment", has_text="On a line.").get_by_role("button", name="Delete").focus()
        press(page, "Enter")
        assert page.evaluate("document.activeElement.id") == line
        for left in ("Second.", page.locator("h1").text_content()):
            page.locator(".review-comment").first.get_by_role("button", name="Delete").focus()
            press(page, "Enter")
            assert focused() == left
        assert comments(page) == [] and page.problems == []


def test_viewed_and_next_is_one_key(browser, site):
    with opened(browser, (site / items(site)[0]["href"]).as_uri()) as page:
        press(page, "V")
        page.wait_for_url(f"**/{items(site)[1]['href']}")
        press(page, "v", "V")
        page.wait_for_url(f"**/{items(site)[2]['href']}")
        assert progress(page).startswith("2 of "), "a viewed file stays viewed"
        press(page, "q")
        page.wait_for_selector("[data-queue]")
        press(page, "j", "j", "j", "V")
        assert progress(page).startswith("3 of ") and page.locator("tr.chosen").get_attribute("data-item") == "3"
        assert page.problems == []


def test_what_is_typed_arrives_in_the_pull_request(browser, site, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    script = folder / "review" / "items.js"
    first = items(folder)[0]
    script.write_text(script.read_text("utf-8").replace(json.dumps(first["name"]), json.dumps("na`me\u202e"), 1), "utf-8")
    with opened(browser, (folder / first["href"]).as_uri()) as page:
        box = page.locator(".comment-form textarea")
        press(page, "c")
        page.keyboard.type("  \n ")
        press(page, "Control+Enter")
        assert page.locator(".comment-form .refused").inner_text() == "The comment is empty." and comments(page) == []
        # Keys of an input method that composes text belong to the input method.
        box.fill("かな")
        for key in ("Escape", "Enter"):
            box.evaluate("(box, key) => box.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: key === 'Enter', isComposing: true, bubbles: true }))", key)
        assert box.input_value() == "かな" and comments(page) == [] and page.locator(".comment-form .refused").inner_text() == "The comment is empty."
        box.fill("One.\n\n```sh\nrm -rf /\n```")
        press(page, "Control+Enter", "r", "f")
        dialog = page.locator("dialog[open]")
        markdown = dialog.get_by_role("textbox", name="Comment for the pull request").input_value()
        assert "**`` na`me[U+202E] ``**" in markdown
        assert "- On the whole file:\n\n  One.\n  \n  ```sh\n  rm -rf /\n  ```\n" in markdown
        assert re.search(r"^Before: `where it branched off main, [0-9a-f]{8} .*`\. After: `the working files`\.$", markdown, re.M)
        dialog.get_by_role("textbox", name="Your name").fill("-rf")
        assert dialog.locator(".command code").inner_text() == "roster approve --import roster-review.json --by='-rf'"
        assert page.problems == []


def test_a_comment_fits_the_pull_request(browser, site):
    with opened(browser, (site / items(site)[0]["href"]).as_uri()) as page:
        for text in ("a" * 40_000, "b" * 40_000, "c"):
            press(page, "c")
            page.locator(".comment-form textarea").fill(text)
            press(page, "Control+Enter")
        press(page, "f")
        markdown = page.get_by_role("textbox", name="Comment for the pull request").input_value()
        assert len(markdown) <= 65_536 and "a" * 40_000 in markdown and "- c\n" in markdown and "bbb" not in markdown
        assert markdown.endswith("Left out for length: 1 of the files and comments. `roster-review.json` contains everything.\n")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download roster-review.json").click()
        assert "b" * 40_000 in open(download.value.path(), encoding="utf-8").read()
        assert page.problems == []


def test_clearing_a_review_clears_earlier_versions(browser, site):
    with opened(browser, (site / "index.html").as_uri()) as page:
        press(page, "j", "a")
        page.evaluate("""digest => { for (const [key, value] of Object.entries(localStorage)) localStorage.setItem(key, value.replaceAll(digest, "0".repeat(64))); }""", items(site)[0]["digest"])
        page.reload()
        changed = page.get_by_text("Changed since you approved it")
        assert changed.is_visible() and progress(page).startswith("0 of ")
        press(page, "f")
        page.get_by_role("button", name="Clear this review").click()
        press(page, "Escape")
        assert changed.count() == 0
        press(page, "u")
        assert changed.count() == 1
        press(page, "j", "v")
        assert changed.count() == 0, "this version was viewed"
        page.reload()
        assert changed.count() == 0 and page.problems == []


def test_every_file_has_its_owners(small, tmp_path):
    assert {item["name"]: item.get("owners") for item in items(small)}["agents/notes.md"] == ["@acme/one"]
    made = Repository(tmp_path / "work")
    (made.folder / "CODEOWNERS").write_text("*.md @acme/agents\n/.claude/ @acme/security\n/.claude/hooks/ @acme/scripts\n")
    made.write("agents/steady.md")
    made.commit(0)
    (made.folder / ".claude" / "hooks").mkdir(parents=True)
    hook = {"hooks": {"PreToolUse": [{"hooks": [{"type": "command", "command": "sh .claude/hooks/check.sh"}]}]}}
    (made.folder / ".claude" / "settings.json").write_text(json.dumps(hook))
    (made.folder / ".claude" / "hooks" / "check.sh").write_text("echo check\n")
    made.commit(1)
    for changes in (("HEAD~1..HEAD",), ("HEAD~1",)):
        assert review(made, *changes, "agents", "--fail-on", "never").returncode == 0
        assert {item["path"]: item.get("owners") for item in items(tmp_path / "review")} == {
            ".claude/settings.json": ["@acme/security"], ".claude/hooks/check.sh": ["@acme/scripts"]}


def test_filters_that_a_review_does_not_offer_hide_nothing(browser, small, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(small, folder)
    with opened(browser, (folder / "index.html").as_uri()) as page:
        rows = page.locator("[data-item]:visible")
        every = rows.count()
        page.get_by_role("button", name="Needs attention").click()
        page.get_by_role("combobox", name="Owner").select_option("@acme/one")
        assert 0 < rows.count() < every
        script = folder / "review" / "items.js"
        text = re.sub(r'"attention": ?true,? ?', "", script.read_text("utf-8"))
        script.write_text(text.replace("@acme/one", "@acme/three"), "utf-8")
        # An item's page opened first, and then the queue.
        page.goto((folder / items(folder)[0]["href"]).as_uri())
        press(page, "j")
        page.wait_for_url(f"**/{items(folder)[1]['href']}")
        press(page, "q")
        page.wait_for_selector("[data-queue]")
        assert rows.count() == every and page.problems == []


def test_nothing_typed_becomes_a_verdict(browser, site, small):
    with opened(browser, (small / "index.html").as_uri()) as page:
        box = page.locator(".comment-form textarea")
        page.locator("details.formal > summary").click()
        page.locator("details.formal [data-item] th > a").first.focus()
        page.locator("details.formal > summary").click()
        press(page, "c")
        assert box.is_visible(), "the folded part opens"
        page.keyboard.type("art")
        assert box.input_value() == "art" and progress(page).startswith("0 of ")
        # Enter on the buttons of the form.
        press(page, "Tab", "Enter")
        assert box.count() == 0 and page.locator(".mark-comments").count() == 1
        # If the filter hides every row, none is selected.
        page.get_by_role("button", name="Not viewed").click()
        for _ in items(small):
            press(page, "j", "v")
        assert page.locator("[data-item]:visible").count() == 0
        press(page, "a", "c")
        assert page.locator(".review-bar .said").inner_text() == "Select a file first: press j" and box.count() == 0
        assert page.problems == []
    with opened(browser, (site / items(site)[0]["href"]).as_uri()) as page:
        whole = page.get_by_role("button", name="Whole file")
        whole.click()
        line = page.locator("details.fold .line").first
        page.evaluate("(id) => { location.hash = id; }", line.get_attribute("id"))
        page.locator(".line.chosen").wait_for()
        whole.click()
        assert not line.is_visible()
        press(page, "c")
        page.keyboard.type("rather")
        assert page.locator(".comment-form textarea").input_value() == "rather"
        press(page, "Control+Enter")
        # The fold is closed again, and stays closed when something else changes.
        whole.click()
        whole.click()
        press(page, "v")
        assert not line.is_visible() and page.problems == []


def test_viewed_and_next_skips_no_file_that_a_filter_shows(browser, site):
    with opened(browser, (site / "index.html").as_uri()) as page:
        page.get_by_role("button", name="Not viewed").click()
        press(page, "j")
        for number in range(1, 5):
            press(page, "V")
            assert page.locator("tr.chosen").get_attribute("data-item") == str(number)
        assert page.problems == []


def test_the_order_of_a_review_is_not_that_of_a_list(browser, tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    for name in ("one", "two", "three"):
        (sources / f"{name}.md").write_text(f"---\nname: {name}\ndescription: Does {name}.\n---\n\nPrompt {name}.\n")
    assert build([sources], tmp_path / "site").returncode == 0
    with opened(browser, (tmp_path / "site" / "index.html").as_uri()) as page:
        follow(page.locator("table.agents tbody th > a").first)
        page.locator("nav.between").wait_for()
        page.goto((tmp_path / "site" / "review.html").as_uri())
        press(page, "j", "Enter")
        page.wait_for_selector(".review-bar")
        assert page.locator("nav.between").count() == 0 and page.problems == []


def test_an_imported_comment_stays_in_its_list(browser, site, tmp_path):
    first = items(site)[0]
    file = tmp_path / "import.json"
    entry = {"path": first["path"], "digest": first["digest"], "comments": [{"text": "a\r\r## Review: all approved\r\r[id]: https://example.org"}]}
    file.write_text(json.dumps({"roster-review": 1, "items": [entry]}))
    with opened(browser, (site / "index.html").as_uri()) as page:
        press(page, "f")
        page.locator("dialog input[type=file]").set_input_files(file)
        page.get_by_text("1 file imported.").wait_for()
        markdown = page.get_by_role("textbox", name="Comment for the pull request").input_value()
        assert re.findall(r"^#+ .*", markdown, re.M) == ["## Review: 0 approved, 0 with changes requested, 0 of 26 viewed", "### Comments"]
        assert "\n  ## Review: all approved\n" in markdown and page.problems == []
        # A change in another tab is in the open dialog.
        other = page.context.new_page()
        other.goto(page.url)
        press(other, "j", "r")
        page.get_by_text("0 approved, 1 with changes requested, 1 comment.").wait_for()
        assert "### Changes requested" in page.get_by_role("textbox", name="Comment for the pull request").input_value()


def test_a_link_to_a_line_selects_it_again(browser, site):
    with opened(browser, (site / items(site)[0]["href"]).as_uri()) as page:
        link = page.locator(".diff .line.added a[href^='#']").first
        for _ in range(2):
            link.click()
            page.locator(".line.chosen").wait_for()
            press(page, "Escape")
            assert page.locator(".line.chosen").count() == 0
        # Lines in a closed fold are no steps.
        press(page, "J")
        assert page.locator(".line.chosen").is_visible() and page.locator("details.fold[open]").count() == 0
        # Escape in a form leaves the line selected.
        press(page, "c", "Tab", "Escape")
        assert page.locator(".comment-form").count() == 0 and page.locator(".line.chosen").count() == 1
        # A comment made with the mouse, and a redraw, keep the focus.
        page.locator(".line.chosen .plus").click()
        page.keyboard.type("Here.")
        press(page, "Control+Enter")
        assert page.evaluate("document.activeElement !== document.body")
        page.locator(".review-comment").get_by_role("button", name="Edit").focus()
        press(page, "v")
        assert page.evaluate("document.activeElement.textContent") == "Edit" and page.problems == []


def test_pages_of_different_builds_say_so(browser, site, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    first = items(folder)[0]
    page_file = folder / first["href"]
    page_file.write_text(page_file.read_text("utf-8").replace(first["digest"], "0" * 64), "utf-8")
    with opened(browser, page_file.as_uri()) as page:
        bar = page.locator(".review-bar")
        assert "different builds" in bar.inner_text() and bar.get_by_role("button").count() == 0
        press(page, "v", "f", "?")
        follow(bar.get_by_role("link", name="Queue"))
        page.wait_for_selector("[data-queue]")
        assert progress(page).startswith("0 of ") and page.problems == []
