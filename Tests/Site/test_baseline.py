"""`roster check` in a repository with existing findings: baseline, order, limit, and formats for CI servers."""
import json
import subprocess
import xml.etree.ElementTree as ElementTree

import jsonschema
import pytest

import schemas
from conftest import ROSTER

AGENT = "---\nname: {name}\ndescription: Does it.\ntools: Read, {tool}\n---\n\nBody.\n"
ERROR = "---\nname: worse\ntools: Read\n---\n\nBody.\n"
BASELINE = ".roster-baseline.json"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "agents").mkdir()
    write(tmp_path, "one", "Bsh")
    return tmp_path


def write(folder, name, tool, text=""):
    (folder / "agents" / f"{name}.md").write_text(AGENT.format(name=name, tool=tool) + text)


def check(folder, *arguments):
    return subprocess.run([str(ROSTER), "check", "agents", *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=60)


def accept(folder, *arguments):
    result = check(folder, "--write-baseline", BASELINE, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout


def rules(result):
    return sorted(finding["rule"] for finding in json.loads(result.stdout)["findings"])


def test_only_new_findings_are_reported(folder):
    assert check(folder, "--fail-on", "warning").returncode == 1
    assert accept(folder) == f"{BASELINE}: 1 finding in 1 file; roster check reports new findings only\n"
    result = check(folder, "--fail-on", "warning")
    assert (result.returncode, result.stdout) == (0, f"1 agent checked, no findings\n1 finding in the baseline {BASELINE}\n")
    assert check(folder, "--fail-on", "warning", "--no-baseline").returncode == 1
    write(folder, "two", "Grpe")
    result = check(folder, "--fail-on", "warning", "--format", "json")
    data = json.loads(result.stdout)
    assert result.returncode == 1 and [finding["path"] for finding in data["findings"]] == ["agents/two.md"]
    assert data["baseline"] == {"path": BASELINE, "known": 1, "fixed": 0}


def test_inserted_lines_and_renamed_files_keep_findings_in_the_baseline(folder):
    accept(folder)
    file = folder / "agents" / "one.md"
    file.write_text(file.read_text().replace("name: one", "# A comment.\nmodel: inherit\nname: one"))
    assert rules(check(folder, "--format", "json")) == []
    file.rename(folder / "agents" / "moved.md")
    assert rules(check(folder, "--format", "json")) == []


def test_changed_and_additional_findings_are_new(folder):
    accept(folder)
    write(folder, "one", "Bsh, Grpe")
    assert ["Grpe" in finding["message"] for finding in json.loads(check(folder, "--format", "json").stdout)["findings"]] == [True]
    write(folder, "one", "Grpe")
    assert rules(check(folder, "--format", "json")) == ["tool-unknown"], "another unknown tool is a new finding"
    (folder / "agents/copy.md").write_text((folder / "agents/one.md").read_text().replace("name: one", "name: copy").replace("Grpe", "Bsh"))
    assert rules(check(folder, "--format", "json")) == ["tool-unknown"] * 2, "a copy is new while the file in the baseline still exists"


def test_a_swapped_secret_is_new(folder):
    secret = "ghp_" + "Qr7StUv2Wx9zLmN0pKj5Hg8Fd3Bc6Zy1Rt4P"
    write(folder, "one", "Bash", f"\nUse {secret}.\n")
    accept(folder)
    assert secret not in (folder / BASELINE).read_text()
    assert "secret-suspected" not in check(folder).stdout
    write(folder, "one", "Bash", "\nUse ghp_P4tR1yZ6cB3dF8gH5jKp0NmLz9xW2vUtS7rQ.\n")
    assert "secret-suspected" in check(folder).stdout


def test_a_swapped_private_key_is_new(folder):
    """The finding covers only the first line, which is the same in all keys."""
    key = "-----BEGIN PRIVATE KEY-----\n{0}\n-----END PRIVATE KEY-----\n"
    write(folder, "one", "Bash", "\n" + key.format("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAx1"))
    assert "secret-suspected" in check(folder).stdout
    accept(folder)
    assert "secret-suspected" not in check(folder).stdout
    write(folder, "one", "Bash", "\n" + key.format("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAz2"))
    assert "secret-suspected" in check(folder).stdout


def test_fixed_findings_are_reported_and_pruned_on_request(folder):
    write(folder, "two", "Grpe")
    accept(folder)
    write(folder, "one", "Bash")
    write(folder, "three", "Wrte")
    told = check(folder)
    assert "2 findings in the baseline" not in told.stdout and "1 finding in the baseline" in told.stdout
    assert "1 of its entries is fixed: --prune-baseline removes it" in told.stdout
    assert "and removed" in check(folder, "--prune-baseline").stdout
    assert list(json.loads((folder / BASELINE).read_text())["files"]) == ["agents/two.md"], "pruning accepts no new findings"
    write(folder, "one", "Bsh")
    assert rules(check(folder, "--format", "json")) == ["tool-unknown"] * 2, "a pruned finding that returns is new"


def test_a_check_of_some_files_does_not_count_others_as_fixed(folder):
    write(folder, "two", "Grpe")
    accept(folder)
    one = subprocess.run([ROSTER, "check", "agents/one.md", "--prune-baseline"], cwd=folder, capture_output=True, text=True)
    assert "fixed" not in one.stdout
    other = check(folder, "--rule", "secret-suspected", "--prune-baseline")
    assert "fixed" not in other.stdout and rules(check(folder, "--format", "json")) == []


def test_an_unusable_baseline_is_reported(folder):
    for content, words in [("{", "this is not a baseline"), ('{"version": 7, "files": {}}', "has version 7"), ("[]", "not a baseline"),
                           ('{"version": 1, "files": {"agents/one.md": [{"rule": "a", "subject": "b", "message": "", "count": 9223372036854775807}]}}', "count")]:
        (folder / BASELINE).write_text(content)
        result = check(folder)
        assert result.returncode == 1 and words in result.stderr and BASELINE in result.stderr
        assert check(folder, "--no-baseline").returncode == 0
    (folder / BASELINE).unlink()
    for arguments, words in [
        (["--baseline", "nowhere.json"], "nowhere.json"), (["--prune-baseline"], "no baseline"), (["--no-baseline", "--baseline", "x"], "--no-baseline"),
        (["--write-baseline", "x", "--rule", "tool-unknown"], "--write-baseline"),
    ]:
        result = check(folder, *arguments)
        assert result.returncode == 2 and words in result.stderr, result.stderr
    (folder / "target").write_text("mine")
    (folder / BASELINE).symlink_to(folder / "target")
    result = check(folder, "--write-baseline", BASELINE)
    assert result.returncode == 1 and "link" in result.stderr and (folder / "target").read_text() == "mine"


def test_the_most_severe_findings_come_first_and_notes_are_counted(folder):
    (folder / "agents" / "all.md").write_text("---\nname: all\ndescription: Does it.\n---\n\nBody.\n")
    (folder / "agents" / "worse.md").write_text(ERROR)
    result = check(folder)
    heads = [line for line in result.stdout.splitlines() if line.startswith("agents/")]
    assert ["error" in heads[0], "warning" in heads[1], len(heads)] == [True, True, 2]
    assert result.stdout.endswith("3 agents checked, 2 findings (1 error, 1 warning) in 2 files\nNot listed: 1 note; --all lists everything\n")
    assert "note:" in check(folder, "--all").stdout and "Not listed" not in check(folder, "--all").stdout
    assert "note:" in check(folder, "--rule", "tools-unrestricted").stdout, "--rule lists notes"
    assert "::notice" not in check(folder, "--format", "github").stdout and "::notice" in check(folder, "--format", "github", "--all").stdout


def test_a_terminal_lists_at_most_a_hundred_findings(folder):
    for number in range(120):
        write(folder, f"a{number:03}", "Bsh")
    result = check(folder)
    assert result.stdout.count("[tool-unknown]") == 100 and "Not listed: 21 warnings; --all lists everything" in result.stdout
    assert check(folder, "--all").stdout.count("[tool-unknown]") == 121
    assert len(json.loads(check(folder, "--format", "json").stdout)["findings"]) == 121


def test_gitlab_gets_issues_with_fingerprints(folder):
    write(folder, "one", "Bsh, Bsh, Grpe")
    before = json.loads(check(folder, "--format", "gitlab").stdout)
    for issue in before:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"} and issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"] == "agents/one.md" and issue["location"]["lines"]["begin"] >= 1
    prints = [issue["fingerprint"] for issue in before]
    assert len(prints) == len(set(prints)) >= 2
    file = folder / "agents" / "one.md"
    file.write_text(file.read_text().replace("name: one", "model: inherit\nname: one"))
    after = json.loads(check(folder, "--format", "gitlab").stdout)
    assert [issue["fingerprint"] for issue in after] == prints and after[0]["location"]["lines"]["begin"] == before[0]["location"]["lines"]["begin"] + 1


def test_sarif_has_the_same_fingerprints(folder):
    log = json.loads(check(folder, "--format", "sarif").stdout)
    jsonschema.validate(log, schemas.sarif())
    issues = json.loads(check(folder, "--format", "gitlab").stdout)
    assert [result["partialFingerprints"]["rosterFinding/v1"] for result in log["runs"][0]["results"]] == [issue["fingerprint"] for issue in issues]


def test_junit_reports_findings_as_failures(folder):
    (folder / "agents" / "wor<se & \"so\".md").write_text(ERROR.replace("Body.", "Body \u202e\u0007."))
    result = check(folder, "--format", "junit")
    root = ElementTree.fromstring(result.stdout)
    [suite] = root
    assert result.returncode == 1 and (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    failed, passed = list(suite)[1], list(suite)[0]
    assert (passed.get("classname"), passed.get("name")) == ("agents/one.md", "check") and "Bsh" in passed.find("system-out").text
    assert failed.get("classname") == "agents/wor<se & \"so\".md" and failed.get("name") == "description-missing"
    assert failed.find("failure").get("type") == "description-missing"
    stricter = ElementTree.fromstring(check(folder, "--format", "junit", "--fail-on", "warning").stdout)
    assert int(stricter[0].get("failures")) > 1
