"""Company policies come from the command line, and nothing in a repository can loosen them."""
import json
import subprocess

import pytest

from conftest import ROSTER, served_folder
from repositories import Repository

POLICY = """\
rules:
  tools-unrestricted: error
  description-missing: error
limits:
  - paths: ["support/**"]
    deny: [run, bypass]
    reason: Agents of support never run commands.
  - owners: ["@acme/finance"]
    kinds: [agents]
    deny: [web]
approvals:
  - paths: ["deploy/**"]
    reason: Somebody reads what deploys.
"""


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path / "work")
    made.write("support/answerer.md", fields="tools: Read, Bash")
    made.write("support/asker.md", fields="tools: Read")
    made.write("finance/ledger.md", fields="tools: Read, WebFetch")
    made.write("deploy/pusher.md", fields="tools: Read")
    made.write("other/free.md")
    (made.folder / "CODEOWNERS").write_text("/finance/ @acme/finance\n")
    made.commit(0)
    (tmp_path / "policy.yml").write_text(POLICY)
    return made


def check(repository, *arguments):
    command = [ROSTER, "check", ".", "--policy", "../policy.yml", *arguments]
    return subprocess.run(command, cwd=repository.folder, capture_output=True, text=True)


def violations(repository, *arguments):
    result = check(repository, "--format", "json", *arguments)
    assert result.returncode in (0, 1), result.stderr
    return sorted((found["path"], found["rule"], found["severity"]) for found in json.loads(result.stdout)["findings"])


EXPECTED = [
    ("deploy/pusher.md", "policy-approval", "error"),
    ("finance/ledger.md", "policy-reach", "error"),
    ("other/free.md", "tools-unrestricted", "error"),
    ("support/answerer.md", "policy-reach", "error"),
]


def test_a_violation_is_an_error_with_its_place_in_the_policy(repository):
    result = check(repository)
    assert result.returncode == 1
    assert "support/answerer.md: error: it may run commands, against policy.yml:5: Agents of support never run commands. [policy-reach]" in result.stdout
    assert "finance/ledger.md: error: it may use the web, against policy.yml:8 [policy-reach]" in result.stdout
    assert "deploy/pusher.md: error: it is not approved, against policy.yml:12: Somebody reads what deploys. [policy-approval]" in result.stdout
    assert violations(repository) == EXPECTED
    without = subprocess.run([ROSTER, "check", "."], cwd=repository.folder, capture_output=True, text=True)
    assert without.returncode == 0 and "policy" not in without.stdout


def test_nothing_in_a_repository_loosens_the_policy(repository):
    folder = repository.folder
    (folder / "roster.yml").write_text(
        "rules: {tools-unrestricted: off, policy-reach: off, policy-approval: note}\n"
        'exceptions:\n  - paths: ["**"]\n  - paths: ["support/**"]\n    rules: [policy-reach]\n'
        'owners:\n  - paths: ["support/**"]\n    owners: ["@acme/other"]\n'
    )
    for path in ("support/answerer.md", "other/free.md"):
        file = folder / path
        file.write_text(file.read_text().replace("---\n", "---\n# roster: ignore policy-reach, tools-unrestricted\n", 1))
    assert subprocess.run([ROSTER, "check", ".", "--all", "--write-baseline", ".roster-baseline.json"], cwd=folder).returncode == 0
    assert check(repository, "--write-baseline", ".roster-baseline.json", "--all").returncode == 0
    found = violations(repository)
    assert [item for item in found if item[1] != "rules-ignored"] == EXPECTED
    # The caller can accept existing violations with a baseline.
    assert check(repository, "--baseline", ".roster-baseline.json").returncode == 0


def test_a_repository_can_be_stricter(repository):
    (repository.folder / "roster.yml").write_text("rules: {approval-missing: error, description-missing: warning, tools-unrestricted: error}\n")
    found = violations(repository)
    assert set(EXPECTED) < set(found)
    assert ("support/asker.md", "approval-missing", "error") in found


def test_an_approval_satisfies_the_policy_until_the_item_changes(repository):
    approved = subprocess.run([ROSTER, "approve", "deploy/pusher.md", "--by", "Ada"], cwd=repository.folder, capture_output=True, text=True)
    assert approved.returncode == 0, approved.stderr
    assert violations(repository) == EXPECTED[1:]
    file = repository.folder / "deploy" / "pusher.md"
    file.write_text(file.read_text() + "\nAnd more.\n")
    assert "it changed since it was approved, against policy.yml:12" in check(repository).stdout


def test_a_review_checks_a_branch_against_the_policy(repository):
    repository.git("checkout", "-qb", "feature")
    repository.write("support/asker.md", fields="tools: Read, Bash")
    repository.commit(1)
    command = [ROSTER, "review", "main", ".", "--output", "../review", "--fail-on", "error"]
    assert subprocess.run(command, cwd=repository.folder, capture_output=True).returncode == 0
    result = subprocess.run([*command, "--policy", "../policy.yml"], cwd=repository.folder, capture_output=True, text=True)
    assert result.returncode == 1 and "against policy.yml:5" in result.stdout
    assert "finance" not in result.stdout


def test_a_policy_can_be_fetched_from_a_server(repository, tmp_path):
    (tmp_path / "served").mkdir()
    (tmp_path / "served" / "policy.yml").write_text(POLICY)
    with served_folder(tmp_path / "served") as address:
        result = check(repository, "--policy", f"{address}/policy.yml")
        assert result.returncode == 1 and "against policy.yml:5" in result.stdout
        gone = check(repository, "--policy", f"{address}/missing.yml")
        assert gone.returncode == 1 and "cannot fetch the policy" in gone.stderr and not gone.stdout
    plain = check(repository, "--policy", "http://example.org/policy.yml")
    assert plain.returncode == 2 and "https://" in plain.stderr


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "the policy is empty"),
        ("rulez: {}\n", "policy.yml:1:1: the policy has no key “rulez”; did you mean “rules”?"),
        ("rules: {secret-suspected: off}\n", "policy.yml:1:27: secret-suspected must be note, warning or error"),
        ("limits:\n  - paths: [a]\n", "policy.yml:2:5: a limit needs deny with one or more of read, edit, run"),
        ("limits:\n  - deny: [walk]\n", "policy.yml:2:12: deny must be one of read"),
        ("approvals:\n  - deny: [run]\n", "policy.yml:2:5: an approval has no key “deny”"),
    ],
)
def test_a_mistake_in_a_policy_ends_the_check(repository, tmp_path, text, message):
    (tmp_path / "policy.yml").write_text(text)
    result = check(repository)
    assert result.returncode == 2 and message in result.stderr and not result.stdout
