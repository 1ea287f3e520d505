"""Approvals: records next to the agents, pages with approver and changes since, and checks that require approval."""
import datetime
import json
import os
import subprocess

import lxml.html
import pytest

from addresses import page_of
from conftest import ROSTER, build, review
from repositories import Repository


@pytest.fixture
def agents(tmp_path):
    made = Repository(tmp_path / "work")
    made.write("agents/reviewer.md", "## Workflow\n\nRead first.\n\n## Rules\n\nNone.", fields="tools: Read")
    made.write("agents/team/critic.md")
    made.commit(0)
    return made


def roster(agents, *arguments):
    return subprocess.run([str(part) for part in (ROSTER, *arguments)], cwd=agents.folder, capture_output=True, text=True)


def facts(agents, name):
    """The approval row of an agent's page, and its approval badges."""
    result = roster(agents, "build", "agents", "--output", "site", "--no-search")
    assert result.returncode == 0, result.stderr
    page = lxml.html.fromstring(page_of(agents.folder / "site", name).read_text("utf-8"))
    rows = {row.cssselect("dt")[0].text_content(): " ".join(row.cssselect("dd")[0].text_content().split()) for row in page.cssselect(".facts dl > div")}
    badges = [badge.text_content() for badge in page.cssselect(".badge.approved, .badge.stale, .badge.missing")]
    return rows.get("Approval"), badges


def test_pages_say_who_approved_and_what_was_changed_since(agents):
    assert facts(agents, "reviewer") == (None, []), "nobody has approved anything, so nothing is said"
    result = roster(agents, "approve", "reviewer", "--from", "agents", "--by", "Ada <Ösel>", "--on", "2026-05-03", "--note", "Read with Bob.")
    assert result.returncode == 0 and result.stdout == "agents/reviewer.md: approved by Ada <Ösel> on 2026-05-03\n"
    assert facts(agents, "reviewer") == ("Approved by Ada <Ösel> on 3 May 2026.Read with Bob.", ["approved"])
    assert facts(agents, "critic") == ("Not approved.", ["not approved"])
    file = agents.folder / "agents" / "reviewer.md"
    file.write_text(file.read_text("utf-8").replace("tools: Read", "tools: Read, Bash").replace("Read first.", "Run first."), "utf-8")
    said, badges = facts(agents, "reviewer")
    assert said.startswith("Approved by Ada <Ösel> on 3 May 2026, since changed: tools, section Workflow.") and badges == ["changed since approval"]
    data = json.loads((agents.folder / "site" / "catalog.json").read_text("utf-8"))["agents"]
    assert {agent["name"]: agent.get("approval") for agent in data} == {
        "critic": None,
        "reviewer": {"by": [{"name": "Ada <Ösel>", "on": "2026-05-03"}], "current": False, "changed": ["tools", "section Workflow"], "note": "Read with Bob."},
    }
    index = lxml.html.fromstring((agents.folder / "site" / "index.html").read_text("utf-8"))
    facet = [section for section in index.cssselect(".facets section") if "Approval" in section.cssselect("h2")[0].text_content()][0]
    assert [item.text_content().split()[0] for item in facet.cssselect("li .name")] == ["Changed", "Not"]


def test_an_empty_list_of_tools_is_part_of_what_was_approved(agents):
    """`tools: []` allows no tool; without the field, all tools are inherited."""
    agents.write("agents/reviewer.md", fields="tools: []")
    assert roster(agents, "approve", "agents/reviewer.md", "--by", "Ada").returncode == 0
    assert "approval-stale" not in roster(agents, "check", "agents").stdout
    agents.write("agents/reviewer.md")
    stale = roster(agents, "check", "agents", "--rule", "approval-stale", "--fail-on", "warning")
    assert stale.returncode == 1 and "has changed since: tools" in stale.stdout


def test_the_file_is_small_stands_beside_the_agent_and_can_be_read(agents):
    roster(agents, "approve", "agents/reviewer.md", "agents/team/critic.md", "--by", "Ada")
    record = json.loads((agents.folder / "agents" / ".approvals" / "reviewer.md.json").read_text("utf-8"))
    assert record["approved"] == [{"by": "Ada", "on": datetime.date.today().isoformat()}]
    assert sorted(record["fields"]) == ["description", "name", "tools"] and [section["heading"] for section in record["sections"]] == ["Workflow", "Rules"]
    assert all(len(digest) == 64 for digest in record["fields"].values())
    assert (agents.folder / "agents" / "team" / ".approvals" / "critic.md.json").is_file()
    assert [file.name for file in (agents.folder / "agents" / ".approvals").iterdir()] == ["reviewer.md.json"]
    assert len((agents.folder / "agents" / ".approvals" / "reviewer.md.json").read_bytes()) < 2000


def test_a_second_person_is_added_and_a_change_begins_anew(agents):
    for name in ("Ada", "Bob"):
        roster(agents, "approve", "reviewer", "--from", "agents", "--by", name, "--on", "2026-05-03")
    assert facts(agents, "reviewer")[0] == "Approved by Ada on 3 May 2026 and by Bob on 3 May 2026."
    file = agents.folder / "agents" / "reviewer.md"
    file.write_text(file.read_text("utf-8") + "More.\n", "utf-8")
    roster(agents, "approve", "reviewer", "--from", "agents", "--by", "Eve", "--on", "2026-06-03")
    assert facts(agents, "reviewer")[0] == "Approved by Eve on 3 Jun 2026."
    result = roster(agents, "approve", "reviewer", "--from", "agents", "--withdraw")
    assert result.returncode == 0 and "withdrawn" in result.stdout and not (agents.folder / "agents" / ".approvals").exists()
    assert "it had no approval" in roster(agents, "approve", "reviewer", "--from", "agents", "--withdraw").stdout


def test_check_can_require_it_and_no_file_can_refuse(agents):
    assert roster(agents, "check", "agents").returncode == 0
    (agents.folder / "roster.yml").write_text("rules:\n  approval-missing: error\n")
    missing = roster(agents, "check", "agents")
    assert missing.returncode == 1 and missing.stdout.count("approval-missing") == 2
    assert roster(agents, "approve", "--all", "--from", "agents", "--by", "Ada").returncode == 0
    assert roster(agents, "check", "agents").returncode == 0
    file = agents.folder / "agents" / "reviewer.md"
    file.write_text(file.read_text("utf-8").replace("name: reviewer", "# roster: ignore approval-stale\nname: reviewer").replace("tools: Read", "tools: Bash"), "utf-8")
    stale = roster(agents, "check", "agents", "--rule", "approval-stale", "--fail-on", "warning")
    assert stale.returncode == 1 and "was approved by Ada and has changed since: tools" in stale.stdout
    (agents.folder / "roster.yml").write_text("rules:\n  approval-missing: error\n  approval-stale: error\n")
    assert roster(agents, "check", "agents").returncode == 1


def test_a_skill_with_unread_files_cannot_be_approved(agents):
    agents.write("skills/notes/SKILL.md")
    for number in range(1003):
        (agents.folder / "skills" / "notes" / f"{number}.txt").write_text("x\n")
    result = roster(agents, "approve", "skills/notes/SKILL.md", "--by", "Ada")
    assert result.returncode == 1 and "its folder has 3 files that Roster does not read, so an approval could not cover them" in result.stderr, result.stderr
    assert not list(agents.folder.rglob(".approvals"))


def test_a_broken_approval_is_told_and_never_counts(agents):
    roster(agents, "approve", "reviewer", "--from", "agents", "--by", "Ada")
    (agents.folder / "agents" / ".approvals" / "reviewer.md.json").write_bytes(b"\x00{")
    said, badges = facts(agents, "reviewer")
    assert badges == ["changed since approval"] and "which cannot be read" in said
    assert "cannot be read" in roster(agents, "check", "agents").stdout


def test_nothing_is_done_twice_and_an_approval_alone_is_seen(agents):
    facts(agents, "reviewer")
    assert "0 files written" in roster(agents, "build", "agents", "--output", "site", "--no-search").stdout
    roster(agents, "approve", "reviewer", "--from", "agents", "--by", "Ada")
    assert "0 files written" not in roster(agents, "build", "agents", "--output", "site", "--no-search").stdout
    fresh = build([agents.folder / "agents"], agents.folder / "fresh", "--no-search")
    assert fresh.returncode == 0
    name = f"agents/{agents.folder.name}/reviewer.html"
    assert "Approved by Ada" in (agents.folder / "site" / name).read_text("utf-8")


def test_a_review_says_what_has_to_be_approved_again(agents):
    roster(agents, "approve", "reviewer", "--from", "agents", "--by", "Ada", "--on", "2026-05-03")
    agents.commit(1)
    agents.write("agents/reviewer.md", "## Workflow\n\nRead first.\n\n## Rules\n\nMany.", fields="tools: Read")
    agents.commit(2)
    for head in ([], ["HEAD"]):
        result = review(agents, "HEAD~1", *head, "agents", "--summary", "-")
        assert "Approved → changed since approval. Approved by Ada on 3 May 2026, since changed: section Rules." in result.stdout, result.stdout + result.stderr
    page = (agents.folder.parent / "review" / "agents" / "reviewer.html").read_text("utf-8")
    assert "since changed: section Rules." in page and "approval-stale" in page
    roster(agents, "approve", "reviewer", "--from", "agents", "--by", "Bob", "--on", "2026-05-04")
    agents.commit(3)
    result = review(agents, "HEAD~1", "HEAD", "agents", "--summary", "-")
    assert "Changed since approval → approved. Approved by Bob on 4 May 2026." in result.stdout


def test_wrong_usage_and_what_cannot_be_written(agents):
    for arguments, words in (
        (["approve", "reviewer"], "Name the approver with --by NAME."),
        (["approve", "--by", "Ada"], "Name agents, or use --all."),
        (["approve", "reviewer", "--all", "--by", "Ada"], "--all cannot be combined with agent names."),
        (["approve", "reviewer", "--withdraw", "--by", "Ada"], "--withdraw cannot be combined with --by, --note or --on."),
        (["approve", "reviewer", "--by", "Ada", "--on", "yesterday"], "--on must be a day such as 2026-05-03"),
        (["approve", "nobody", "--from", "agents", "--by", "Ada"], "no agent named “nobody”"),
    ):
        result = roster(agents, *arguments)
        assert result.returncode == 2 and words in result.stderr, result.stderr
    (agents.folder / "elsewhere").mkdir()
    os.symlink(agents.folder / "elsewhere", agents.folder / "agents" / ".approvals")
    result = roster(agents, "approve", "reviewer", "--from", "agents", "--by", "Ada")
    assert result.returncode == 1 and "does not write through links" in result.stderr and not list((agents.folder / "elsewhere").iterdir())
