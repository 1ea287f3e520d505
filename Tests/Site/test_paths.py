"""Published paths are relative, reveal nothing about the machine, and don't depend on how a source is given."""
import json
import os
import shutil
import socket
import subprocess

import pytest

from conftest import ROSTER
from repositories import LONG, Repository

USER = "zaphod"


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / USER
    folder.mkdir()
    return folder


def run(home, folder, *arguments):
    """Runs the program in a folder, with another folder as the home."""
    environment = {**os.environ, "HOME": str(home), "USER": USER, "LOGNAME": USER}
    return subprocess.run([str(part) for part in (ROSTER, *arguments)], cwd=folder, capture_output=True, text=True, env=environment)


def fill(repository):
    """Writes agents for every page that names files: findings, near-duplicates, shared names, decisions, documents."""
    repository.write("team/agents/reviewer.md", LONG, "tools: Read, Bash\nmodel: nope")
    repository.write("team/agents/critic.md", LONG + "\nOne more.", "tools: Raed")
    repository.write("team/agents/deep/reviewer.md", "Something else.", "permissionMode: bypassPermissions")
    (repository.folder / "team/agents/broken.md").write_text("---\nname: broken\ndescription: a: b: c\n---\nText\n")
    (repository.folder / "team/agents/notes.md").write_text("# Notes\n\nSee [the critic](critic.md).\n")
    os.symlink("/etc/hostname", repository.folder / "team/agents/out.md")
    (repository.folder / "roster.yml").write_text("rules:\n  approval-missing: warning\ncompare:\n  decisions:\n    - agents: [reviewer.md, critic.md]\n      keep: reviewer.md\n")
    (repository.folder / "elsewhere").mkdir()


@pytest.fixture(params=["in a repository", "outside"])
def place(request, home):
    """A folder with agents, and the prefix of the paths that are published for them."""
    made = Repository(home / "work" / "acme")
    fill(made)
    made.commit()
    if request.param == "outside":
        shutil.rmtree(made.folder / ".git")
    os.symlink(made.folder / "team", home / "linked")
    made.prefix = "team/agents" if request.param == "in a repository" else "agents"
    return made


def ways(place, home):
    """Each way to name the same source: the working folder and the argument."""
    top = place.folder
    return [
        (top, "team/agents"), (top, top / "team/agents"), (top, "./team/agents/"), (top / "elsewhere", "../team/agents"),
        (top / "team/agents", "."), (home, "work/acme/elsewhere/../team/agents"), ("/", top / "team/agents"), (home, "linked/agents"),
    ]


def traces(home, text):
    return [trace for trace in (str(home.parent), USER, socket.gethostname()) if trace in text]


def files(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file() and ".roster" not in file.parts}


def texts(site):
    """The files that people read. Fonts are left out, because their bytes may contain a short host name."""
    return {name: data for name, data in site.items() if not name.endswith(".woff2")}


def test_a_site_does_not_depend_on_how_its_source_is_given(place, home, tmp_path):
    sites = []
    for number, (folder, source) in enumerate(ways(place, home)):
        output = tmp_path / "sites" / str(number)
        result = run(home, folder, "build", source, "--output", output, "--no-search", "--base-url", "https://x.example/", "--config", place.folder / "roster.yml")
        assert result.returncode == 0, result.stderr
        sites.append(files(output))
    for site in sites:
        assert site == sites[0]
    for name, data in texts(sites[0]).items():
        assert not traces(home, data.decode("utf-8", "replace")), name
        assert not traces(home, name)
    data = json.loads(sites[0]["catalog.json"])
    assert [collection["folder"] for collection in data["collections"]] == [place.prefix]
    assert f"{place.prefix}/deep/reviewer.md".encode() in b"".join(sites[0].values())
    # A rebuild with another way to name the source writes nothing.
    output = tmp_path / "sites" / "0"
    before = {file: file.stat().st_mtime_ns for file in output.rglob("*.html")}
    assert run(home, "/", "build", place.folder / "team/agents", "--output", output, "--no-search", "--base-url", "https://x.example/", "--config", place.folder / "roster.yml").returncode == 0
    assert before == {file: file.stat().st_mtime_ns for file in output.rglob("*.html")}


@pytest.mark.parametrize(
    "command",
    [("check", "--format", "json"), ("check", "--format", "sarif"), ("check", "--format", "github"), ("list", "--format", "json"), ("list", "--format", "csv"),
     ("stats", "--format", "json"), ("stats", "--format", "csv"), ("stats",)],
    ids=" ".join,
)
def test_reports_for_programs_do_not_depend_on_how_their_source_is_given(place, home, command):
    reports = []
    for folder, source in ways(place, home):
        result = run(home, folder, *command, source, "--config", place.folder / "roster.yml")
        assert result.stdout, result.stderr
        reports.append(result.stdout)
    assert len(set(reports)) == 1
    assert not traces(home, reports[0])
    if command[0] != "stats":
        assert f"{place.prefix}/critic.md" in reports[0]


def test_terminal_output_shows_paths_as_given(place, home):
    source = place.folder / "team/agents"
    for command in (("check",), ("list",)):
        result = run(home, "/", *command, source)
        assert f"{source}/"[:20] in result.stdout
    result = run(home, place.folder / "elsewhere", "check", "../team/agents")
    assert "\n../team/agents/critic.md:" in result.stdout


@pytest.mark.parametrize("form", ["html", "json", "markdown"])
def test_comparisons_do_not_depend_on_how_agents_are_named(place, home, form):
    files, published = set(), set()
    for folder, source in ways(place, home):
        named = (f"{source}/reviewer.md", f"{source}/critic.md")
        looked_up = (f"{place.prefix}/reviewer.md", f"{place.prefix}/critic.md", "--from", source)
        for names, reports in ((named, files), (looked_up, published)):
            result = run(home, folder, "compare", *names, "--format", form, "--all", "--config", place.folder / "roster.yml")
            assert result.returncode == 0, result.stderr
            assert not traces(home, result.stdout)
            reports.add(result.stdout)
    # If each name is also a file, only those files are read.
    assert len(files) == len(published - files) == 1
    assert form == "html" or f"{place.prefix}/critic.md" in (published - files).pop()


def test_a_review_does_not_depend_on_how_its_source_is_given(home, tmp_path):
    made = Repository(home / "work" / "acme")
    fill(made)
    made.commit()
    os.symlink(made.folder / "team", home / "linked")
    made.write("team/agents/reviewer.md", LONG + "\nAnd more.", "tools: Read, Bash, Write")
    made.write("team/agents/new.md", LONG)
    (made.folder / "team/agents/notes.md").write_text("# Other notes\n")
    (made.folder / "roster.yml").write_text("title: Other\n")
    sites, summaries = [], set()
    for head in ((), ("--head", "HEAD")):
        if head:
            made.git("checkout", "-qb", "feature")
            made.commit(1)
        sites = []
        for number, (folder, source) in enumerate(ways(made, home)):
            # A review names settings by their path in the repository of the sources.
            output, summary = tmp_path / f"review{len(head)}{number}", tmp_path / "summary.md"
            result = run(home, folder, "review", "main", source, *head, "--output", output, "--summary", summary, "--fail-on", "never", "--config", made.folder / "roster.yml")
            assert result.returncode == (0 if head else 1), result.stderr
            sites.append(files(output))
            summaries.add(summary.read_text())
            assert not traces(home, summary.read_text())
        for site in sites:
            assert site == sites[0]
        for name, data in texts(sites[0]).items():
            assert not traces(home, data.decode("utf-8", "replace")), name
        assert b"team/agents/new.md" in b"".join(sites[0].values())
    assert len(summaries) == 2 and all("`roster.yml` changed" in summary and "team/agents/notes.md" in summary for summary in summaries)


def published(home, folder, *sources):
    result = run(home, folder, "list", *sources, "--format", "json")
    assert result.returncode == 0, result.stderr
    return sorted(agent["path"] for agent in json.loads(result.stdout))


def test_sources_with_the_same_path_get_distinguishing_folders(home):
    for name in ("one/agents", "two/agents", "two/x/agents", "one/x/agents", "other/skills"):
        (home / "work" / name).mkdir(parents=True)
        (home / "work" / name / "a.md").write_text("---\nname: a\ndescription: Does it.\n---\nText\n")
    work = home / "work"
    assert published(home, work, "one/agents", "other/skills") == ["agents/a.md", "skills/a.md"]
    assert published(home, work, "one/agents", "two/agents", "other/skills") == ["one/agents/a.md", "skills/a.md", "two/agents/a.md"]
    assert published(home, work, "one/x/agents", "two/x/agents") == ["one/x/agents/a.md", "two/x/agents/a.md"]
    assert published(home, work, "one/agents/a.md", "two/agents/a.md", "other/skills/a.md") == ["one/agents/a.md", "skills/a.md", "two/agents/a.md"]
    assert published(home, work, "one/agents/a.md") == ["a.md"]
    # Paths below the current folder are relative to it. A file in a folder of skills is not an agent by its name alone.
    assert published(home, work, ".", "one/agents") == [f"{name}/a.md" for name in ("one/agents", "one/x/agents", "two/agents", "two/x/agents")]


def test_repositories_are_distinguished_and_home_is_not_named(home):
    for name in ("acme", "umbrella"):
        made = Repository(home / "work" / name)
        made.write(".claude/agents/a.md")
    own = home / ".gemini" / "agents"
    own.mkdir(parents=True)
    shutil.copy(home / "work/acme/.claude/agents/a.md", own / "a.md")
    shutil.copytree(own, home / ".claude" / "agents")
    first, second = (home / "work" / name for name in ("acme", "umbrella"))
    assert published(home, first, ".") == [".claude/agents/a.md"]
    assert published(home, first, ".claude/agents", second / ".claude/agents") == ["acme/.claude/agents/a.md", "umbrella/.claude/agents/a.md"]
    # Paths in a repository match those on code hosts.
    assert published(home, first, ".claude/agents", home / ".claude/agents") == [".claude/agents/a.md", "~/.claude/agents/a.md"]
    assert published(home, first, ".", home / ".gemini/agents") == [".claude/agents/a.md", ".gemini/agents/a.md"]
    # A nested repository is part of the outer one.
    inner = Repository(first / "vendor" / "inner")
    inner.write("agents/b.md")
    assert published(home, first, ".claude", "vendor/inner/agents") == [".claude/agents/a.md", "vendor/inner/agents/b.md"]
    # The folder of a runtime is kept, because it determines the runtime of a file.
    data = json.loads(run(home, own, "list", ".", "--format", "json").stdout)
    assert [(agent["path"], agent["runtime"]) for agent in data] == [(".gemini/agents/a.md", "gemini-cli")]
    (home / "own.md").write_text((own / "a.md").read_text())
    for source in (home, home / "own.md"):
        result = run(home, "/", "list", source, "--format", "json")
        assert result.returncode == 0 and not traces(home, result.stdout), result.stdout


def test_a_removed_source_does_not_rename_another(home, tmp_path):
    """Both states of a review publish the same paths, although one of the sources is missing in one state."""
    first, second = Repository(home / "one"), Repository(home / "two")
    first.write("agents/a.md", LONG)
    second.write("agents/b.md")
    for made in (first, second):
        made.commit()
    shutil.rmtree(second.folder / "agents")
    result = run(home, first.folder, "review", "main", "agents", "../two/agents", "--output", tmp_path / "review", "--summary", "-", "--fail-on", "never")
    assert result.returncode == 0, result.stderr
    assert "two/agents/b.md" in result.stdout and "one/agents" not in result.stdout


def test_path_settings_do_not_depend_on_how_a_source_is_given(place, home):
    """Exceptions match the path below the source, not the published path."""
    (place.folder / "own.yml").write_text("rules: {approval-missing: warning}\nexceptions:\n  - paths: ['deep/**', critic.md]\n    rules: [approval-missing]\n")
    for folder, source in ways(place, home):
        result = run(home, folder, "check", source, "--rule", "approval-missing", "--format", "json", "--config", place.folder / "own.yml")
        assert [finding["path"] for finding in json.loads(result.stdout)["findings"]] == [f"{place.prefix}/broken.md", f"{place.prefix}/reviewer.md"]
