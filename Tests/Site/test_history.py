"""The git history of files on pages, with real repositories."""
import filecmp
import json
import subprocess

import lxml.html
import pytest

from addresses import page_of
from conftest import build
from repositories import LONG, Repository

@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path / "repository")
    made.write("agents/old.md")
    made.write("agents/renamed-before.md", LONG)
    made.write("agents/gone.md")
    made.write("agents/back.md", "First.")
    made.commit(0)
    made.write("agents/old.md", "Changed.")
    made.commit(1, author="Bob & Co")
    made.git("mv", "agents/renamed-before.md", "agents/ein Name – 日本.md")
    made.write("agents/ein Name – 日本.md", LONG + "\nAnd more.")
    made.git("rm", "-q", "agents/gone.md", "agents/back.md")
    made.commit(2)
    made.git("checkout", "-qb", "branch")
    made.write("agents/from-branch.md")
    made.commit(3)
    made.git("checkout", "-q", "main")
    made.write("agents/back.md", "Another one.")
    made.commit(4)
    made.git("merge", "-q", "--no-ff", "-m", "merged", "branch", day=5)
    made.write("agents/not-committed.md")
    return made


def sources(site):
    agents = json.loads((site / "catalog.json").read_text("utf-8"))["agents"]
    return {agent["source"]["path"]: agent["source"] for agent in agents}


def published(folder, output, *options, **environment):
    result = build([folder], output, "--no-search", *options, environment=environment)
    assert result.returncode == 0, result.stderr
    return output


def test_pages_say_when_a_file_came_when_it_changed_and_by_whom(repository, tmp_path):
    site = published(repository.folder / "agents", tmp_path / "site")
    known = sources(site)
    assert known["old.md"] == {**known["old.md"], "created": "2026-01-01", "updated": "2026-01-02", "author": "Bob & Co", "changes": 2}
    assert known["ein Name – 日本.md"]["created"] == "2026-01-01" and known["ein Name – 日本.md"]["changes"] == 2, "renames are followed"
    assert known["back.md"]["created"] == "2026-01-05" and known["back.md"]["changes"] == 1, "another file of the name was here before"
    assert known["from-branch.md"]["created"] == "2026-01-04" and known["from-branch.md"]["changes"] == 1, "merging it changed nothing"
    assert set(known["not-committed.md"]) == {"path"}
    assert known["old.md"]["revision"] == repository.git("log", "-1", "--format=%H", "--", "agents/old.md").strip()
    page = page_of(site, "old").read_text("utf-8")
    assert "Added 1 Jan 2026 by Ada Ösel. Last changed 2 Jan 2026 by Bob &amp; Co. 2 commits." in page
    assert "History" not in page_of(site, "not-committed").read_text("utf-8")


def test_the_front_page_says_what_is_new_and_not_what_all_began_with(repository, tmp_path):
    site = published(repository.folder / "agents", tmp_path / "site")
    news = (site / "index.html").read_text("utf-8").split('class="news"')[1].split("</section>")[0]
    order = [news.index(name) for name in ("back", "from-branch", "ein Name", "old")]
    assert order == sorted(order)
    assert "new, <time datetime=\"2026-01-05\">5 Jan 2026</time>, Ada Ösel" in news and "changed, <time datetime=\"2026-01-02\">2 Jan 2026</time>, Bob &amp; Co" in news
    first = Repository(tmp_path / "first")
    first.write("a.md")
    first.commit(0)
    assert 'class="news"' not in (published(first.folder, tmp_path / "other") / "index.html").read_text("utf-8")


def changes(site):
    """The commits of the changes page by day, each with its title, its changes and its links."""
    page = lxml.html.fromstring((site / "changes.html").read_text("utf-8"))
    days = {}
    for day in page.cssselect(".changes section"):
        days[day.cssselect("time")[0].get("datetime")] = [
            (commit.cssselect(".title")[0].text_content(), [" ".join(touch.text_content().split()) for touch in commit.cssselect(".touches li")], [link.get("href") for link in commit.iter("a")])
            for commit in day.cssselect("section > ul > li")
        ]
    return days


def test_what_changed_when_stands_by_day_with_what_is_gone(repository, tmp_path):
    (tmp_path / "roster.yml").write_text("source-url: https://git.example.org/acme/agents/blob/main/{path}\n")
    site = published(repository.folder / "agents", tmp_path / "site", "--config", tmp_path / "roster.yml")
    days = changes(site)
    assert list(days) == ["2026-01-05", "2026-01-04", "2026-01-03", "2026-01-02", "2026-01-01"], "the merge touched nothing"
    assert days["2026-01-05"][0][:2] == ("day 4", ["added back"])
    assert sorted(days["2026-01-03"][0][1]) == ["removed agents/back.md", "removed agents/gone.md", "renamed ein Name – 日本"]
    assert sorted(days["2026-01-01"][0][1]) == ["added agents/back.md", "added agents/gone.md", "added ein Name – 日本", "added old"]
    commit = repository.git("log", "-1", "--format=%H", "--", "agents/old.md").strip()
    assert days["2026-01-02"][0][2] == [f"https://git.example.org/acme/agents/commit/{commit}", "agents/repository/old.html"]
    assert f'<a href="https://git.example.org/acme/agents/commit/{commit}">2 Jan 2026</a> by Bob' in page_of(site, "old").read_text("utf-8")
    assert 'href="changes.html"' in (site / "index.html").read_text("utf-8")


def test_lists_say_what_is_new_and_what_changed_lately(repository, tmp_path):
    repository.write("agents/late.md")
    repository.commit(33)
    site = published(repository.folder / "agents", tmp_path / "site")
    rows = lxml.html.fromstring((site / "index.html").read_text("utf-8")).cssselect("table.agents tbody tr")
    marks = {row.cssselect("th a")[0].text_content(): [mark.text_content() for mark in row.cssselect(".lately")] for row in rows}
    assert marks == {"back": ["new"], "from-branch": ["new"], "late": ["new"], "not-committed": ["new"], "ein Name – 日本": [], "old": []}
    repository.write("agents/old.md", "Changed again.")
    repository.commit(34)
    site = published(repository.folder / "agents", tmp_path / "site")
    rows = lxml.html.fromstring((site / "index.html").read_text("utf-8")).cssselect("table.agents tbody tr")
    assert [mark.text_content() for row in rows if row.cssselect("th a")[0].text_content() == "old" for mark in row.cssselect(".lately")] == ["changed"]


def test_where_commits_stand_can_be_said(repository, tmp_path):
    (tmp_path / "roster.yml").write_text("commit-url: https://cgit.example.org/agents/commit/?id={revision}\n")
    site = published(repository.folder / "agents", tmp_path / "site", "--config", tmp_path / "roster.yml")
    assert f'https://cgit.example.org/agents/commit/?id={repository.git("rev-parse", "branch").strip()}' in (site / "changes.html").read_text("utf-8")
    (tmp_path / "roster.yml").write_text("commit-url: https://cgit.example.org/agents/commit/\n")
    result = build([repository.folder / "agents"], tmp_path / "site", "--config", tmp_path / "roster.yml")
    assert result.returncode == 2 and "roster.yml:1" in result.stderr and "{revision}" in result.stderr


def test_a_commit_is_seen_though_no_file_has_changed_and_nothing_is_done_twice(repository, tmp_path):
    site = published(repository.folder / "agents", tmp_path / "site")
    again = build([repository.folder / "agents"], site, "--no-search")
    assert "0 files written" in again.stdout
    repository.commit(6)
    result = build([repository.folder / "agents"], site, "--no-search")
    assert "0 files written" not in result.stdout
    assert sources(site)["not-committed.md"]["created"] == "2026-01-07"
    fresh = published(repository.folder / "agents", tmp_path / "fresh")
    for page in fresh.rglob("*.html"):
        assert filecmp.cmp(page, site / page.relative_to(fresh), shallow=False), page


def test_a_shallow_clone_says_what_it_does_not_know(repository, tmp_path):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "2", f"file://{repository.folder}", clone], check=True, capture_output=True)
    result = build([clone / "agents"], tmp_path / "site", "--no-search")
    assert result.returncode == 0 and "The clone is shallow" in result.stdout
    known = sources(tmp_path / "site")
    # In a shallow clone, the oldest commit appears to add every file.
    assert not {"created", "updated", "author"} & set(known["old.md"]) and set(known["back.md"]) == {"path"}


def test_several_repositories_below_one_source_each_know_their_own(tmp_path):
    for number, name in enumerate(("one", "two")):
        made = Repository(tmp_path / "all" / name)
        made.write(f"{name}.md")
        made.commit(number, author=name)
    known = sources(published(tmp_path / "all", tmp_path / "site"))
    assert {path: (source["author"], source["created"]) for path, source in known.items()} == {"one.md": ("one", "2026-01-01"), "two.md": ("two", "2026-01-02")}


def test_without_git_or_a_repository_or_a_commit_nothing_is_said(repository, tmp_path):
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "a.md").write_text("---\nname: a\ndescription: d\n---\nx\n")
    assert sources(published(plain, tmp_path / "one")) == {"a.md": {"path": "a.md"}}
    assert not (tmp_path / "one" / "changes.html").exists() and "changes.html" not in (tmp_path / "one" / "index.html").read_text("utf-8")
    unborn = Repository(tmp_path / "unborn")
    unborn.write("a.md")
    assert sources(published(unborn.folder, tmp_path / "two")) == {"a.md": {"path": "a.md"}}
    assert set(sources(published(repository.folder / "agents", tmp_path / "three", PATH="/nowhere"))["old.md"]) == {"path"}
    (tmp_path / "roster.yml").write_text("history: off\n")
    assert set(sources(published(repository.folder / "agents", tmp_path / "four", "--config", tmp_path / "roster.yml"))["old.md"]) == {"path"}


def test_nothing_that_a_repository_names_is_run(repository, tmp_path):
    """The configuration of an untrusted repository can name programs for git to run."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    for key, value in (
        ("log.showSignature", "true"), ("gpg.program", trap), ("core.fsmonitor", trap), ("core.pager", trap), ("diff.external", trap),
        ("core.hooksPath", tmp_path), ("core.sshCommand", trap), ("diff.x.textconv", trap), ("core.alternateRefsCommand", trap), ("pager.log", trap),
    ):
        repository.git("config", key, str(value))
    (repository.folder / ".git" / "info" / "attributes").write_text("*.md diff=x\n")
    known = sources(published(repository.folder / "agents", tmp_path / "site", GIT_PAGER=str(trap), GIT_EXTERNAL_DIFF=str(trap)))
    assert known["old.md"]["changes"] == 2
    assert not (tmp_path / "sprung").exists()


def test_what_a_hook_of_git_sets_does_not_lead_elsewhere(repository, tmp_path):
    other = Repository(tmp_path / "other")
    other.write("agents/old.md")
    other.commit(9, author="Eve")
    known = sources(published(repository.folder / "agents", tmp_path / "site", GIT_DIR=str(other.folder / ".git"), GIT_WORK_TREE=str(other.folder)))
    assert known["old.md"]["author"] == "Bob & Co"


def test_addresses_of_renamed_and_removed_files_lead_somewhere(repository, tmp_path):
    repository.write("skills/old-skill/SKILL.md", LONG)
    repository.write("skills/other/SKILL.md", "Another skill.")
    for name in ("old-skill", "other"):
        path = repository.folder / "skills" / name / "SKILL.md"
        path.write_text(path.read_text("utf-8").replace("name: SKILL", f"name: {name}"))
    repository.commit(6)
    repository.git("mv", "skills/old-skill", "skills/new-skill")
    path = repository.folder / "skills/new-skill/SKILL.md"
    path.write_text(path.read_text("utf-8").replace("name: old-skill", "name: new-skill"))
    repository.commit(7)
    repository.write("agents/first.md", LONG.replace("told", "heard"))
    repository.commit(8)
    repository.git("mv", "agents/first.md", "agents/second.md")
    repository.commit(9)
    repository.git("rm", "-q", "agents/second.md")
    repository.commit(10, author="Grace")
    site = published(repository.folder, tmp_path / "site", "--base-url", "https://example.org/")
    agents = json.loads((site / "catalog.json").read_text("utf-8"))["agents"]
    renamed = site / next(agent["url"] for agent in agents if agent["name"] == "ein Name – 日本")
    assert f'href="{renamed.name}"' in (renamed.parent / "renamed-before.html").read_text("utf-8")
    assert renamed.stem in (site / "agents" / "renamed-before.html").read_text("utf-8")
    for folder in (renamed.parent, site / "agents"):
        page = lxml.html.fromstring((folder / "gone.html").read_text("utf-8"))
        assert page.findtext(".//h1") == "gone" and "Removed on 3 Jan 2026 by Ada Ösel." in page.text_content()
    for name in ("first", "second"):
        page = lxml.html.fromstring((renamed.parent / f"{name}.html").read_text("utf-8"))
        assert page.findtext(".//h1") == name and "Removed on 11 Jan 2026 by Grace." in page.text_content(), "a renamed file that was removed later"
    assert changes(site)["2026-01-09"][0][1] == ["added agents/first.md"]
    assert "Another one." in (renamed.parent / "back.html").read_text("utf-8"), "a file of this name exists again"
    new = next((site / "skills").rglob("old-skill.html")).read_text("utf-8")
    assert 'http-equiv="refresh"' in new
    assert "gone.html" not in (site / "sitemap.xml").read_text("utf-8")


def test_the_day_of_a_commit_is_the_authors(tmp_path):
    repository = Repository(tmp_path / "repository")
    repository.write("agents/late.md")
    repository.git("add", "-A")
    repository.git("commit", "-qm", "Late", "--date=2026-01-01T23:30:00-0800", day=40)
    site = published(repository.folder / "agents", tmp_path / "site")
    assert sources(site)["late.md"]["updated"] == "2026-01-01", "neither the day in UTC nor that of the committer"
    assert "Added 1 Jan 2026" in page_of(site, "late").read_text("utf-8")


def test_copies_say_what_they_were_copied_from(repository, tmp_path):
    repository.write("agents/copy.md")
    (repository.folder / "agents/copy.md").write_text((repository.folder / "agents/from-branch.md").read_text("utf-8"))
    repository.commit(8)
    repository.write("agents/copy.md", "Changed since.")
    repository.commit(9)
    site = published(repository.folder / "agents", tmp_path / "site")
    known = sources(site)
    assert known["copy.md"]["copiedFrom"] == "agents/from-branch.md"
    assert all("copiedFrom" not in source for path, source in known.items() if path != "copy.md"), "a file that came back is not a copy"
    assert "as a copy of <code>agents/from-branch.md</code>" in page_of(site, "copy").read_text("utf-8")
