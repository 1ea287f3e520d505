"""The versions of an item: the list on its page, and the comparison of two, with real git and a real browser."""
import json
import os
import re
import shutil
import subprocess

import lxml.html
import pytest

from addresses import page_of
from conftest import build
from repositories import LONG, Repository


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path / "team")
    made.write("agents/reader.md", LONG, fields="tools: Read\nmodel: opus")
    made.write("agents/still.md")
    made.commit(0)
    made.write("agents/reader.md", LONG + "\nWrite <b>nothing</b>.", fields="tools: Read, Bash\nmodel: opus")
    made.commit(1, author="Bob <Builder>")
    made.git("mv", "agents/reader.md", "agents/reviewer.md")
    made.write("agents/reviewer.md", LONG + "\nWrite <b>nothing</b>.", fields="tools: Read, Bash\nmodel: sonnet")
    made.commit(2)
    made.write("agents/reviewer.md", LONG.replace("Line 3 of", "Row 3 of") + "\nWrite \u202enothing.", fields="model: sonnet\npermissionMode: bypassPermissions")
    made.git("add", "-A")
    made.git("commit", "-qm", "<img src=x onerror=alert(1)> & \u202eevil", day=3)
    return made


def published(folder, output, *options, **environment):
    result = build([folder], output, "--no-search", *options, environment=environment)
    assert result.returncode == 0, result.stderr
    return result


def versions(site, name):
    page = lxml.html.fromstring(page_of(site, name).read_text("utf-8"))
    return [
        (item.cssselect("time")[0].get("datetime"), [change.text_content() for change in item.cssselect(".changes code")], [link.get("href") for link in item.cssselect("a")], item.cssselect(".quiet")[-1].text_content())
        for item in page.cssselect("details.versions li")
    ]


def data(site, name):
    script = page_of(site, name).with_suffix("").with_suffix(".versions.js").read_text("utf-8")
    return json.loads(re.fullmatch(r"rosterVersions\((.*)\);\n", script, re.S).group(1))


def test_an_item_page_lists_its_versions_with_changes_in_access(repository, tmp_path):
    published(repository.folder / "agents", tmp_path / "site")
    listed = versions(tmp_path / "site", "reviewer")
    assert [(day, changes, author) for day, changes, _, author in listed] == [
        ("2026-01-04", ["inherits all tools", "permission mode none → bypassPermissions"], "Ada Ösel"),
        ("2026-01-03", ["model opus → sonnet"], "Ada Ösel"),
        ("2026-01-02", ["+Bash"], "Bob Builder"),
        ("2026-01-01", [], "Ada Ösel"),
    ], "renames are followed"
    ids = repository.git("log", "--format=%H").split()
    assert [links for _, _, links, _ in listed] == [[f"../../versions.html?item=agents/team/reviewer&from={old[:12]}&to={new[:12]}"] for new, old in zip(ids, ids[1:])] + [[]]
    text = page_of(tmp_path / "site", "reviewer").read_text("utf-8")
    assert "<img src=x" not in text and "\u202e" not in text and "&lt;img src=x" in text
    assert versions(tmp_path / "site", "still") == [] and not page_of(tmp_path / "site", "still").with_suffix("").with_suffix(".versions.js").exists()
    known = data(tmp_path / "site", "reviewer")
    assert [version["id"] for version in known["versions"]] == ids
    for version, path in zip(known["versions"], ["reviewer", "reviewer", "reader", "reader"]):
        assert version["text"] == repository.git("show", f"{version['id']}:agents/{path}.md")


def test_how_many_texts_there_are_can_be_set(repository, tmp_path):
    config = tmp_path / "roster.yml"
    config.write_text("history-texts: 2\n")
    published(repository.folder / "agents", tmp_path / "site", "--config", config)
    assert len(versions(tmp_path / "site", "reviewer")) == 2 == len(data(tmp_path / "site", "reviewer")["versions"])
    for off in ("history-texts: 0\n", "history: off\n"):
        config.write_text(off)
        published(repository.folder / "agents", tmp_path / "site", "--config", config)
        assert versions(tmp_path / "site", "reviewer") == [] and not list((tmp_path / "site").glob("versions*")) and not list((tmp_path / "site/agents").rglob("*versions*")), "what is no longer made is removed"
    config.write_text("history-texts: -1\n")
    result = build([repository.folder / "agents"], tmp_path / "site", "--config", config)
    assert result.returncode == 2 and "roster.yml:1" in result.stderr and "history-texts must be a whole number from 0 to 100" in result.stderr


def test_nothing_is_done_twice_and_a_new_version_is_seen(repository, tmp_path):
    site = tmp_path / "site"
    published(repository.folder / "agents", site)
    assert "0 files written" in published(repository.folder / "agents", site).stdout
    repository.write("agents/reviewer.md", "New.", fields="tools: Read")
    repository.commit(5)
    published(repository.folder / "agents", site)
    assert versions(site, "reviewer")[0][:2] == ("2026-01-06", ["tools limited to Read", "model sonnet → none", "permission mode bypassPermissions → none"])
    published(repository.folder / "agents", tmp_path / "fresh")
    for file in (tmp_path / "fresh").rglob("*.js"):
        assert file.read_bytes() == (site / file.relative_to(tmp_path / "fresh")).read_bytes(), file


def test_what_a_clone_lacks_is_said_and_not_fetched(repository, tmp_path):
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    subprocess.run(["git", "clone", "-q", "--filter=blob:none", f"file://{repository.folder}", clone], check=True, capture_output=True)

    def lacking():
        return subprocess.run(["git", "-C", clone, "rev-list", "--objects", "--all", "--missing=print"], check=True, capture_output=True, text=True).stdout.count("\n?")

    before = lacking()
    published(clone / "agents", tmp_path / "site")
    listed = data(tmp_path / "site", "reviewer")["versions"]
    assert listed[0]["text"] is not None and all(version["text"] is None for version in listed[1:])
    assert lacking() == before > 0, "nothing was fetched"
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "3", f"file://{repository.folder}", shallow], check=True, capture_output=True)
    published(shallow / "agents", tmp_path / "other")
    assert len(versions(tmp_path / "other", "reviewer")) == 2


# Split, so that secret scanners do not report this file.
TOKEN = "ghp_" + "a8Kd02LqPz71mNvXcB4wRtYu6EoS3hGjF9i5"


def test_a_secret_that_was_removed_is_not_published_again(tmp_path, browser):
    repository = Repository(tmp_path / "team")
    repository.write("agents/caller.md", "Without.", fields="tools: Read")
    repository.commit(0)
    repository.write("agents/caller.md", f"Use {TOKEN} for it.", fields=f"tools: Read, Bash({TOKEN}:*)\nmodel: {TOKEN}")
    secret = repository.commit(1)
    repository.write("agents/caller.md", "Use the token of the environment.", fields="tools: Read, Bash")
    repository.commit(2)
    site = tmp_path / "site"
    for _ in range(2):
        published(repository.folder / "agents", site)
        assert not [file for file in site.rglob("*") if file.is_file() and TOKEN.encode() in file.read_bytes()]
        texts = [version["text"] for version in data(site, "caller")["versions"]]
        assert "environment" in texts[0] and texts[1] is None and "Without." in texts[2], "the other versions are there"
        # In the second build, the versions come from the cache, and the page changes.
        (repository.folder / "roster.yml").write_text("title: Again\n")
        repository.write("agents/other.md")
    listed = [" ".join(item.text_content().split()) for item in lxml.html.fromstring(page_of(site, "caller").read_text("utf-8")).cssselect("details.versions li")]
    assert ["Not published: it contains a suspected secret." in item for item in listed] == [False, True, False]
    page = browser.new_page()
    page.goto((site / "versions.html").as_uri() + f"?item=agents/team/caller&from={secret[:8]}")
    page.wait_for_selector("p.missing")
    assert f"Version {secret[:8]}. Not published: it contains a suspected secret." in page.inner_text("main")
    page.close()


def test_no_change_in_access_is_lost_beside_a_version_that_is_no_item(tmp_path):
    repository = Repository(tmp_path / "team")
    repository.write("agents/reader.md", LONG, fields="tools: Read")
    repository.commit(0)
    repository.write("agents/reader.md", b"Only notes.\n")
    repository.commit(1)
    repository.write("agents/reader.md", LONG, fields="tools: Read, Bash\nmemory: user")
    repository.commit(2)
    # A git wrapper that logs when contents are read.
    (tmp_path / "bin").mkdir()
    git = tmp_path / "bin" / "git"
    git.write_text(f'#!/bin/sh\ncase "$*" in *cat-file*) echo read >> {tmp_path}/log;; esac\nexec {shutil.which("git")} "$@"\n')
    git.chmod(0o755)
    path = f"{git.parent}:{os.environ['PATH']}"
    published(repository.folder / "agents", tmp_path / "site", PATH=path)
    assert [changes for _, changes, _, _ in versions(tmp_path / "site", "reader")] == [["+Bash", "+memory"], [], []]
    log = tmp_path / "log"
    log.unlink()
    repository.write("agents/other.md")
    published(repository.folder / "agents", tmp_path / "site", PATH=path)
    assert not log.exists(), "all versions are known, even those that are no item"


def test_two_versions_are_compared_from_disk(repository, tmp_path, browser):
    published(repository.folder / "agents", tmp_path / "site")
    page = browser.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: problems.append("a dialog"))
    page.goto(page_of(tmp_path / "site", "reviewer").as_uri())
    page.click("details.versions > summary")
    page.click("details.versions li:first-child a")
    page.wait_for_selector(".differences .line")
    assert page.inner_text("h1") == "reviewer versions" and page.title().startswith("Versions of reviewer · ")
    changed = page.locator(".differences .line.changed, .differences .line.removed, .differences .line.added").all_inner_texts()
    assert any("Line" in line and "Row" in line for line in changed), "words are marked in their line"
    assert page.locator(".differences .line.changed del", has_text="Line").count() == 1
    assert "U+202E" in page.inner_text(".differences") and "\u202e" not in page.content(), "hidden characters are labels"
    assert page.locator("ul.access code").all_inner_texts() == ["inherits all tools", "permission mode none → bypassPermissions"]
    # Any two versions can be selected, and the address contains them.
    page.select_option("#page\\:from", "3")
    access = ["+Bash", "model opus → sonnet", "inherits all tools", "permission mode none → bypassPermissions"]
    assert page.locator("ul.access code").all_inner_texts() == access
    # In reverse order, the changes in access are the same.
    page.select_option("#page\\:from", "0")
    page.select_option("#page\\:to", "3")
    assert page.locator("ul.access code").all_inner_texts() == access and page.locator("ul.access li").count() == 3
    assert page.get_by_role("heading", name="Changes in access, by version").count() == 1
    assert page.locator(".differences del", has_text="Row").count() == 1
    oldest, newest = repository.git("rev-list", "HEAD").split()[-1], repository.git("rev-parse", "HEAD").strip()
    page.goto((tmp_path / "site/versions.html").as_uri() + f"?item=agents/team/reviewer&from={oldest[:8]}&to={newest[:8]}")
    page.wait_for_selector(".differences .line")
    assert page.input_value("#page\\:from") == "3" and page.input_value("#page\\:to") == "0"
    page.set_viewport_size({"width": 375, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert problems == []
    page.close()


@pytest.mark.parametrize(
    "query, words",
    [
        ("", "Compare two versions of an item."),
        ("?item=agents/team/nobody", "has no versions to compare"),
        ("?item=agents/team/still", "has no versions to compare"),
        ("?item=https://evil.example/x", "This is not the address of an item."),
        ("?item=//evil.example/x", "This is not the address of an item."),
        ("?item=agents/../../x", "This is not the address of an item."),
        ("?item=agents/team/..%5C..%5Cx", "has no versions to compare"),
        ("?item=agents/%2F%2Fevil.example/x", "This is not the address of an item."),
        ("?item=agents/team/reviewer&from=ffffffff&to=%3Cimg%20src%3Dx%3E", "A version of the address is not among them."),
    ],
)
def test_addresses_of_strangers_load_nothing_else(repository, tmp_path, browser, query, words):
    published(repository.folder / "agents", tmp_path / "site")
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "site/versions.html").as_uri() + query)
    page.wait_for_function("words => document.body.innerText.includes(words)", arg=words)
    site = (tmp_path / "site").as_uri()
    assert all(url.startswith(site) for url in asked), asked
    page.close()
