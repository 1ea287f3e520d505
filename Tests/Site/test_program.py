"""The program in a terminal: its messages, its exit status, and files that it must not change."""
import json
import os
import pathlib
import pty
import re
import shutil
import subprocess
import time

import pytest

from addresses import page_of
from conftest import ROOT, ROSTER, build

AGENT = "---\nname: {0}\ndescription: Does {0}.\ntools: Read\n---\n\nBody.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "one.md").write_text(AGENT.format("one"))
    (tmp_path / "agents" / "two.md").write_text(AGENT.format("two"))
    return tmp_path


def roster(*arguments, cwd, **environment):
    return subprocess.run(
        [str(ROSTER), *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )


def files_below(folder):
    """Every file of a site with its bytes, except Roster's own files, which contain a key of their own."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    relative = {path.relative_to(folder): path for path in files}
    return {str(name): path.read_bytes() for name, path in relative.items() if name.parts[0] != ".roster"}


def test_it_finds_agents_by_itself_and_reports_the_result(folder):
    result = roster("build", cwd=folder)
    assert result.returncode == 0
    assert result.stderr == ""
    first, second, *_ = result.stdout.splitlines()
    assert first.startswith("2 agents, ") and "no findings" in first and first.endswith(" s")
    assert second == "Open Output/index.html"
    assert page_of(folder / "Output", "one").is_file()


def test_a_second_build_writes_nothing(folder):
    roster("build", cwd=folder)
    before = {path: path.stat().st_mtime_ns for path in (folder / "Output").rglob("*.html")}
    result = roster("build", cwd=folder)
    assert "0 files written" in result.stdout
    assert before == {path: path.stat().st_mtime_ns for path in (folder / "Output").rglob("*.html")}


def test_the_same_files_give_the_same_bytes(folder, tmp_path):
    roster("build", "agents", "--output", "a", "--jobs", 1, cwd=folder, TZ="Asia/Tokyo", LC_ALL="C")
    roster("build", "agents", "--output", "b", "--jobs", 7, cwd=folder, TZ="America/Lima", LC_ALL="C.UTF-8")
    assert files_below(folder / "a") == files_below(folder / "b")


def test_another_machine_gives_the_same_bytes(folder, tmp_path):
    """Another absolute path, order of directory entries, time, permissions, time zone and language."""
    other = tmp_path / "somewhere" / "else"
    files = sorted((folder / "agents").rglob("*.md"), reverse=True)
    for path in files:
        copy = other / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        copy.chmod(0o600)
        os.utime(copy, (1, 1))
    roster("build", "agents", "--output", "site", cwd=folder, TZ="Pacific/Kiritimati", LANG="C")
    umask = os.umask(0o077)
    try:
        roster("build", "agents", "--output", "site", "--jobs", 3, cwd=other, TZ="UTC", LANG="tr_TR.UTF-8", LC_ALL="tr_TR.UTF-8", HOME="/nowhere")
    finally:
        os.umask(umask)
    assert files_below(folder / "site") == files_below(other / "site") != {}


def test_findings_do_not_fail_a_build_and_are_listed_on_request(folder):
    (folder / "agents" / "bad.md").write_text("---\nname: bad\ndescription: Use it: now\nand then.\ntools: Read\n---\n\nBody.\n")
    (folder / "agents" / "LICENSE").write_text("mine\n")
    result = roster("build", "--verbose", cwd=folder)
    assert result.returncode == 0
    assert "agents/bad.md:4:1: error: invalid YAML" in result.stdout
    assert "skipped: agents/LICENSE: not a supported type\n" in result.stdout
    assert "1 finding (1 error) in " in result.stdout
    assert "\nSkipped: 1 file of other types\n" in result.stdout
    assert roster("build", "--quiet", cwd=folder).stdout == ""


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["build", "nowhere"], "nowhere: no such folder or file"),
        (["build", "--jobs", "0"], "--jobs must be at least 1"),
        (["build", "--base-url", "example.org"], "--base-url must start with https:// or http://"),
        (["build", "--verbose", "--quiet"], "Use either --verbose or --quiet"),
        (["build", "--outptu", "x"], "--output"),
        (["build", "agents", "--output", "agents"], "contains the source agents"),
        (["build", "agents", "--output", "."], "contains the source agents"),
        (["build", "agents", "--output", "/"], "the root of the file system"),
        (["build", "agents", "--theme", "nowhere"], "nowhere: no such folder"),
        (["build", "agents", "--config", "nowhere.yml"], "nowhere.yml: No such file"),
        (["init", "nowhere"], "nowhere: no such folder"),
        (["biuld"], "biuld"),
    ],
)
def test_usage_errors_are_reported_with_exit_status_2(folder, arguments, words):
    before = files_below(folder)
    result = roster(*arguments, cwd=folder)
    assert result.returncode == 2, result.stderr
    assert words in result.stderr
    assert result.stdout == ""
    assert files_below(folder) == before


@pytest.mark.parametrize("command", ["build", "check", "list", "stats"])
def test_an_empty_search_fails_and_lists_the_searched_places(tmp_path, command):
    (tmp_path / "node_modules/x").mkdir(parents=True)
    (tmp_path / "node_modules/x/a.md").write_text(AGENT.format("installed"))
    result = roster(command, cwd=tmp_path)
    assert result.returncode == 1
    assert "no agents found in the current folder; searched for *.md" in result.stderr
    assert ".claude" in result.stderr and "skipped: 1 folder of dependencies" in result.stderr
    if command == "build":
        assert "No agents yet" in (tmp_path / "Output/index.html").read_text()


@pytest.mark.parametrize("command", ["build", "check", "list"])
def test_without_sources_the_current_folder_is_read(tmp_path, command):
    places = [".claude/agents/one.md", "agents/two.md", "plugins/tools/agents/three.md", "services/web/.opencode/agent/four.md"]
    skipped = [".cache/five.md", "tests/fixtures/six.md"]
    for path in places + skipped:
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(AGENT.format(pathlib.PurePath(path).stem))
    result = roster(command, *(["--fail-on", "never"] if command == "check" else ["--verbose"]), cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Skipped: 1 folder of test fixtures, 1 hidden folder that no runtime uses" in result.stdout + result.stderr
    found = json.loads(roster("list", "--format", "json", cwd=tmp_path).stdout)
    assert sorted(agent["name"] for agent in found) == ["four", "one", "three", "two"]


def test_a_home_folder_is_not_read_completely(tmp_path):
    for path in (".claude/agents/mine.md", "work/agents/other.md"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(AGENT.format(pathlib.PurePath(path).stem))
    found = json.loads(roster("list", "--format", "json", cwd=tmp_path, HOME=str(tmp_path)).stdout)
    assert [agent["name"] for agent in found] == ["mine"]


def test_files_that_git_ignores_are_read_only_if_they_are_named(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    for path in ("agents/kept.md", "build/agents/made.md"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(AGENT.format(pathlib.PurePath(path).stem))
    (tmp_path / ".gitignore").write_text("build/\n")
    result = roster("check", "--verbose", cwd=tmp_path)
    assert result.stdout.startswith("1 agent checked") and "skipped: build: ignored by git\n" in result.stdout
    assert "Skipped: 1 folder ignored by git" in result.stdout
    assert roster("check", "build/agents", cwd=tmp_path).stdout.startswith("1 agent checked")


def test_excludes_add_to_the_default_exclusions(folder):
    (folder / "agents/README.md").write_text("# Read me\n")
    (folder / "roster.yml").write_text("exclude: ['two.md']\n")
    result = roster("build", "agents", cwd=folder)
    assert "\nSkipped: 1 file excluded by roster.yml\n" in result.stdout


def test_a_named_file_is_read_whatever_its_extension(folder):
    (folder / "notes.txt").write_text(AGENT.format("from-text"))
    result = roster("build", "notes.txt", cwd=folder)
    assert result.returncode == 0
    assert page_of(folder / "Output", "from-text").is_file()


def test_a_file_given_twice_is_read_once(folder):
    result = roster("build", "agents", "agents/one.md", "./agents/", cwd=folder)
    assert result.stdout.startswith("2 agents, "), result.stdout
    assert "shared" not in result.stdout


def test_files_of_one_folder_are_one_collection(folder):
    shutil.copytree(folder / "agents", folder / "other" / "agents")
    (folder / "other/agents/one.md").write_text(AGENT.format("three"))
    (folder / "other/agents/two.md").write_text(AGENT.format("four"))
    roster("build", "agents", "other/agents/one.md", "other/agents/two.md", cwd=folder)
    names = {path.name for path in (folder / "Output/collections").iterdir()}
    assert names == {"index.html", "agents.html", "agents-2.html"}


def test_unreadable_entries_are_reported_and_stop_nothing(folder):
    os.mkfifo(folder / "agents" / "pipe.md")
    (folder / "agents" / "out.md").symlink_to("/etc/hostname")
    (folder / "agents" / "loop").symlink_to(folder / "agents")
    result = roster("build", cwd=folder)
    assert result.returncode == 0
    assert "agents/pipe.md: neither a folder nor a file" in result.stderr
    assert "agents/out.md: a link that leads out of the source; replace it with a copy, or add its target as a source" in result.stderr
    assert "agents/loop: a link that leads back to its own folder; remove it" in result.stderr
    assert result.stdout.startswith("2 agents, ")


def test_the_output_is_never_read_as_a_source(folder):
    roster("build", ".", "--output", "site", cwd=folder)
    result = roster("build", ".", "--output", "site", cwd=folder)
    assert result.stdout.startswith("2 agents, ")


def test_files_that_roster_did_not_write_stay(folder):
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("mine")
    result = roster("build", "agents", "--output", "site", cwd=folder)
    assert result.returncode == 1
    assert "site contains files that Roster did not write and would overwrite: index.html" in result.stderr
    assert (folder / "site" / "index.html").read_text() == "mine"


def test_a_full_disk_is_an_error_with_the_path(folder):
    place = folder / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("no file system can be mounted here")
    try:
        result = roster("build", "agents", "--output", "small/site", cwd=folder)
        assert result.returncode == 1
        assert "small/site/" in result.stderr and "No space left on device" in result.stderr
        left = [path for path in (place / "site").rglob("*.html")]
        assert all(path.read_text().endswith("</html>\n") for path in left)
    finally:
        subprocess.run(["umount", place], check=True)


def test_init_writes_a_configuration_once(folder):
    result = roster("init", cwd=folder)
    assert result.returncode == 0
    written = (folder / "roster.yml").read_text()
    assert roster("build", cwd=folder).returncode == 0
    (folder / "roster.yml").write_text("title: Mine\n")
    again = roster("init", cwd=folder)
    assert again.returncode == 1 and "already exists" in again.stderr
    assert (folder / "roster.yml").read_text() == "title: Mine\n" != written


def test_the_configuration_is_used_and_its_paths_are_relative_to_it(folder, tmp_path_factory):
    (folder / "conf").mkdir()
    (folder / "conf" / "roster.yml").write_text(
        "title: Ours\ncontent:\n  - folder: ../agents\n    name: Team\noutput: ../public\nfooter: Kept by us.\n"
        "taxonomies: {collections: {label: Teams}}\nexclude: ['two.md']\n"
    )
    result = roster("build", "--config", "conf/roster.yml", cwd=folder)
    assert result.returncode == 0, result.stderr
    page = (folder / "public/index.html").read_text()
    assert "<title>Ours</title>" in page and "Kept by us." in page and "Teams" in page
    assert (folder / "public/collections/team.html").is_file()
    assert not (folder / "public/agents/two.html").exists() and not list((folder / "public").rglob("two.*"))


def test_a_mistake_in_the_configuration_is_reported_with_its_place(folder):
    (folder / "roster.yml").write_text("title: x\noutptu: y\n")
    result = roster("build", cwd=folder)
    assert result.returncode == 2
    assert "roster.yml:2:1: the file has no key “outptu”; did you mean “output”?" in result.stderr


def test_a_theme_replaces_single_files(folder):
    (folder / "theme" / "Templates").mkdir(parents=True)
    (folder / "theme" / "Assets").mkdir()
    (folder / "theme" / "Templates" / "footer.mustache").write_text("<footer>Ours: {{siteTitle}}</footer>\n")
    (folder / "theme" / "Assets" / "style.css").write_text("body { color: teal }\n")
    result = roster("build", "--theme", "theme", cwd=folder)
    assert result.returncode == 0, result.stderr
    page = page_of(folder / "Output", "one").read_text()
    assert "<footer>Ours: Agents</footer>" in page and 'class="brand"' in page
    [style] = (folder / "Output/assets").glob("style.*.css")
    assert style.read_text() == "body { color: teal }\n"
    (folder / "theme" / "Templates" / "footer.mustache").write_text("\n{{siteTitel}}\n")
    broken = roster("build", "--theme", "theme", cwd=folder)
    assert broken.returncode == 2
    assert "theme/Templates/footer.mustache:2: unknown name “siteTitel”" in broken.stderr


def test_only_terminals_show_progress(folder):
    result = roster("build", cwd=folder)
    assert "\r" not in result.stdout + result.stderr
    many = folder / "many"
    many.mkdir()
    for number in range(1500):
        (many / f"{number}.md").write_text(AGENT.format(f"agent-{number}") + "\n\n".join(["# x\n\nSome prose."] * 40))
    parent, child = pty.openpty()
    start = time.monotonic()
    process = subprocess.Popen([str(ROSTER), "build", "many", "--jobs", "1"], cwd=folder, stderr=child, stdout=subprocess.DEVNULL)
    os.close(child)
    shown = b""
    while True:
        try:
            piece = os.read(parent, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    assert process.wait() == 0
    os.close(parent)
    if not shown and time.monotonic() - start < 2:
        pytest.skip("so fast that there is nothing to tell")
    assert re.search(rb"(Reading|Writing) [\d,]+ of [\d,]+ (agents|files), [\d,]+ per second, \d+ s left", shown)
    assert shown.endswith(b"\r\x1b[K")


def test_help_has_examples(folder):
    for arguments in ([], ["build"], ["init"]):
        result = roster(*arguments, "--help", cwd=folder)
        assert result.returncode == 0
        assert "Example" in result.stdout
    assert roster("--version", cwd=folder).stdout.strip() == "0.1.0"


def test_a_source_with_only_folders_has_a_collection_for_each(folder):
    shutil.copytree(folder / "agents", folder / "shelf" / "alpha")
    shutil.copytree(folder / "agents", folder / "shelf" / "beta")
    roster("build", "shelf", cwd=folder)
    assert (folder / "Output/collections/alpha.html").is_file()
    assert page_of(folder / "Output", "one--alpha").is_file()
    assert page_of(folder / "Output", "one").is_file()


def test_each_collection_of_the_corpora_can_be_published_alone(tmp_path):
    corpora = ROOT.parent / "shared" / "corpora"
    if not corpora.is_dir():
        pytest.skip("the corpora are not beside the checkout")
    for source in sorted(corpora.iterdir()):
        result = build([source], tmp_path / source.name)
        assert result.returncode == 0, result.stderr
        files = sum(path.suffix == ".md" and path.stem != "README" for path in source.rglob("*"))
        agents = int(result.stdout.split()[0])
        documents = 1 if " document" in result.stdout else 0
        assert agents + documents == files, result.stdout
