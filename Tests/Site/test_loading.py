"""Load verdicts and facts about runtimes."""
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from addresses import page_of
from conftest import ROSTER

LANTERN = pathlib.Path(__file__).parents[1] / "Runtimes" / "lantern.yml"

BROKEN = "---\nname: broken\ndescription: Use it: now\nand then.\ntools: Read\n---\n\nBody.\n"
GOOD = "---\nname: good\ndescription: Does good.\ntools: Read, Teleport\n---\n\nBody.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "broken.md").write_text(BROKEN)
    (tmp_path / "agents" / "good.md").write_text(GOOD)
    return tmp_path


@pytest.fixture
def page_text(browser):
    """Reads the visible text of a part of a page, with all details opened."""

    def text(path, selector):
        page = browser.new_page()
        page.goto(path.as_uri())
        page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
        said = page.inner_text(selector)
        page.close()
        return " ".join(said.split())

    return text


def roster(folder, *arguments):
    return subprocess.run([str(ROSTER), *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=60)


def built(folder):
    result = roster(folder, "build", "agents", "--output", "site", "--no-search")
    assert result.returncode == 0, result.stderr
    return {agent["id"]: agent for agent in json.loads((folder / "site" / "catalog.json").read_text())["agents"]}


def test_the_page_shows_the_load_verdict_with_reason_and_fix(folder, page_text):
    agents = built(folder)
    verdict = agents["broken"]["loads"]["claude-code"]
    assert verdict["verdict"] == "ignored" and verdict["reasons"][0]["line"] == 4 and "Indent" in verdict["reasons"][0]["fix"]
    text = page_text(page_of(folder / "site", "broken"), ".loading")
    assert "Not loaded Claude Code ignores this file." in text
    assert "not indented" in text and "Line 4." in text and "Indent the lines of the value" in text
    text = page_text(page_of(folder / "site", "good"), ".loading")
    assert "Claude Code loads this file, but ignores some of it." in text and "Did you mean" not in text.split("Teleport")[0]
    ports = page_text(page_of(folder / "site", "good"), ".ports")
    assert "Cursor" in ports and "gains edit, run, web, delegate" in ports
    listed = (folder / "site" / "loads" / "not-loaded.html").read_text()
    assert "/broken.html" in listed and "/good.html" not in listed


def test_a_file_can_replace_facts_and_a_rebuild_uses_it(folder):
    assert built(folder)["good"]["loads"]["claude-code"]["verdict"] == "partial"
    (folder / "roster.yml").write_text("runtimes: facts/runtimes.yml\n")
    (folder / "facts").mkdir()
    (folder / "facts" / "runtimes.yml").write_text("claude-code:\n  as-of: May 2027\n  tools:\n    Teleport: {gives: web, allows: work elsewhere}\n")
    agent = built(folder)["good"]
    assert agent["loads"]["claude-code"]["verdict"] == "loads" and agent["reach"] == ["read", "web"]
    assert "work elsewhere" in page_of(folder / "site", "good").read_text()
    assert roster(folder, "check", "agents", "--rule", "tool-unknown").stdout == "2 agents checked, no findings\n"
    assert "as of May 2027" in roster(folder, "check", "--explain", "tool-unknown").stdout
    (folder / "facts" / "runtimes.yml").write_text("claude-code:\n  as-of: May 2027\n")
    assert built(folder)["good"]["loads"]["claude-code"]["verdict"] == "partial"


def test_built_in_facts_can_be_printed_and_used_as_a_file(folder):
    printed = roster(folder, "check", "--explain", "runtimes")
    assert printed.returncode == 0
    before = built(folder)
    (folder / "runtimes.yml").write_text(printed.stdout)
    (folder / "roster.yml").write_text("runtimes: runtimes.yml\n")
    assert built(folder) == before


def test_a_file_can_add_an_unknown_runtime(tmp_path, page_text):
    shutil.copy(LANTERN, tmp_path / "lantern.yml")
    (tmp_path / "roster.yml").write_text("runtimes: lantern.yml\n")
    made = roster(tmp_path, "new", "night", "--for", "lantern", "--tools", "glow, carve", "--description", "Watches.")
    assert made.stdout.startswith("Wrote .lantern/crew/night.md."), made.stderr
    assert (tmp_path / ".lantern/crew/night.md").read_text().startswith("---\nname: night\ndescription: \"Watches.\"\npowers:\n  - glow\n  - carve\n---\n")
    (tmp_path / ".lantern/crew/deck").mkdir()
    (tmp_path / ".lantern/crew/deck/night.md").write_text("---\nname: night\npowers: [glaw]\ndim: true\n---\n\nBody.\n")
    # The runtime's folder is read by default.
    checked = json.loads(roster(tmp_path, "check", "--format", "json").stdout)["findings"]
    assert {(finding["path"], finding["rule"]) for finding in checked if finding["severity"] != "note"} == {
        (".lantern/crew/deck/night.md", "description-missing"), (".lantern/crew/deck/night.md", "tool-unknown"),
        (".lantern/crew/deck/night.md", "name-shared"), (".lantern/crew/night.md", "name-shared")}
    assert any("Lantern has no tool “glaw”" in finding["message"] for finding in checked)
    listed = {agent["path"]: agent for agent in json.loads(roster(tmp_path, "list", "--format", "json").stdout)}
    assert {agent["runtime"] for agent in listed.values()} == {"lantern"}
    assert [listed[path]["loads"] for path in sorted(listed)] == ["unusable", "loads"]
    # Built-in runtimes still work.
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "good.md").write_text(GOOD)
    result = roster(tmp_path, "build", "--output", "site", "--no-search")
    assert result.returncode == 0, result.stderr
    agents = json.loads((tmp_path / "site" / "catalog.json").read_text())["agents"]
    night = next(agent for agent in agents if agent["summary"] == "Watches.")
    assert night["dialect"] == "lantern" and night["reach"] == ["read", "edit", "run"] and "claude-code" in night["portability"]
    page = tmp_path / "site" / night["url"]
    text = page_text(page, "main")
    assert "Lantern loads this file." in text and "carve: change files and run commands." in text
    assert 'data-path=".lantern/crew/night.md"' in page.read_text() and (tmp_path / "site" / "runtimes" / "lantern.html").is_file()
    assert next(agent["dialect"] for agent in agents if agent["name"] == "good") == "claude-code"


@pytest.mark.parametrize("text, says", [
    ("claude-code:\n  tols: {}\n", "facts.yml:2:3: claude-code has no key “tols”; did you mean “tools”?"),
    ("claude-code: [\n", "facts.yml:1:14: this is not YAML"),
    (None, "facts.yml: No such file or directory"),
])
def test_a_mistake_in_the_facts_is_reported_with_its_place(folder, text, says):
    (folder / "roster.yml").write_text("runtimes: facts.yml\n")
    if text is not None:
        (folder / "facts.yml").write_text(text)
    for command in (["build", "agents", "--output", "site", "--no-search"], ["check", "agents"], ["stats", "agents"]):
        result = roster(folder, *command)
        assert (result.returncode, result.stderr.startswith(f"roster: {says}")) == (2, True), result.stderr
    assert not (folder / "site").exists()


def test_every_rule_names_its_sources(folder):
    for rule in re.findall(r"^([a-z-]+) ", roster(folder, "check", "--explain", "all").stdout, re.M):
        text = roster(folder, "check", "--explain", rule).stdout
        for source in re.findall(r"^Source: (.*)$", text, re.M):
            assert re.search(r"20\d\d|Annex|Unicode|CVE|YAML 1\.2", source), (rule, source)
    assert "2.1.240" in roster(folder, "check", "--explain", "field-near-miss").stdout


def test_similar_agents_link_to_each_other(folder, page_text):
    sentences = [f"Sentence {number} says that thing {number * 7} comes before {number * 3}." for number in range(60)]
    for name, body in {"one": sentences, "two": sentences, "three": ["Another."] + sentences[3:], "other": [text[::-1] for text in sentences]}.items():
        (folder / "agents" / f"{name}.md").write_text(f"---\nname: {name}\ndescription: d\ntools: Read\n---\n\n" + "\n".join(body) + "\n")
    agents = built(folder)
    assert [(one["id"], one["identical"]) for one in agents["one"]["similar"]] == [("two", True), ("three", False)]
    assert agents["other"]["similar"] == []
    text = page_text(page_of(folder / "site", "one"), ".alike")
    assert re.search(r"two the same prompt agents/two.md.*three 9\d% agents/three.md.*Compare all", text)
    compared = (folder / "site" / "compare" / "one-and-alike.html").read_text()
    assert all(f"/{name}.html" in compared for name in ("one", "two", "three"))
    assert "Similar prompts" in (folder / "site" / "compare" / "index.html").read_text()
    result = roster(folder, "check", "agents", "--rule", "near-duplicate")
    assert result.stdout.count("[near-duplicate]") == 3 and result.returncode == 0
    (folder / "roster.yml").write_text("compare: {threshold: off}\n")
    assert all(agent["similar"] == [] for agent in built(folder).values())
    assert not os.path.exists(folder / "site" / "compare" / "one-and-alike.html")
