"""Catalogs of many repositories that roster.yml names by URL."""
import json
import os
import re
import shutil
import subprocess

import pytest

from conftest import ROOT, ROSTER, served_folder
from crawl import crawl
from repositories import Repository


class Fleet:
    """Local bare repositories, a folder with a roster.yml that names them, and a separate cache."""

    def __init__(self, folder):
        self.folder = folder
        self.home = folder / "catalog"
        self.home.mkdir()
        self.entries = []

    def add(self, name, fields="", **files):
        made = Repository(self.folder / "work" / name)
        for path, text in (files or {".claude/agents/reviewer.md": f"Reviews what {name} does."}).items():
            made.write(path, text)
        made.commit(0)
        self.publish(made, name)
        self.entries.append(f"  - git: {self.url(name)}\n" + "".join(f"    {line}\n" for line in fields.splitlines()))
        self.configure()
        return made

    def publish(self, made, name):
        bare = self.folder / "served" / f"{name}.git"
        if not bare.exists():
            subprocess.run(["git", "init", "-q", "--bare", "-b", "main", bare], check=True)
        made.git("push", "-q", "--tags", "--force", str(bare), "main")

    def url(self, name):
        return f"file://{self.folder}/served/{name}.git"

    def configure(self, before=""):
        (self.home / "roster.yml").write_text(before + "content:\n" + "".join(self.entries))

    def run(self, *arguments, environment=None):
        command = [ROSTER, *arguments]
        environment = {**os.environ, "ROSTER_CACHE": str(self.folder / "cache"), **(environment or {})}
        return subprocess.run(command, cwd=self.home, capture_output=True, text=True, env=environment)

    def build(self, *arguments, **options):
        return self.run("build", "--no-search", *arguments, **options)

    def catalog(self):
        return json.loads((self.home / "Output" / "catalog.json").read_text("utf-8"))

    def addresses(self):
        return {agent["url"] for agent in self.catalog()["agents"]}

    def texts(self):
        return {path.name: path.read_text("utf-8") for path in (self.home / "Output" / "agents").rglob("*.md")}


@pytest.fixture
def fleet(tmp_path):
    return Fleet(tmp_path)


def test_nothing_is_fetched_without_fetch(fleet):
    fleet.add("tools")
    result = fleet.build()
    assert result.returncode == 1
    assert "tools: the repository has not been fetched yet; use --fetch" in result.stderr
    assert not (fleet.folder / "cache" / "sources").exists()
    assert fleet.build("--fetch").returncode == 0
    assert fleet.addresses() == {"agents/tools/reviewer.html"}


def test_the_last_copy_is_used_without_the_network(fleet):
    made = fleet.add("tools")
    assert fleet.build("--fetch").returncode == 0
    made.write(".claude/agents/reviewer.md", "Reviews more.")
    made.commit(1)
    fleet.publish(made, "tools")
    assert fleet.build().returncode == 0
    assert "Reviews what tools does." in fleet.texts()["reviewer.md"]
    assert fleet.build("--fetch").returncode == 0
    assert "Reviews more." in fleet.texts()["reviewer.md"]
    shutil.rmtree(fleet.folder / "served")
    result = fleet.build("--fetch")
    assert result.returncode == 0
    assert "tools: the repository cannot be fetched, and its last copy is used:" in result.stderr
    assert "Reviews more." in fleet.texts()["reviewer.md"]


def test_a_failing_repository_does_not_stop_the_others_unless_strict(fleet):
    fleet.add("tools")
    fleet.add("gone")
    shutil.rmtree(fleet.folder / "served" / "gone.git")
    result = fleet.build("--fetch")
    assert result.returncode == 0 and "gone: the repository cannot be fetched:" in result.stderr
    assert "1 repository missing" in result.stdout
    before = sorted((fleet.home / "Output").rglob("*"))
    strict = fleet.build("--fetch", "--strict")
    assert strict.returncode == 1 and "gone: the repository cannot be fetched:" in strict.stderr and not strict.stdout
    assert sorted((fleet.home / "Output").rglob("*")) == before
    # The check is incomplete, so it fails.
    checked = fleet.run("check")
    assert checked.returncode == 1 and "gone: the repository has not been fetched yet" in checked.stderr


def test_a_source_can_have_a_ref_and_a_path(fleet):
    made = fleet.add("tools", "ref: v1\npath: teams/web", **{"teams/web/agents/reviewer.md": "First.", "other/agents/writer.md": "Other."})
    made.git("tag", "v1")
    made.write("teams/web/agents/reviewer.md", "Second.")
    made.commit(1)
    fleet.publish(made, "tools")
    assert fleet.build("--fetch").returncode == 0
    assert fleet.addresses() == {"agents/tools/teams/web/reviewer.html"}
    assert "First." in fleet.texts()["reviewer.md"]
    fleet.entries = [f"  - git: {fleet.url('tools')}\n    path: nowhere\n"]
    fleet.configure()
    result = fleet.build("--fetch")
    assert result.returncode == 1 and "tools: the repository has no nowhere at" in result.stderr


def test_two_entries_can_be_folders_of_one_repository(fleet):
    fleet.add("tools", "path: web", **{"web/agents/reviewer.md": "Web.", "api/agents/reviewer.md": "Api."})
    fleet.entries.append(f"  - git: {fleet.url('tools')}\n    path: api\n")
    fleet.configure()
    result = fleet.build("--fetch", "--strict")
    assert result.returncode == 0, result.stderr
    assert fleet.addresses() == {"agents/tools/web/reviewer.html", "agents/tools/api/reviewer.html"}
    assert len(list((fleet.folder / "cache" / "sources").iterdir())) == 1


def test_history_is_fetched_only_on_request(fleet):
    made = fleet.add("tools", "history: on")
    made.write(".claude/agents/reviewer.md", "Reviews more.")
    made.commit(3, author="Grace Hopper")
    made.write(".claude/agents/writer.md", "Writes.")
    made.commit(5, author="Somebody Else")
    fleet.publish(made, "tools")
    fleet.add("plain")
    result = fleet.build("--fetch")
    assert result.returncode == 0 and "shallow" not in result.stdout + result.stderr
    site = fleet.home / "Output"
    assert "Grace Hopper" in (site / "agents" / "tools" / "reviewer.html").read_text("utf-8")
    assert "Ada" not in (site / "agents" / "plain" / "reviewer.html").read_text("utf-8")


def test_a_shallow_clone_does_not_attribute_all_files_to_the_last_commit(tmp_path):
    made = Repository(tmp_path / "made")
    made.write("agents/old.md")
    made.commit(0)
    made.write("agents/new.md")
    made.commit(9, author="Last Committer")
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{made.folder}", tmp_path / "clone"], check=True)
    result = subprocess.run([ROSTER, "build", "agents", "--no-search", "--output", tmp_path / "site"], cwd=tmp_path / "clone", capture_output=True, text=True)
    assert result.returncode == 0
    for page in (tmp_path / "site" / "agents").rglob("*.html"):
        assert "Last Committer" not in page.read_text("utf-8"), page


def test_another_repository_changes_no_address(fleet):
    for number in range(20):
        files = {f".claude/agents/{name}.md": f"Work of {name} for team {number}. " * 3 for name in ("reviewer", "planner", f"own-{number}")}
        fleet.add(f"team-{number}", **files)
    result = fleet.build("--fetch")
    assert result.returncode == 0, result.stderr
    before = fleet.addresses()
    assert len(before) == 60
    fleet.add("team-20", **{".claude/agents/reviewer.md": "Another one.", ".claude/agents/own-3.md": "A shared name."})
    assert fleet.build("--fetch").returncode == 0
    assert before < fleet.addresses()
    with served_folder(fleet.home / "Output") as address:
        count, _, wrong = crawl(f"{address}/", knows_types=False)
    assert count > 60 and not wrong


@pytest.mark.parametrize(
    "url, words",
    [
        ("ext::sh -c 'touch hacked'", "git must be an https, ssh or file URL"),
        ("--upload-pack=touch hacked", "git must be an https, ssh or file URL"),
        ("ssh://-oProxyCommand=touch/x", "git must be an https, ssh or file URL"),
        ("http://example.org/a.git", "git must be an https, ssh or file URL"),
        ("https://me:secret@example.org/a.git", "git must not contain a password or token"),
    ],
)
def test_urls_that_run_commands_or_contain_secrets_are_refused(fleet, url, words):
    fleet.entries = [f"  - git: {json.dumps(url)}\n"]
    fleet.configure()
    result = fleet.build("--fetch")
    assert result.returncode == 2 and words in result.stderr and "secret" not in result.stderr
    assert not list(fleet.folder.rglob("hacked"))


@pytest.mark.parametrize("field", ["ref: --upload-pack=x", "ref: a:b", "path: ../..", "folder: x", "depth: 3"])
def test_an_invalid_entry_is_a_usage_error(fleet, field):
    fleet.add("tools", field)
    result = fleet.build("--fetch")
    assert result.returncode == 2 and "roster.yml:" in result.stderr


def test_a_fetched_repository_cannot_run_filters_or_link_to_other_files(fleet, tmp_path):
    made = fleet.add("tools")
    secret = tmp_path / "secret.md"
    secret.write_text("---\nname: stolen\ndescription: x\n---\nTop secret.\n")
    (made.folder / ".claude" / "agents" / "link.md").symlink_to(secret)
    (made.folder / ".gitattributes").write_text("*.md filter=evil\n")
    made.commit(1)
    fleet.publish(made, "tools")
    settings = tmp_path / "gitconfig"
    settings.write_text(f'[filter "evil"]\n\tsmudge = "touch {tmp_path}/hacked; cat"\n')
    result = fleet.build("--fetch", environment={"GIT_CONFIG_GLOBAL": str(settings)})
    assert result.returncode == 0, result.stderr
    assert fleet.addresses() == {"agents/tools/reviewer.html"}
    assert not (tmp_path / "hacked").exists()


def test_two_sources_with_the_same_name_need_keys(fleet):
    fleet.add("tools")
    fleet.entries.append(f"  - git: {fleet.url('tools')}\n    ref: main\n")
    fleet.configure()
    result = fleet.build("--fetch")
    assert result.returncode == 2 and "tools is listed twice; give one of them a different key" in result.stderr
    fleet.entries[-1] += "    key: next/tools\n"
    fleet.configure()
    assert fleet.build("--fetch").returncode == 0
    assert fleet.addresses() == {"agents/tools/reviewer.html", "agents/next/tools/reviewer.html"}


def test_the_guide_works_as_written(fleet):
    guide = (ROOT / "Documentation" / "roll-out.md").read_text("utf-8")
    for name in ("platform", "payments", "web"):
        fleet.add(f"acme/{name}", **{".claude/agents/reviewer.md": f"Reviews what {name} does."})
    configuration = re.search(r"^```yaml\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE).group(1)
    (fleet.home / "roster.yml").write_text(configuration.replace("https://git.example.com/", f"file://{fleet.folder}/served/"))
    for command in re.findall(r"^roster (?:build|check --fetch|list).*$", guide, re.MULTILINE):
        result = fleet.run(*command.split()[1:])
        assert result.returncode == 0, f"{command}: {result.stderr}"
    # The addresses of local repositories contain only their names.
    assert fleet.addresses() == {f"agents/{name}/reviewer.html" for name in ("platform", "payments", "web")}


def test_fetched_copies_are_never_changed(fleet):
    fleet.add("tools", **{".claude/agents/reviewer.md": "Reviews."})
    assert fleet.build("--fetch").returncode == 0
    copies = list((fleet.folder / "cache" / "sources").rglob("reviewer.md"))
    assert len(copies) == 1
    text = copies[0].read_text()
    assert fleet.run("check", "--fix").returncode == 0
    assert copies[0].read_text() == text
    approved = fleet.run("approve", "reviewer", "--by", "Ada")
    assert approved.returncode != 0 and not list((fleet.folder / "cache").rglob("*approv*"))
    assert fleet.run("list").stdout.count("reviewer") >= 1
