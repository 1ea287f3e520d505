"""Lifecycles: status, replacement, and the dates of the last use and the next review."""
import datetime
import json
import subprocess

import pytest

from addresses import leads_to
from conftest import ROSTER, build
from repositories import Repository


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path / "acme")
    made.write(".claude/agents/reviewer.md", fields="tools: Read")
    made.write(".claude/agents/old-reviewer.md", fields="tools: Read\nstatus: deprecated\nreplaced-by: reviewer\nsunset: 2020-01-31")
    made.write(".claude/agents/planner.md", "Ask @agent-old-reviewer.", fields="tools: Read\nreview-by: 2020-02-29")
    made.commit(0)
    return made


def check(repository, *arguments):
    result = subprocess.run([ROSTER, "check", "--format", "json", *arguments], cwd=repository.folder, capture_output=True, text=True)
    assert result.returncode in (0, 1), result.stderr
    return {(found["path"].rsplit("/", 1)[-1], found["rule"], found["message"]) for found in json.loads(result.stdout)["findings"]}


def catalog(repository, site, *options):
    result = build([repository.folder], site, "--no-search", *options)
    assert result.returncode == 0, result.stderr
    return {agent["name"]: agent for agent in json.loads((site / "catalog.json").read_text("utf-8"))["agents"]}


def test_a_check_reports_overdue_items_and_references_to_deprecated_items(repository):
    assert check(repository) == {
        ("old-reviewer.md", "review-overdue", "its last day of use was 2020-01-31"),
        ("planner.md", "review-overdue", "its review was due on 2020-02-29"),
        ("planner.md", "deprecated-referenced", "the agent “old-reviewer” is deprecated"),
    }


def test_a_future_date_is_not_overdue(repository):
    today = datetime.date.today()
    for day, overdue in ((today + datetime.timedelta(days=1), False), (today - datetime.timedelta(days=2), True)):
        repository.write(".claude/agents/planner.md", fields=f"tools: Read\nreview-by: {day}")
        assert any(rule == "review-overdue" and path == "planner.md" for path, rule, _ in check(repository)) == overdue


def test_roster_yml_can_set_the_lifecycle_of_items(repository):
    (repository.folder / "roster.yml").write_text(
        "lifecycle:\n  - items: [planner]\n    status: retired\n    review-by: 2999-01-31\n"
        "  - items: [old-reviewer]\n    status: active\n    sunset: 2999-01-31\n"
    )
    assert check(repository) == set()


def test_invalid_dates_and_unknown_replacements_are_reported(repository):
    repository.write(".claude/agents/planner.md", fields="tools: Read\nreview-by: soon\nreplaced-by: nobody")
    assert {message for path, rule, message in check(repository) if rule == "lifecycle-invalid"} == {
        "review-by is not a date: “soon”", "the replacement “nobody” is not in this catalog",
    }


def test_lifecycles_are_in_the_data_and_in_lists(repository, tmp_path):
    agents = catalog(repository, tmp_path / "site")
    assert agents["old-reviewer"]["lifecycle"] == {"status": "deprecated", "replacedBy": "reviewer", "sunset": "2020-01-31", "reviewBy": None}
    assert "lifecycle" not in agents["reviewer"]
    page = (tmp_path / "site" / "statuses" / "deprecated.html").read_text("utf-8")
    assert "old-reviewer" in page and "planner" not in page
    before = (tmp_path / "site" / "agents" / "acme" / "planner.html").read_bytes()
    # A build does not depend on the current date.
    catalog(repository, tmp_path / "again")
    assert (tmp_path / "again" / "agents" / "acme" / "planner.html").read_bytes() == before


def test_the_address_of_a_removed_item_redirects_to_its_replacement(repository, tmp_path):
    (repository.folder / ".claude" / "agents" / "old-reviewer.md").unlink()
    config = tmp_path / "roster.yml"
    config.write_text("lifecycle:\n  - items: [agents/acme/old-reviewer.html, agents/../evil, agents/acme/<b>]\n    status: retired\n    replaced-by: reviewer\n")
    site = tmp_path / "site"
    catalog(repository, site, "--config", config)
    assert leads_to(site / "agents" / "acme" / "old-reviewer.html") == site / "agents" / "acme" / "reviewer.html"
    assert not (site / "evil.html").exists()


@pytest.mark.parametrize("entry", ["status: old", "sunset: spring", "review-by: 2027-1-1", "until: x", "status: retired"])
def test_an_invalid_entry_is_a_usage_error(repository, entry):
    items = "" if entry == "status: retired" else "    items: [planner]\n"
    (repository.folder / "roster.yml").write_text(f"lifecycle:\n  - {entry}\n{items}")
    result = subprocess.run([ROSTER, "check"], cwd=repository.folder, capture_output=True, text=True)
    assert result.returncode == 2 and "roster.yml:2:" in result.stderr
