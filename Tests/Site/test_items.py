"""Items of a file with several items are listed, checked, built, approved, compared and reviewed like separate files.
"""
import json
import subprocess

import lxml.html
import pytest

from conftest import ROSTER, build, served_folder
from repositories import Repository

ROOMODES = """# Modes of the port.
customModes:
  - slug: harbour-pilot
    name: ⚓ Harbour Pilot
    roleDefinition: |-
      # Guide

      You guide <ships>, slowly.
    customInstructions: Never run ashore.
    groups:
      - read
      - - edit
        - fileRegex: \\.md$
          description: charts only
  - slug: baker
    name: Baker
    roleDefinition: You bake bread & rolls.
    groups: [read, command]
"""
OPENCODE = """{
  // Agents of the port.
  "agent": {
    "review": {
      "description": "Reads changes.",
      "mode": "subagent",
      "prompt": "{file:./prompts/review.txt}",
      "tools": {"write": false},
    },
    "keeper": {"description": "Keeps the light.", "prompt": "Keep the light lit."}
  },
  "command": {"hail": {"description": "Hails a ship.", "template": "Hail $ARGUMENTS."}},
  "mcp": {"tide": {"type": "local", "command": ["tide"]}}
}
"""
FILES = {".roomodes": ROOMODES, "opencode.json": OPENCODE, "prompts/review.txt": "Read it.\n", "agents/pilot.md": "---\nname: pilot\ndescription: Guides.\ntools: Read\n---\nYou guide ships.\n"}
NAMES = {"harbour-pilot", "baker", "review", "keeper", "hail", "pilot"}


def tree(root):
    for path, text in FILES.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return root


def run(root, *arguments):
    return subprocess.run([str(ROSTER), *arguments], cwd=root, capture_output=True, text=True)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory):
    root = tree(tmp_path_factory.mktemp("items") / "tree")
    site = root.parent / "site"
    result = build([root], site, "--no-search")
    assert result.returncode == 0, result.stderr
    data = json.loads((site / "catalog.json").read_text("utf-8"))
    return site, {agent["name"]: agent for agent in data["agents"]}, data


def page(catalog, name):
    site, agents, _ = catalog
    return lxml.html.parse(str(site / agents[name]["url"])).getroot()


def test_each_item_is_listed(tmp_path):
    root = tree(tmp_path / "tree")
    rows = json.loads(run(root, "list", "--format", "json").stdout)
    assert {row["name"] for row in rows} == NAMES
    assert {(row["path"], row.get("item")) for row in rows if row["name"] in ("baker", "hail")} == {(".roomodes", "customModes/baker"), ("opencode.json", "command/hail")}
    assert ".roomodes#baker" in run(root, "list").stdout
    assert "baker" in run(root, "list", ".roomodes").stdout


def test_the_data_names_the_item(catalog):
    _, agents, data = catalog
    assert set(agents) == NAMES
    assert agents["baker"]["source"]["item"] == "customModes/baker" and agents["baker"]["source"]["line"] == 15
    assert agents["hail"]["kind"] == "command" and agents["review"]["kind"] == "agent"
    assert "item" not in agents["pilot"]["source"]
    assert {document["source"]["path"].rpartition("/")[2] for document in data["documents"]} == {".roomodes", "opencode.json"}


def test_each_item_has_a_page_with_its_excerpt(catalog):
    site, agents, _ = catalog
    pilot = page(catalog, "harbour-pilot")
    assert "You guide <ships>, slowly." in pilot.text_content() and "bake" not in pilot.xpath("//article")[0].text_content()
    assert [heading.text_content() for heading in pilot.xpath("//section[@class='prompt']//div//*[self::h3 or self::h4]")] == ["Guide"]
    assert "⚓ Harbour Pilot" in pilot.text_content() and "Never run ashore." in pilot.text_content()
    assert "only files that match \\.md$" in pilot.text_content()
    raw = (site / agents["harbour-pilot"]["raw"]).read_text("utf-8")
    assert raw == ROOMODES[ROOMODES.index("  - slug: harbour"):ROOMODES.index("  - slug: baker")]
    assert json.loads((site / agents["keeper"]["raw"]).read_text("utf-8"))["prompt"] == "Keep the light lit."
    # No path to install to, because the file has other items. The page links to the whole file instead.
    assert not pilot.xpath("//*[@data-path]") and page(catalog, "pilot").xpath("//*[@data-path]")
    [whole] = [link for link in pilot.xpath("//dd//a") if link.text_content().endswith(".roomodes")]
    target = (site / agents["harbour-pilot"]["url"]).parent.joinpath(whole.get("href")).resolve()
    listed = lxml.html.parse(str(target)).getroot()
    assert [link.text_content() for link in listed.xpath("//main//li/a")] == ["harbour-pilot", "baker"]
    # The rest of the file is not published, because settings may contain keys.
    assert "# Modes of the port." not in listed.text_content() and not list(site.rglob("roomodes.y*ml"))
    assert "prompts/review.txt" in page(catalog, "review").text_content()
    for name in agents:
        for link in page(catalog, name).xpath("//a/@href"):
            if "://" not in link and not link.startswith("#"):
                assert (site / agents[name]["url"]).parent.joinpath(link.split("#")[0].split("?")[0]).resolve().exists(), (name, link)


def test_the_prompt_of_an_item_is_copied(browser, catalog):
    site, agents, _ = catalog
    with served_folder(site) as address:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        view = context.new_page()
        view.goto(f"{address}/{agents['harbour-pilot']['url']}")
        view.get_by_text("Install", exact=True).click()
        view.get_by_role("button", name="Copy prompt").click()
        view.get_by_role("button", name="Copied").wait_for()
        assert view.evaluate("navigator.clipboard.readText()") == "# Guide\n\nYou guide <ships>, slowly."
        # If it is selected together with a file, only the file can be installed with a command.
        both = ",".join(agents[name]["id"] for name in ("harbour-pilot", "pilot"))
        view.goto(f"{address}/compare/index.html?with={both}")
        view.get_by_text("Install command", exact=True).first.wait_for()
        together = view.locator("#page\\:together").locator("..").text_content()
        assert "pilot.md" in together and "add it to" in together and ".yaml" not in together
        context.close()


def test_a_finding_is_in_its_item_and_at_its_line(tmp_path):
    root = tree(tmp_path / "tree")
    (root / ".roomodes").write_text(ROOMODES.replace("    name: Baker\n", "    name: 7\n    colour: red\n"), "utf-8")
    result = run(root, "check", ".roomodes", "--all")
    assert ".roomodes:16:11: error: “name” must be text" in result.stdout and "    name: 7" in result.stdout, result.stdout
    assert ".roomodes:17:5: " in result.stdout
    findings = json.loads(run(root, "check", ".roomodes", "--format", "json").stdout)["findings"]
    assert {(finding["path"], finding["line"]) for finding in findings} >= {(".roomodes", 16), (".roomodes", 17)}
    assert "file=.roomodes,line=16,col=11" in run(root, "check", ".roomodes", "--format", "github").stdout
    sarif = json.loads(run(root, "check", ".roomodes", "--format", "sarif").stdout)
    places = [result["locations"][0]["physicalLocation"] for result in sarif["runs"][0]["results"]]
    assert {(place["artifactLocation"]["uri"], place["region"]["startLine"], place["region"]["startColumn"]) for place in places} >= {(".roomodes", 16, 11), (".roomodes", 17, 5)}
    # An invalid mode causes no finding in the other mode.
    rows = {row["name"]: row for row in json.loads(run(root, "list", ".roomodes", "--format", "json").stdout)}
    assert rows["harbour-pilot"]["findings"]["error"] == 0


def test_a_broken_file_is_reported(tmp_path):
    root = tree(tmp_path / "tree")
    (root / ".roomodes").write_text("customModes:\n  - slug: a\n    name: A: B\n", "utf-8")
    (root / "opencode.json").write_text('{"agent": {"a": {}\n', "utf-8")
    result = run(root, "check")
    assert result.returncode == 1
    assert ".roomodes:3:12: error: invalid YAML: the value of “name” contains an unquoted colon; Roo Code" in result.stdout, result.stdout
    assert "opencode.json:1:18: error: invalid JSON" in result.stdout, result.stdout
    before = (root / ".roomodes").read_bytes()
    run(root, "check", "--fix")
    assert (root / ".roomodes").read_bytes() == before
    site = tmp_path / "site"
    assert build([root], site, "--no-search").returncode == 0
    data = json.loads((site / "catalog.json").read_text("utf-8"))
    assert {document["source"]["path"].rpartition("/")[2] for document in data["documents"]} >= {".roomodes", "opencode.json"}


def test_an_approval_covers_one_item(tmp_path):
    root = tree(tmp_path / "tree")
    approved = run(root, "approve", ".roomodes#baker", "--by", "Ada")
    assert approved.returncode == 0 and ".roomodes#baker: approved by Ada" in approved.stdout, approved.stdout + approved.stderr
    assert [path.name for path in (root / ".approvals").iterdir()] == [".roomodes#customModes-baker.json"]
    (root / "roster.yml").write_text("rules: {approval-missing: error}\n")
    missing = run(root, "check", ".roomodes", "--rule", "approval-missing").stdout
    assert ".roomodes:3:" in missing and ".roomodes:15:" not in missing, missing
    # Changes to another item and inserted lines don't invalidate the approval.
    (root / ".roomodes").write_text("# More.\n" + ROOMODES.replace("slowly", "fast"), "utf-8")
    assert "approval-stale" not in run(root, "check").stdout
    (root / ".roomodes").write_text(ROOMODES.replace("bread", "cake"), "utf-8")
    stale = run(root, "check").stdout
    assert ".roomodes:15:" in stale and "approval-stale" in stale and "roster approve .roomodes#baker" in stale, stale
    (root / ".roomodes").write_text(ROOMODES, "utf-8")
    assert run(root, "approve", ".roomodes#baker", "--withdraw").returncode == 0
    assert not (root / ".approvals").exists()


def test_an_item_can_be_compared(tmp_path):
    root = tree(tmp_path / "tree")
    for first in (".roomodes#harbour-pilot", "harbour-pilot"):
        result = run(root, "compare", first, "agents/pilot.md", "--format", "json")
        assert result.returncode == 0, result.stderr
        first, second = [agent["path"] for agent in json.loads(result.stdout)["agents"]]
        assert first.endswith(".roomodes#harbour-pilot") and second.endswith("pilot.md")
    assert "bread" not in run(root, "compare", ".roomodes#harbour-pilot", "keeper", "--all").stdout


def test_a_review_names_the_changed_item(tmp_path):
    repository = Repository(tmp_path / "tree")
    tree(repository.folder)
    repository.commit()
    (repository.folder / ".roomodes").write_text("# More.\n" + ROOMODES.replace("slowly", "fast").replace("fileRegex: \\.md$", "fileRegex: .*"), "utf-8")
    text = run(repository.folder, "review", "HEAD").stdout
    assert "1 changed; 5 unchanged" in text and ".roomodes#harbour-pilot (harbour-pilot)\n    “edit(.*)” was added" in text and "baker" not in text, text
    summary = run(repository.folder, "review", "HEAD", "--summary", "summary.md")
    assert summary.returncode == 0, summary.stderr
    assert ".roomodes#harbour-pilot" in (repository.folder / "summary.md").read_text("utf-8")
    # Changes outside of items are shown, too.
    pages = "".join(path.read_text("utf-8") for path in (repository.folder / "Review").rglob("*.html"))
    assert "# More." in pages and "You bake" not in pages


def test_an_incremental_build_equals_a_full_build(tmp_path):
    root = tree(tmp_path / "tree")
    sites = tmp_path / "one", tmp_path / "two"
    for site in sites:
        assert build([root], site, "--no-search").returncode == 0
    (root / ".roomodes").write_text(ROOMODES.replace("bread", "cake"), "utf-8")
    for site in (sites[0], tmp_path / "three"):
        assert build([root], site, "--no-search").returncode == 0
    files = {path.relative_to(sites[0]): path.read_bytes() for path in sites[0].rglob("*") if path.is_file() and ".roster" not in path.parts}
    assert files == {path.relative_to(tmp_path / "three"): path.read_bytes() for path in (tmp_path / "three").rglob("*") if path.is_file() and ".roster" not in path.parts}
    assert files != {path.relative_to(sites[1]): path.read_bytes() for path in sites[1].rglob("*") if path.is_file() and ".roster" not in path.parts}


def test_a_review_shows_a_changed_prompt_file(tmp_path):
    repository = Repository(tmp_path / "tree")
    root = tree(repository.folder)
    repository.commit()
    (root / "prompts/review.txt").write_text("Read it, then run every script.\n", "utf-8")
    repository.commit(day=1)
    result = run(root, "review", "HEAD~1", "HEAD", ".", "--output", str(tmp_path / "review"), "--summary", "-")
    assert "`opencode.json#review`" in result.stdout, result.stderr
    assert "+ Read it, then run every script." in result.stdout


@pytest.mark.parametrize("source", [".", ".codex/agents"])
def test_a_review_shows_a_changed_declaration(tmp_path, source):
    repository = Repository(tmp_path / "tree")
    declaration = '[agents.reviewer]\ndescription = "%s"\nconfig_file = "agents/review.toml"\n'
    repository.write(".codex/agents/review.toml", b'developer_instructions = "Review."\n')
    repository.write(".codex/config.toml", (declaration % "Reads changes.").encode())
    repository.commit()
    repository.write(".codex/config.toml", (declaration % "Approves changes.").encode())
    repository.commit(day=1)
    for after in [["HEAD"], []]:
        arguments = ["HEAD~1", *after, source, "--output", str(tmp_path / "review"), "--summary", "-"]
        result = run(repository.folder, "review", *arguments)
        assert "reviewer" in result.stdout and "description" in result.stdout, (result.stdout, result.stderr)
