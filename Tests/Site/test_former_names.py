"""Addresses of items whose name was changed in an unchanged file redirect to their page."""
import shutil
import subprocess

import pytest

from addresses import leads_to
from conftest import build
from repositories import LONG, Repository


def agent(name, text="The prompt."):
    lines = f"name: {name}\n" if name else ""
    return f"---\n{lines}description: Does a thing.\n---\n\n{text}\n".encode()


class Work:
    """A repository with one commit a day."""

    def __init__(self, folder):
        self.repository = Repository(folder)
        self.site = folder.parent / "site"
        self.day = 0

    def commit(self, **files):
        for name, content in files.items():
            if content is None:
                self.repository.git("rm", "-q", f"agents/{name}.md")
            else:
                self.repository.write(f"agents/{name}.md", content)
        self.repository.commit(self.day)
        self.day += 1

    def build(self, *options, source=None):
        result = build([source or self.repository.folder], self.site, "--no-search", *options)
        assert result.returncode == 0, result.stderr
        return result

    def target(self, address):
        """The name of the page that an address leads to; None if there is no such address."""
        path = self.site / f"agents/{address}.html"
        return leads_to(path).stem if path.exists() else None

    def targets(self, name):
        return {self.target(name), self.target(f"work/{name}")}


@pytest.fixture
def work(tmp_path):
    return Work(tmp_path / "work")


def test_the_address_of_a_changed_name_redirects(work):
    work.commit(file=agent("first"), other=agent("other"))
    work.commit(file=agent("second"))
    work.commit(file=agent("third", "Another prompt."))
    work.build()
    for name in ("first", "second", "third"):
        assert work.targets(name) == {"third"}
    # The file has never had the name of its path.
    assert work.target("work/file") is None
    # Nothing is done twice, and a clean build is the same.
    assert "0 files written" in work.build().stdout
    fresh = work.site.parent / "fresh"
    assert build([work.repository.folder], fresh, "--no-search").returncode == 0
    assert subprocess.run(["diff", "-r", "-x", ".roster", work.site, fresh], capture_output=True, text=True).stdout == ""


def test_a_name_that_a_file_gets_or_loses_redirects(work):
    work.commit(reviewer=agent(None), planner=agent("the-planner"))
    work.commit(reviewer=agent("code-reviewer"), planner=agent(None))
    work.build()
    assert work.targets("reviewer") == {"code-reviewer"}
    assert work.targets("the-planner") == {"planner"}


def test_an_uncommitted_change_redirects_from_the_committed_name(work):
    work.commit(file=agent("first"))
    work.commit(file=agent("first", "Another prompt."))
    work.repository.write("agents/file.md", agent("second"))
    work.build()
    assert work.targets("first") == {"second"}


def test_a_page_always_wins_over_a_former_name(work):
    work.commit(file=agent("first"), other=agent("other"))
    work.commit(file=agent("second"), other=agent("first"))
    work.build()
    assert work.targets("first") == {"first"}
    assert work.targets("other") == {"first"}
    work.commit(file=agent("other"))
    work.build()
    assert work.targets("other") == {"other"} and work.targets("second") == {"other"}


def test_of_several_former_owners_the_last_one_wins(work):
    work.commit(one=agent("shared"), two=agent("two"), three=agent("three", LONG))
    work.commit(one=agent("one"), two=agent("shared"))
    work.commit(two=agent("two"))
    work.build()
    assert work.targets("shared") == {"two"}
    work.commit(three=agent("shared", LONG))
    work.commit(three=None)
    work.build()
    # The name of a removed file is that of its path.
    assert work.targets("shared") == {"two"} and "was removed" in (work.site / "agents/work/three.html").read_text("utf-8")
    work.commit(shared=agent("shared", LONG))
    work.commit(shared=None)
    work.build()
    assert "was removed" in (work.site / "agents/work/shared.html").read_text("utf-8")
    work.commit(one=agent("shared"))
    work.commit(one=agent("one"))
    work.build()
    assert work.targets("shared") == {"one"}


def test_a_renamed_file_redirects_from_the_name_that_it_stated(work):
    work.commit(old=agent("stated", LONG))
    work.repository.git("mv", "agents/old.md", "agents/new.md")
    work.commit(new=agent("other", LONG))
    work.build()
    assert work.targets("stated") == {"other"}
    assert work.target("work/old") is None
    # A file without a name was known by its path.
    work.commit(plain=agent(None, LONG + "Plain."))
    work.repository.git("mv", "agents/plain.md", "agents/moved.md")
    work.commit()
    work.build()
    assert work.targets("plain") == {"moved"}


def test_a_name_at_an_old_path_ended_when_it_was_changed(work):
    work.commit(old=agent("first", LONG), b=agent("bee"))
    work.commit(old=agent("second", LONG))
    work.commit(b=agent("first"))
    work.commit(b=agent("last"))
    work.repository.git("mv", "agents/old.md", "agents/new.md")
    work.commit()
    work.build()
    assert work.targets("first") == {"last"}
    assert work.targets("second") == {"second"} and work.targets("bee") == {"last"}


def test_a_renamed_file_redirects_from_its_path_and_from_its_later_name(work):
    work.commit(oldfile=agent(None, LONG))
    work.commit(oldfile=agent("stated", LONG))
    work.repository.git("mv", "agents/oldfile.md", "agents/newfile.md")
    work.commit(newfile=agent("other", LONG))
    work.build()
    assert work.targets("oldfile") == work.targets("stated") == {"other"}


@pytest.mark.parametrize("fields", (
    "{name: NAME, description: Does a thing.}", "{\n  name: NAME,\n  description: Does a thing.\n}", "  name: NAME\n  description: Does a thing.",
    "? name\n: NAME\n? description\n: Does a thing.", '"name": NAME\ndescription: Does a thing.', "description: Does a thing.\nname:\n  NAME",
))
def test_the_layout_of_the_frontmatter_does_not_matter(work, fields):
    for name in ("first", "second", "third"):
        work.commit(file=f"---\n{fields.replace('NAME', name)}\n---\n\nThe prompt.\n".encode())
    work.build()
    assert work.targets("first") == work.targets("second") == {"third"}


def test_old_contents_of_a_reused_file_are_left_alone(work):
    work.commit(file=agent("first"), stays=agent("stays"))
    work.commit(file=None)
    work.commit(file=agent("second", LONG))
    work.build()
    assert work.target("work/first") is None


def test_names_with_a_secret_are_not_published(work):
    secret = "ghp_" + "a8Kd02LqPz71mNvXcB4wRtYu6EoS3hGjF9i5"
    work.commit(file=agent(secret))
    work.commit(file=agent("second"))
    work.build()
    assert all("ghp" not in str(path) for path in work.site.rglob("*"))


def test_without_history_and_in_partial_clones_nothing_is_claimed(work, tmp_path):
    work.commit(file=agent("first", LONG))
    work.commit(file=agent("second", LONG))
    work.repository.git("config", "uploadpack.allowFilter", "true")
    (tmp_path / "roster.yml").write_text("history: off\n")
    work.build("--config", tmp_path / "roster.yml")
    assert work.target("work/second") == "second" and work.target("work/first") is None
    for option in ("--filter=blob:none", "--filter=tree:0", "--depth=1"):
        clone = tmp_path / "clone" / "work"
        shutil.rmtree(clone.parent, ignore_errors=True)
        subprocess.run(["git", "clone", "-q", option, f"file://{work.repository.folder}", clone], check=True, capture_output=True)
        before = sorted(path.relative_to(clone) for path in clone.rglob("*"))
        work.build(source=clone)
        assert work.targets("second") == {"second"} and work.target("work/first") is None
        assert sorted(path.relative_to(clone) for path in clone.rglob("*")) == before, "nothing is fetched"


def test_other_history_settings_do_not_matter(work, tmp_path):
    for number in range(15):
        work.commit(file=agent("first" if number == 0 else "second", f"Version {number}."))
    (tmp_path / "roster.yml").write_text("history-texts: 0\n")
    work.build("--config", tmp_path / "roster.yml")
    assert work.targets("first") == {"second"}
