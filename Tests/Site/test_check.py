"""`roster check`: output formats, exit status, rule settings and errors."""
import json
import os
import pty
import re
import subprocess
import urllib.parse

import jsonschema
import pytest

import schemas
from conftest import ROSTER, SHARED

GOOD = "---\nname: good\ndescription: Does good.\ntools: Read\n---\n\nBody.\n"
BROKEN = "---\nname: broken\ndescription: Use it: now.\ntools: Read\n---\n\nBody.\n"
# Claude Code ignores this file.
REFUSED = BROKEN.replace("now.", "now\nand then.")
WIDE = "\ufeff---\r\nname: wide\r\ndescription: Does it.\r\ntools: Read, 設計 \U0001f469\u200d\U0001f52c, Bsh\r\n---\r\n\r\nBody.\r\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "good.md").write_text(GOOD)
    return tmp_path


def check(folder, *arguments, **environment):
    return subprocess.run(
        [str(ROSTER), "check", *map(str, arguments)], cwd=folder, capture_output=True, text=True, env={**os.environ, **environment}, timeout=60)


def tree(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_check_reports_no_findings_in_good_files_and_writes_nothing(folder):
    before = tree(folder)
    result = check(folder, "agents")
    assert (result.returncode, result.stdout, result.stderr) == (0, "1 agent checked, no findings\n", "")
    (folder / "agents" / "broken.md").write_text(REFUSED)
    assert check(folder, "agents").returncode == 1
    assert set(tree(folder)) - set(before) == {folder / "agents" / "broken.md"}


def test_text_output_looks_like_a_compilers(folder):
    (folder / "agents" / "broken.md").write_text(BROKEN)
    result = check(folder, "agents")
    assert result.stdout.splitlines() == [
        "agents/broken.md:3:20: warning: strict YAML parsers reject the frontmatter: the value of “description” contains an unquoted colon [frontmatter-invalid]",
        "  3 | description: Use it: now.",
        "    |                    ^",
        "  help: Put the value in quotation marks. Claude Code reads the value as written.",
        "",
        "2 agents checked, 1 finding (1 warning)",
    ]


def test_the_caret_is_below_wide_and_combined_characters(folder):
    (folder / "agents" / "wide.md").write_bytes(WIDE.encode())
    lines = check(folder, "agents", "--rule", "tool-unknown").stdout.splitlines()
    finding = next(number for number, line in enumerate(lines) if "“Bsh”" in line)
    assert lines[finding].startswith("agents/wide.md:4:20: warning:") and "Did you mean “Bash”?" in lines[finding + 3]
    shown, mark = lines[finding + 1], lines[finding + 2]
    # Terminals use two columns for each ideograph, and two or four for an emoji that contains a joiner.
    wide = sum(2 if ord(letter) > 0x3000 else 0 if letter == "\u200d" else 1 for letter in shown[: shown.index("Bsh")])
    assert mark.index("^") in (wide, wide - 2) and mark.endswith("^~~")


def test_a_utf_16_file_is_one_finding_and_shows_its_lines(folder):
    text = "---\r\nname: wide\r\ndescription: Solves 設計 ticket #40 fast.\r\ntools: Read\r\n---\r\n\r\nBody.\r\n"
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        (folder / "agents" / "wide.md").write_bytes(text.encode(encoding))
        result = check(folder, "agents")
        assert re.findall(r"\[(\S+)\]$", result.stdout, re.M) == ["encoding-utf16", "value-cut"]
        assert f"agents/wide.md:1:1: warning: the file is {encoding[:6].upper()} [encoding-utf16]" in result.stdout
        assert "agents/wide.md:3:31: warning:" in result.stdout and "  3 | description: Solves 設計 ticket #40 fast." in result.stdout
        region = next(
            result["locations"][0]["physicalLocation"]["region"]
            for result in json.loads(check(folder, "agents", "--format", "sarif").stdout)["runs"][0]["results"] if result["ruleId"] == "value-cut")
        assert [region[key] for key in ("startLine", "startColumn", "endColumn")] == [3, 31, 40]


def test_long_lines_are_cut_around_the_mark(folder):
    (folder / "agents" / "long.md").write_text("---\nname: long\ndescription: " + "word " * 100 + "here: " + "more " * 100 + "\ntools: Read\n---\nB\n")
    lines = check(folder, "agents").stdout.splitlines()
    shown, mark = next((lines[n + 1], lines[n + 2]) for n, line in enumerate(lines) if "frontmatter-invalid" in line)
    assert len(shown) <= 120 and shown.count("…") == 2
    assert shown[mark.index("^")] == ":"


def test_control_sequences_never_reach_the_terminal(folder):
    (folder / "agents" / "esc.md").write_text("---\nname: \"\\e[31mred\\e]0;title\\a:\"\ndescription: x\n---\n\x1b[2J\u202eSee /Users/anna/x\n")
    result = check(folder, "agents", "--all")
    assert "\x1b" not in result.stdout and "\x07" not in result.stdout and "\u202e" not in result.stdout
    assert "path-local" in result.stdout and "name-format" in result.stdout


def test_only_terminals_get_color(folder):
    (folder / "agents" / "broken.md").write_text(REFUSED)

    def at_a_terminal(**environment):
        ours, theirs = pty.openpty()
        subprocess.run([str(ROSTER), "check", "agents"], cwd=folder, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm", **environment}, timeout=60)
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 65536):
                said += part
        except OSError:
            pass
        os.close(ours)
        return said

    assert b"\x1b[1;31merror\x1b[0m" in at_a_terminal()
    assert b"\x1b" not in at_a_terminal(NO_COLOR="1")
    assert "\x1b" not in check(folder, "agents").stdout


@pytest.mark.parametrize(
    "text, option, status",
    [
        (REFUSED, "error", 1), (REFUSED, "never", 0), (BROKEN, "error", 0), (BROKEN, "warning", 1), (GOOD.replace("Read", "Read, Bsh"), "error", 0),
        (GOOD.replace("Read", "Read, Bsh"), "warning", 1), (GOOD.replace("tools: Read\n", ""), "warning", 0),
    ])
def test_fail_on_determines_the_exit_status(folder, text, option, status):
    (folder / "agents" / "it.md").write_text(text.replace("good", "it"))
    assert check(folder, "agents", "--fail-on", option).returncode == status


def test_json_has_the_documented_keys(folder):
    (folder / "agents" / "wide.md").write_bytes(WIDE.encode())
    (folder / "agents" / "all.md").write_text(GOOD.replace("tools: Read\n", ""))
    data = json.loads(check(folder, "agents", "--format", "json").stdout)
    assert set(data) == {"findings"}
    for finding in data["findings"]:
        assert set(finding) == {"rule", "severity", "message", "help", "path", "line", "column", "endLine", "endColumn"}
    unknown = next(finding for finding in data["findings"] if "Bsh" in finding["message"])
    assert [unknown[key] for key in ("path", "line", "column", "endLine", "endColumn")] == ["agents/wide.md", 4, 20, 4, 23]
    whole = next(finding for finding in data["findings"] if finding["rule"] == "tools-unrestricted")
    assert whole["line"] is None and whole["severity"] == "note"


def test_sarif_is_valid_and_counts_code_points(folder):
    (folder / "agents" / "a b:ü.md").write_bytes(WIDE.encode())
    log = json.loads(check(folder, "agents", "--format", "sarif").stdout)
    jsonschema.validate(log, schemas.sarif())
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints" and run["tool"]["driver"]["name"] == "Roster"
    result = next(result for result in run["results"] if "Bsh" in result["message"]["text"])
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "tool-unknown"
    place = result["locations"][0]["physicalLocation"]
    line = WIDE.split("\r\n")[3]
    assert line[place["region"]["startColumn"] - 1 : place["region"]["endColumn"] - 1] == "Bsh" and place["region"]["startLine"] == 4
    assert urllib.parse.unquote(place["artifactLocation"]["uri"]) == "agents/a b:ü.md"


def test_github_annotations_point_at_lines(folder):
    (folder / "agents" / "a,b:100%.md").write_text(BROKEN)
    (folder / "agents" / "all.md").write_text(GOOD.replace("tools: Read\n", "").replace("good", "all"))
    lines = check(folder, "agents", "--format", "github", "--all").stdout.splitlines()
    assert len(lines) == 2 and all(re.fullmatch(r"::(error|warning|notice) file=[^:]+::[^\r\n]+%0A[^\r\n]+", line) for line in lines)
    assert lines[0].startswith("::warning file=agents/a%2Cb%3A100%25.md,line=3,col=20,endLine=3,endColumn=21,title=frontmatter-invalid::strict YAML parsers")
    assert lines[1].startswith("::notice file=agents/all.md,title=tools-unrestricted::")


def test_rules_can_be_selected_explained_and_counted(folder):
    (folder / "agents" / "broken.md").write_text(BROKEN.replace("tools: Read", "tools: Read, Bsh"))
    assert "tool-unknown" in check(folder, "agents").stdout
    only = check(folder, "agents", "--rule", "tool-unknown")
    assert only.returncode == 0 and "frontmatter-invalid" not in only.stdout and "tool-unknown" in only.stdout
    assert re.findall(r"^ +(\d+)  (\S+)", check(folder, "agents", "--statistics").stdout, re.M) == [("1", "frontmatter-invalid"), ("1", "tool-unknown")]
    listed = [line.split()[0] for line in check(folder, "--explain", "all").stdout.splitlines()]
    assert len(listed) > 40
    for rule in listed:
        page = check(folder, "--explain", rule)
        assert page.returncode == 0 and page.stdout.startswith(f"{rule} (") and len(page.stdout) > 200, rule
    for arguments in (["--explain", "tool-unknwon"], ["agents", "--rule", "tool-unknwon"]):
        wrong = check(folder, *arguments)
        assert wrong.returncode == 2 and "did you mean “tool-unknown”?" in wrong.stderr


def test_a_team_can_set_severities_and_exceptions(folder):
    (folder / "agents" / "vendor").mkdir()
    for path in ("one.md", "vendor/two.md"):
        (folder / "agents" / path).write_text(GOOD.replace("tools: Read", "tools: Read, Bsh, MultiEdit").replace("good", "same"))
    (folder / "roster.yml").write_text(
        "content: [agents]\nrules:\n  tool-unknown: error\n  tool-legacy: off\nexceptions:\n  - paths: ['vendor/**']\n    rules: [name-shared]\n")
    result = check(folder, "--all")
    found = re.findall(r"^agents/(\S+?):\d+:\d+: (\w+): .*\[(\S+)\]$", result.stdout, re.M)
    assert result.returncode == 1 and sorted(found) == [
        ("one.md", "error", "tool-unknown"), ("one.md", "note", "name-shared"), ("vendor/two.md", "error", "tool-unknown")]
    for text, words in [
        ("rules: {tool-unknwon: off}", "did you mean “tool-unknown”?"), ("rules: {tool-unknown: loud}", "must be off, note, warning or error"),
        ("exceptions: [{rules: [tool-legacy]}]", "an exception needs paths"), ("exceptions: [{paths: [x], rules: [nope]}]", "unknown rule “nope”"),
    ]:
        (folder / "roster.yml").write_text(f"content: [agents]\n{text}\n")
        wrong = check(folder)
        assert wrong.returncode == 2 and words in wrong.stderr and "roster.yml:2:" in wrong.stderr, wrong.stderr


def test_rule_settings_apply_to_the_site(folder):
    (folder / "agents" / "one.md").write_text(GOOD.replace("tools: Read", "tools: Read, Bsh").replace("good", "one"))
    for rules, expected in [("{}", "warning"), ("{tool-unknown: error}", "error"), ("{tool-unknown: off}", None)]:
        (folder / "roster.yml").write_text(f"content: [agents]\nrules: {rules}\n")
        subprocess.run([ROSTER, "build", "--no-search", "--quiet"], cwd=folder, check=True)
        catalog = json.loads((folder / "Output" / "catalog.json").read_text())
        found = [finding["severity"] for agent in catalog["agents"] for finding in agent["findings"] if finding["rule"] == "tool-unknown"]
        assert found == ([expected] if expected else [])


def test_unusable_sources_and_options_are_reported(folder):
    for arguments, status, words in [(["nowhere"], 2, "nowhere: no such folder or file"), (["agents", "--format", "xml"], 2, "xml"), (["agents", "--statistics", "--format", "json"], 2, "--statistics")]:
        result = check(folder, *arguments)
        assert result.returncode == status and words in result.stderr, result.stderr
    (folder / "empty").mkdir()
    assert "no agents found in empty" in check(folder, "empty").stderr


def test_the_seeds_have_the_known_findings():
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the seeds are not beside the checkout")
    data = json.loads(check(SHARED, "seeds", "--format", "json").stdout)
    places = {}
    for finding in data["findings"]:
        places.setdefault(finding["rule"], []).append((finding["path"][6:9], finding["line"], finding["column"]))
    assert places["frontmatter-invalid"] == [("000", 3, 562), ("001", 3, 548), ("002", 3, 544), ("003", 3, 184)]
    assert places["encoding-mojibake"] == [("002", 7, 4)]
    assert [path for path, _, _ in places["name-shared"]] == ["000", "001", "002", "003", "004"]
    assert [path for path, _, _ in places["description-escaped"]] == ["000", "001", "002"]
    assert set(places) == {"frontmatter-invalid", "encoding-mojibake", "name-shared", "description-escaped", "tools-unrestricted"}


def test_findings_in_the_corpora_are_inside_their_files():
    if not (SHARED / "corpora").is_dir():
        pytest.skip("the corpora are not beside the checkout")
    data = json.loads(check(SHARED, "corpora", "--format", "json").stdout)
    assert len(data["findings"]) > 500
    for finding in data["findings"]:
        if finding["line"] is None:
            continue
        lines = re.split("\r\n|\r|\n", (SHARED / finding["path"]).read_bytes().decode("utf-8", "replace").removeprefix("\ufeff"))
        assert 1 <= finding["line"] <= finding["endLine"] <= len(lines), finding
        assert 1 <= finding["column"] <= len(lines[finding["line"] - 1]) + 1, finding
