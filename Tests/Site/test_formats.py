"""Commands and agents in TOML and JSON are listed, checked, built and reviewed like Markdown files."""
import json
import pathlib
import subprocess

import lxml.html

from conftest import ROSTER, build
from repositories import Repository

FILES = {
    ".gemini/commands/git/count.toml": 'description = "Counts boats."\nprompt = \'\'\'\n# Boats\n\nCount {{args}}, and match \\d.\n\'\'\'\n',
    ".codex/agents/keeper.toml": 'name = "keeper"\ndescription = "Keeps the light."\ndeveloper_instructions = """\n# Light\n\nKeep it \\u006Cit.\n"""\nmodel = "gpt-5"\n',
    ".kiro/agents/pilot.json": '{\n  "name": "pilot",\n  "description": "Guides ships.",\n  "prompt": "# Guide\\n\\nGuide \\"ships\\".",\n  "tools": ["read"]\n}\n',
    ".kiro/agents/linked.json": '{"name": "linked", "description": "Has a file.", "prompt": "file://./linked.md", "tools": []}\n',
    ".kiro/agents/broken.json": '{\n  "name": "broken",\n}\n',
    "extension/gemini-extension.json": '{"name": "port"}\n',
    "extension/commands/hail.toml": 'prompt = "Hail <ships> & boats."\n',
    "tool/commands/other.toml": 'prompt = "No item."\n',
    "package.json": "{}\n",
}


def tree(root):
    for path, text in FILES.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return root


def run(root, *arguments):
    return subprocess.run([str(ROSTER), *arguments], cwd=root, capture_output=True, text=True)


def test_each_format_is_listed_and_checked(tmp_path):
    root = tree(tmp_path / "tree")
    rows = json.loads(run(root, "list", "--format", "json").stdout)
    rows = rows["agents"] if isinstance(rows, dict) else rows
    assert {row["name"] for row in rows} == {"git:count", "keeper", "pilot", "linked", "broken", "hail"}
    result = run(root, "check")
    assert ".kiro/agents/broken.json:2:19: error: invalid JSON" in result.stdout
    assert "tool/commands" not in result.stdout and result.returncode == 1
    before = {path: (root / path).read_bytes() for path in FILES}
    run(root, "check", "--fix")
    assert before == {path: (root / path).read_bytes() for path in FILES}
    # A source may be the folder of a runtime or a single file.
    assert "git-count" in run(root / ".gemini", "list").stdout
    assert "pilot" in run(root, "list", ".kiro/agents/pilot.json").stdout


def test_each_format_has_a_page_with_its_prompt(tmp_path):
    root = tree(tmp_path / "tree")
    result = build([root], tmp_path / "site", "--no-search")
    assert result.returncode == 0, result.stderr
    site = tmp_path / "site"
    data = json.loads((site / "catalog.json").read_text("utf-8"))
    pages = {}
    for agent in data["agents"]:
        page = lxml.html.parse(str(site / agent["url"])).getroot()
        pages[agent["name"]] = page
        raw = next(link for link in page.xpath("//a/@href") if link.endswith(pathlib.PurePath(agent["source"]["path"]).suffix) and "/" not in link)
        # The path in the data may begin with the name of the source.
        source = next(path for path in FILES if agent["source"]["path"].endswith(path))
        assert agent["raw"].endswith(raw) and agent["format"] == {"toml": "toml", "json": "json"}[raw.split(".")[-1]]
        assert (site / agent["raw"]).read_text("utf-8") == FILES[source]
        for link in page.xpath("//a/@href"):
            if "://" not in link and not link.startswith("#"):
                assert (site / agent["url"]).parent.joinpath(link.split("#")[0].split("?")[0]).resolve().exists(), (agent["name"], link)
    assert "Count {{args}}, and match \\d." in pages["git:count"].text_content()
    assert "Keep it lit." in pages["keeper"].text_content()
    assert 'Guide "ships".' in pages["pilot"].text_content()
    assert "./linked.md" in pages["linked"].text_content()
    assert "Hail <ships> & boats." in pages["hail"].text_content()
    assert '"name": "broken",' in pages["broken"].text_content()
    # The byte range on the page is the place of the prompt in the file.
    for name, prompt in {"git:count": "# Boats\n\nCount {{args}}, and match \\d.\n", "hail": "Hail <ships> & boats."}.items():
        [place] = pages[name].xpath("//@data-prompt")
        start, end = map(int, place.split("-"))
        source = next(path for path in FILES if path.endswith({"git:count": "count.toml", "hail": "hail.toml"}[name]))
        assert FILES[source].encode()[start:end].decode() == prompt


def test_a_review_shows_what_changed_in_a_prompt(tmp_path):
    repository = Repository(tmp_path / "tree")
    tree(repository.folder)
    repository.commit()
    path = repository.folder / ".codex/agents/keeper.toml"
    path.write_text(FILES[".codex/agents/keeper.toml"].replace("Keep it", "Always keep it"), "utf-8")
    result = run(repository.folder, "review", "HEAD")
    assert "keeper" in result.stdout and "1 changed" in result.stdout, result.stdout + result.stderr


def test_an_approval_holds_until_the_prompt_changes(tmp_path):
    root = tree(tmp_path / "tree")
    approved = run(root, "approve", ".kiro/agents/pilot.json", "--by", "Ada")
    assert approved.returncode == 0, approved.stderr
    assert "approval-stale" not in run(root, "check").stdout
    path = root / ".kiro/agents/pilot.json"
    path.write_text(path.read_text("utf-8").replace("Guide \\\"", "Sink \\\""), "utf-8")
    assert "approval-stale" in run(root, "check").stdout


def test_a_built_in_agent_keeps_its_prompt(tmp_path):
    """OpenCode merges an entry into the agent of the same name that it brings."""
    agents = {"build": {"model": "anthropic/claude-sonnet-4-5"}, "own": {"description": "Draws plans."}}
    (tmp_path / "opencode.json").write_text(json.dumps({"agent": agents}, indent=1), "utf-8")
    findings = json.loads(run(tmp_path, "check", ".", "--format", "json").stdout)["findings"]
    assert [(finding["rule"], finding["line"]) for finding in findings] == [("body-empty", 6)], findings
