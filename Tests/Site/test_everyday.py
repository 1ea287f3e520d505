"""Everyday commands: list, new, clean; settings from the environment; help with an example of each option."""
import csv
import io
import json
import os
import re
import subprocess

import pytest

from conftest import ROSTER

GOOD = "---\nname: {0}\ndescription: Does {0}.\ntools: {1}\nmodel: sonnet\n---\n\nThe prompt.\n"


def roster(folder, *arguments, **environment):
    return subprocess.run([str(part) for part in (ROSTER, *arguments)], cwd=folder, capture_output=True, text=True, env={**os.environ, **environment})


@pytest.fixture
def agents(tmp_path):
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "reader.md").write_text(GOOD.format("reader", "Read, Grep"))
    (tmp_path / "agents" / "writer.md").write_text(GOOD.format("writer", "Read, Write, Bsh"))
    (tmp_path / "agents" / "free.md").write_text("---\nname: free\ndescription: \"=1+1, or \\u001b[31mred\"\npermissionMode: bypassPermissions\n---\nx\n")
    return tmp_path


def test_the_list_table_fits_the_terminal_and_has_no_control_characters(agents):
    result = roster(agents, "list", "agents")
    lines = result.stdout.splitlines()
    assert result.returncode == 0 and lines[0].split() == ["NAME", "REACH", "MODEL", "TOKENS", "FINDINGS", "FILE"]
    rows = {line.split()[0]: line.split()[1:] for line in lines[1:]}
    assert rows["reader"] == ["r-----", "sonnet", "4", "–", "agents/reader.md"] and rows["writer"][0] == "re---?" and rows["free"][0] == "rexwd-*!"
    assert all(len(line) <= 120 for line in lines) and "\x1b" not in result.stdout


def test_json_and_csv_lists_agree(agents):
    data = json.loads(roster(agents, "list", "agents", "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(roster(agents, "list", "agents", "--format", "csv").stdout)))
    assert [agent["name"] for agent in data] == [row["name"] for row in rows] == ["free", "reader", "writer"]
    writer = data[2]
    assert writer["reach"] == ["read", "edit", "other"] and writer["tools"] == ["Read", "Write", "Bsh"] and writer["findings"]["warning"] == 1 and writer["path"] == "agents/writer.md"
    assert rows[2]["reach"] == "read edit other" and rows[2]["warnings"] == "1"
    assert data[0]["summary"].startswith("=1+1") and rows[0]["summary"].startswith("'=1+1"), "spreadsheets must not evaluate it as a formula"
    assert data[0]["bypassesPermissions"] and data[0]["inheritsTools"]
    empty = agents / "empty"
    empty.mkdir()
    nothing = roster(agents, "list", "empty", "--format", "json")
    assert nothing.stdout == "[]\n" and "no agents found" in nothing.stderr


def test_published_sites_are_not_sources(agents):
    for output in ("Output", "docs/catalog"):
        assert roster(agents, "build", ".", "--output", output, "--title", "Mine").stdout.startswith("3 agents, ")
    assert len(json.loads(roster(agents, "list", ".", "--format", "json").stdout)) == 3
    assert "\n3 agents checked" in roster(agents, "check", ".").stdout
    # A site is read if it is named. A `.roster` folder alone does not make a site.
    assert len(json.loads(roster(agents, "list", "Output", "--format", "json").stdout)) == 3
    (agents / "more" / ".roster").mkdir(parents=True)
    (agents / "more" / "fourth.md").write_text(GOOD.format("fourth", "Read"))
    assert len(json.loads(roster(agents, "list", ".", "--format", "json").stdout)) == 4


@pytest.mark.parametrize(
    "runtime, path",
    [
        ("claude-code", ".claude/agents/test-writer.md"), ("copilot", ".github/agents/test-writer.agent.md"), ("opencode", ".opencode/agent/test-writer.md"),
        ("gemini-cli", ".gemini/agents/test-writer.md"), ("cursor", ".cursor/agents/test-writer.md"), ("agent-skill", ".agents/skills/test-writer/SKILL.md"),
    ],
)
def test_a_new_agent_loads_in_its_runtime(tmp_path, runtime, path):
    hard = 'Writes: tests "well", with \\ and # and {braces}.'
    result = roster(tmp_path, "new", "Test Writer", "--for", runtime, "--description", hard)
    assert result.returncode == 0 and result.stdout.startswith(f"Wrote {path}."), result.stderr
    checked = roster(tmp_path, "check", path, "--fail-on", "warning")
    assert checked.returncode == 0, checked.stdout
    agent = json.loads(roster(tmp_path, "list", path, "--format", "json").stdout)[0]
    assert agent["runtime"] == runtime and agent["loads"] == "loads" and agent["name"] == "test-writer" and agent["summary"] == hard
    again = roster(tmp_path, "new", "test-writer", "--for", runtime)
    assert again.returncode == 1 and "already exists" in again.stderr
    text = (tmp_path / path).read_text("utf-8")
    assert ("## Steps" if runtime == "agent-skill" else "## Task") in text and "\n# Test writer\n" in text


def test_a_new_agent_is_written_beside_other_agents_with_the_given_fields(agents):
    result = roster(agents, "new", "helper", "--tools", " Read,  Bash(git diff:*) ", "--model", "opus")
    assert result.stdout.startswith("Wrote agents/helper.md.")
    agent = next(one for one in json.loads(roster(agents, "list", "agents", "--format", "json").stdout) if one["name"] == "helper")
    assert agent["tools"] == ["Read", "Bash(git diff:*)"] and agent["model"] == "opus"
    assert roster(agents, "new", "helper", "--folder", "team/").stdout.startswith("Wrote team/helper.md.")
    assert roster(agents, "new", "!!!").returncode == 2
    assert roster(agents, "new", "../../etc/passwd", "--folder", "team").stdout.startswith("Wrote team/etc-passwd.md.")
    assert roster(agents, "new", "x", "--for", "nobody").returncode == 2


def test_clean_removes_only_files_that_builds_wrote(agents):
    roster(agents, "build", "agents", "--output", "site", "--no-search", "--base-url", "https://a.example/")
    (agents / "site" / "mine.txt").write_text("mine")
    (agents / "site" / "agents" / "mine.md").write_text("mine")
    before = sum(len(files) for _, _, files in os.walk(agents / "site"))
    shown = roster(agents, "clean", "--output", "site", "--dry-run")
    assert shown.returncode == 0 and "site/index.html" in shown.stdout and (agents / "site" / "index.html").is_file()
    result = roster(agents, "clean", "--output", "site")
    assert result.returncode == 0 and re.fullmatch(r"\d+ files removed from site\n", result.stdout)
    left = sorted(str((type(agents)(folder) / file).relative_to(agents / "site")) for folder, _, files in os.walk(agents / "site") for file in files)
    assert left == ["agents/mine.md", "mine.txt"] and before > 30
    (agents / "site" / "mine.txt").unlink()
    (agents / "site" / "agents" / "mine.md").unlink()
    (agents / "site" / "agents").rmdir()
    roster(agents, "build", "agents", "--output", "site", "--no-search")
    assert roster(agents, "clean", "--output", "site").returncode == 0 and not (agents / "site").exists()
    assert "Nothing to remove" in roster(agents, "clean", "--output", "site").stdout
    (agents / "other").mkdir()
    (agents / "other" / "index.html").write_text("mine")
    assert "0 files removed" in roster(agents, "clean", "--output", "other").stdout and (agents / "other" / "index.html").exists()


def test_clean_works_with_a_broken_manifest(agents):
    roster(agents, "build", "agents", "--output", "site", "--no-search", "--base-url", "https://a.example/")
    (agents / "site" / ".roster" / "manifest").write_text("broken")
    assert roster(agents, "clean", "--output", "site").returncode == 0 and not (agents / "site").exists()


def test_the_environment_overrides_roster_yml_and_options_override_both(agents):
    (agents / "roster.yml").write_text("title: From the file\nfooter: From the file.\n")
    (agents / "other.yml").write_text("title: From another file\n")

    def page(*options, **environment):
        result = roster(agents, "build", "agents", *options, **{"ROSTER_OUTPUT": "out", "ROSTER_SEARCH": "off", **environment})
        assert result.returncode == 0, result.stderr
        return (agents / "out" / "index.html").read_text("utf-8")

    assert "<title>From the file</title>" in page()
    text = page(ROSTER_TITLE="From the environment", ROSTER_BASE_URL="https://ci.example/agents", ROSTER_LANGUAGE="de", ROSTER_DESCRIPTION="Words.", ROSTER_FOOTER="Below.")
    assert "<title>From the environment</title>" in text and 'href="https://ci.example/agents/"' in text and '<html lang="de">' in text and "Words." in text and "Below." in text
    assert "<title>Typed</title>" in page("--title", "Typed", ROSTER_TITLE="From the environment")
    assert "<title>From another file</title>" in page(ROSTER_CONFIG="other.yml")
    assert "<title>From the file</title>" in page(ROSTER_TITLE="", ROSTER_JOBS="1")
    for name, value, words in (
        ("ROSTER_BASE_URL", "agents.example", "must start with https://"), ("ROSTER_SEARCH", "maybe", "must be on or off"), ("ROSTER_JOBS", "0", "must be a number of at least 1"),
        ("ROSTER_COMMIT_URL", "https://a.example/", "must contain {revision}"), ("ROSTER_CONFIG", "nowhere.yml", "nowhere.yml"), ("ROSTER_THEME", "nowhere", "nowhere"),
    ):
        result = roster(agents, "build", "agents", **{"ROSTER_OUTPUT": "out", name: value})
        assert result.returncode == 2 and words in result.stderr, (name, result.stderr)


def commands():
    dump = json.loads(subprocess.run([ROSTER, "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout)
    return {command["commandName"]: command for command in dump["command"]["subcommands"] if command["commandName"] != "help"}


def test_every_option_of_every_command_has_an_example():
    missing = []
    for name, command in commands().items():
        examples = [line for line in re.split(r"Examples?:", command["discussion"])[-1].splitlines() if line.strip().startswith("roster")]
        assert examples, name
        for argument in command["arguments"]:
            names = ["--" + one["name"] for one in argument.get("names", []) if one["kind"] == "long"]
            if argument["kind"] == "positional" or not names or names[0] in ("--help", "--version"):
                continue
            if not any(re.search(rf"{re.escape(names[0])}(\s|$)", line) for line in examples):
                missing.append(f"{name} {names[0]}")
            assert argument.get("abstract"), f"{name} {names[0]} has no help"
    assert not missing, missing


def test_example_lines_fit_a_terminal():
    for name, command in commands().items():
        for line in re.split(r"Examples?:", command["discussion"])[-1].splitlines():
            if line.strip().startswith("roster "):
                assert len(line) <= 80, f"{name}: {line}"
