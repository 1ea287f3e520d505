"""Plugin marketplaces: their plugins become collections with a name, description, version and owner."""
import json

import lxml.html
import pytest

from addresses import page_of
from conftest import build, review
from repositories import Repository

AGENT = "---\nname: {0}\ndescription: Does {0}.\n---\n\nThe prompt of {0}.\n"


def write(root, files):
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return root


@pytest.fixture
def market(tmp_path):
    return write(
        tmp_path / "market",
        {
            ".claude-plugin/marketplace.json": {
                "name": "acme-tools",
                "owner": {"name": "Acme <Platform>", "email": "p@acme.example"},
                "metadata": {"description": "Plugins of Acme.", "version": "3.1", "pluginRoot": "./plugins"},
                "plugins": [
                    {"name": "reviewing", "source": "./plugins/reviewing", "description": "Said by the market.", "version": "0.9", "homepage": "https://acme.example/r"},
                    {"name": "writing", "source": "writing", "description": "Writes.", "author": {"name": "Bob"}},
                    {"name": "bundled", "source": "./", "agents": ["./extra/one.md"], "skills": ["./skills/pdf"], "strict": False},
                    {"name": "elsewhere", "source": {"source": "github", "repo": "acme/elsewhere"}},
                    {"name": "outside", "source": "../outside"},
                    {"name": "hostile", "source": "./plugins/nothing", "homepage": "javascript:alert(1)"},
                    "no object",
                ],
            },
            "plugins/reviewing/.claude-plugin/plugin.json": {"name": "reviewing", "version": "1.2.0", "description": "Reviews <b>code</b>.", "author": "Ada", "homepage": "javascript:alert(1)"},
            "plugins/reviewing/agents/reviewer.md": AGENT.format("reviewer"),
            "plugins/writing/agents/writer.md": AGENT.format("writer"),
            "extra/one.md": AGENT.format("one"),
            "extra/two.md": AGENT.format("two").replace("---\n\n", "tools: Read\n---\n\n"),
            "skills/pdf/SKILL.md": AGENT.format("pdf"),
        },
    )


def catalog(site):
    return json.loads((site / "catalog.json").read_text("utf-8"))


def built(source, tmp_path, *options):
    result = build([source] if not isinstance(source, list) else source, tmp_path / "site", "--no-search", *options)
    assert result.returncode == 0, result.stderr
    return tmp_path / "site"


def test_each_plugin_is_a_collection_with_its_metadata(market, tmp_path):
    site = built(market, tmp_path)
    data = catalog(site)
    assert {agent["name"]: (agent["collection"], agent["source"]["path"]) for agent in data["agents"]} == {
        "reviewer": ("reviewing", "agents/reviewer.md"), "writer": ("writing", "agents/writer.md"), "one": ("bundled", "extra/one.md"),
        "pdf": ("bundled", "skills/pdf/SKILL.md"), "two": ("acme-tools", "extra/two.md"),
    }
    known = {collection["name"]: {key: value for key, value in collection.items() if key not in ("name", "folder")} for collection in data["collections"]}
    assert known == {
        "reviewing": {"description": "Reviews <b>code</b>.", "version": "1.2.0", "owner": "Ada", "homepage": "https://acme.example/r"},
        "writing": {"description": "Writes.", "owner": "Bob"}, "bundled": {}, "acme-tools": {"description": "Plugins of Acme.", "version": "3.1", "owner": "Acme <Platform>"},
    }
    page = lxml.html.fromstring((site / "collections" / "reviewing.html").read_text("utf-8"))
    head = " ".join(page.cssselect("header.head")[0].text_content().split())
    assert "Reviews <b>code</b>. Version 1.2.0. By Ada. https://acme.example/r" in head
    agent = lxml.html.fromstring(page_of(site, "reviewer").read_text("utf-8"))
    assert [badge.get("href") for badge in agent.cssselect(".crumb a") if badge.text_content() == "reviewing"] == ["../../../collections/reviewing.html"]


def test_a_single_plugin_and_several_marketplaces_can_be_sources(market, tmp_path):
    site = built(market / "plugins" / "reviewing", tmp_path)
    assert [(collection["name"], collection["version"]) for collection in catalog(site)["collections"]] == [("reviewing", "1.2.0")]
    write(tmp_path / "other", {".claude-plugin/plugin.json": {"name": "reviewing", "description": "Another."}, "agents/critic.md": AGENT.format("critic")})
    plain = write(tmp_path / "plain", {"helper.md": AGENT.format("helper")})
    data = catalog(built([market, tmp_path / "other", plain], tmp_path))
    assert {agent["name"]: agent["collection"] for agent in data["agents"] if agent["name"] in ("reviewer", "critic", "helper")} == {"reviewer": "market/reviewing", "critic": "other", "helper": "plain"}
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for folder in (market, tmp_path / "other", plain):
        folder.rename(shelf / folder.name)
    again = catalog(built(shelf, tmp_path))
    assert {agent["name"]: agent["collection"] for agent in again["agents"]} == {agent["name"]: agent["collection"] for agent in data["agents"]}


def test_a_source_with_its_own_name_keeps_it(market, tmp_path):
    (tmp_path / "roster.yml").write_text(f"content:\n  - folder: {market}\n    name: Ours\n")
    site = built([], tmp_path, "--config", tmp_path / "roster.yml")
    assert {agent["collection"] for agent in catalog(site)["agents"]} == {"Ours"}


def test_a_broken_manifest_is_reported_and_nothing_is_lost(market, tmp_path):
    (market / ".claude-plugin" / "marketplace.json").write_text("{ no json")
    result = build([market], tmp_path / "site", "--no-search")
    assert result.returncode == 0 and ".claude-plugin/marketplace.json:1: the manifest is not valid JSON" in result.stderr
    assert len(catalog(tmp_path / "site")["agents"]) == 5


def test_a_changed_manifest_changes_the_site(market, tmp_path):
    site = built(market, tmp_path)
    text = (market / ".claude-plugin" / "marketplace.json").read_text("utf-8")
    (market / ".claude-plugin" / "marketplace.json").write_text(text.replace("Writes.", "Writes well."), "utf-8")
    built(market, tmp_path)
    assert "Writes well." in (site / "collections" / "writing.html").read_text("utf-8")
    assert "0 files written" in build([market], site, "--no-search").stdout


def test_a_review_reads_the_manifests_of_both_states(market, tmp_path):
    held = Repository(tmp_path / "repository")
    market.rename(held.folder / "market")
    held.commit(0)
    file = held.folder / "market" / "plugins" / "writing" / "agents" / "writer.md"
    file.write_text(file.read_text("utf-8") + "More.\n", "utf-8")
    result = review(held, "HEAD", "market")
    assert result.returncode == 0 and "Agents: 1 changed; 4 unchanged." in result.stdout, result.stdout + result.stderr


def test_plugin_names_and_paths_are_compared_whole(tmp_path):
    """`acme` does not match `acme-tools`, and `one.md` does not match `one.mdc`."""
    source = write(
        tmp_path / "shop",
        {
            ".claude-plugin/marketplace.json": {
                "name": "shop",
                "plugins": [
                    {"name": "acme-tools", "source": "./", "agents": ["./agents/tools", "./agents/one.md"]},
                    {"name": "acme", "source": "./", "agents": ["./agents/plain", "./agents/tool"]},
                ],
            },
            "agents/tools/a.md": AGENT.format("a"),
            "agents/plain/b.md": AGENT.format("b"),
            "agents/tool/c.md": AGENT.format("c"),
            "agents/one.md": AGENT.format("one"),
            "agents/one.mdc": AGENT.format("rule"),
        },
    )
    agents = catalog(built(source, tmp_path))["agents"]
    assert {agent["name"]: agent["collection"] for agent in agents} == {"a": "acme-tools", "one": "acme-tools", "b": "acme", "c": "acme", "rule": "shop"}
