"""Caches: outside the output, private, and never required."""
import json
import os
import shutil
import stat
import subprocess

import pytest

from conftest import ROSTER

AGENT = "---\nname: {0}\ndescription: Does {0}.\ntools: Read\n---\n\nBody.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "agents").mkdir()
    for name in ("one", "two"):
        (tmp_path / "agents" / f"{name}.md").write_text(AGENT.format(name))
    return tmp_path


def roster(folder, *arguments, **environment):
    return subprocess.run(
        [str(ROSTER), *map(str, arguments)], cwd=folder, capture_output=True, text=True, env={**os.environ, **environment})


def build(folder, *arguments, **environment):
    return roster(folder, "build", "agents", "--output", "site", "--no-search", *arguments, **environment)


def content(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_output_is_the_site_and_a_manifest_without_paths_of_the_machine(folder):
    assert build(folder, "--cache", folder / "cache").stderr == ""
    own = [path.relative_to(folder / "site").as_posix() for path in (folder / "site" / ".roster").rglob("*")]
    assert own == [".roster/manifest"]
    for path, text in content(folder / "site").items():
        assert str(folder).encode() not in text, path


def test_the_cache_is_private_and_removed_on_request(folder):
    old = os.umask(0)
    try:
        build(folder, ROSTER_CACHE=str(folder / "cache"))
    finally:
        os.umask(old)
    (cache,) = (folder / "cache").iterdir()
    for path in (folder / "cache", cache):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    shown = roster(folder, "clean", "--output", "site", "--cache", "--dry-run", ROSTER_CACHE=str(folder / "cache"))
    assert shown.stdout == f"{cache}/\n" and cache.exists()
    result = roster(folder, "clean", "--output", "site", "--cache", ROSTER_CACHE=str(folder / "cache"))
    assert result.returncode == 0 and result.stdout == f"Removed the cache of site: {cache}\n"
    assert not cache.exists() and (folder / "site/index.html").exists()
    again = roster(folder, "clean", "--output", "site", "--cache", ROSTER_CACHE=str(folder / "cache"))
    assert again.returncode == 0 and again.stdout == "No cache for site\n"


@pytest.mark.parametrize("what", ["lost", "broken", "foreign", "open to others", "a file"])
def test_an_unusable_cache_only_costs_time(folder, what):
    cache = folder / "cache"
    build(folder, "--cache", cache)
    (own,) = cache.iterdir()
    before = content(folder / "site")
    if what == "lost":
        shutil.rmtree(cache)
    elif what == "broken":
        for path in own.rglob("*"):
            if path.is_file() and path.name != "key":
                path.write_bytes(path.read_bytes()[:-1] + b"x")
    elif what == "foreign":
        (folder / "other").mkdir()
        (folder / "other" / "three.md").write_text(AGENT.format("three"))
        roster(folder, "build", "other", "--output", "elsewhere", "--no-search", "--cache", folder / "cache2")
        (other,) = (folder / "cache2").iterdir()
        shutil.rmtree(own)
        shutil.copytree(other, own)
        own.chmod(0o700)
    elif what == "open to others":
        own.chmod(0o755)
    else:
        shutil.rmtree(cache)
        cache.write_text("mine")
    result = build(folder, "--cache", cache)
    assert result.returncode == 0 and "0 files written" in result.stdout
    says = {"open to others": "other users have access to it", "a file": "Not a directory"}.get(what)
    assert (result.stderr.count("the next build takes longer") == 1 and says in result.stderr) if says else result.stderr == ""
    (folder / "agents" / "one.md").write_text(AGENT.format("one") + "More.\n")
    build(folder, "--cache", cache)
    assert content(folder / "site") != before
    assert roster(folder, "build", "agents", "--output", "clean", "--no-search", "--cache", folder / "fresh").returncode == 0
    assert content(folder / "site") == content(folder / "clean")


def test_a_checkout_cannot_choose_the_cache(folder):
    (folder / "roster.yml").write_text("cache: stolen\n")
    result = build(folder)
    assert result.returncode == 2 and "cache" in result.stderr
    (folder / "roster.yml").unlink()
    result = build(folder, XDG_CACHE_HOME="stolen", HOME="home", ROSTER_CACHE="")
    assert result.returncode == 0 and "no folder for the cache" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["agents", "site"]


def test_other_commands_use_the_cache_without_changing_it(folder):
    build(folder, ROSTER_CACHE=str(folder / "cache"))
    before = content(folder / "cache")
    with_cache = {"ROSTER_CACHE": str(folder / "cache"), "ROSTER_OUTPUT": "site"}
    without = {"ROSTER_CACHE": str(folder / "none"), "ROSTER_OUTPUT": "site"}
    (folder / "agents" / "two.md").write_text(AGENT.format("two") + "\nMore.\n")
    for arguments in (["check", "agents"], ["list", "agents", "--format", "json"], ["stats", "agents"], ["compare", "one", "two", "--from", "agents"]):
        assert roster(folder, *arguments, **with_cache).stdout == roster(folder, *arguments, **without).stdout != ""
    assert content(folder / "cache") == before and not (folder / "none").exists()


def test_an_agent_is_read_again_when_its_folder_becomes_a_plugin(folder):
    cache = folder / "cache"
    plugin = folder / "plugin"
    (plugin / "agents").mkdir(parents=True)
    (plugin / "agents" / "one.md").write_text("---\nname: one\ndescription: Does it.\npermissionMode: bypassPermissions\n---\n\nBody.\n")

    def site(output, cache):
        result = roster(folder, "build", "plugin", "--output", output, "--no-search", "--cache", cache)
        assert result.returncode == 0
        return content(folder / output)

    site("site", cache)
    (plugin / ".claude-plugin").mkdir()
    (plugin / ".claude-plugin" / "plugin.json").write_text('{"name": "plugin"}')
    assert site("site", cache) == site("clean", folder / "fresh")


@pytest.mark.parametrize("lost", [".roster", ".roster/manifest"])
def test_a_lost_manifest_is_rebuilt(folder, lost):
    assert build(folder, "--cache", folder / "cache").returncode == 0
    manifest = folder / "site" / ".roster" / "manifest"
    before = manifest.read_bytes()
    shutil.rmtree(folder / "site" / lost) if lost == ".roster" else manifest.unlink()
    result = build(folder, "--cache", folder / "cache")
    assert result.returncode == 0 and manifest.read_bytes() == before
    shutil.rmtree(folder / "site" / ".roster")
    (folder / "agents" / "one.md").write_text(AGENT.format("one").replace("Does", "Always does"))
    assert build(folder, "--cache", folder / "cache").returncode == 0
    assert roster(folder, "clean", "--output", "site").returncode == 0
    assert not (folder / "site").exists()


def test_foreign_files_stay_when_the_manifest_is_lost(folder):
    assert build(folder, "--cache", folder / "cache").returncode == 0
    shutil.rmtree(folder / "site" / ".roster")
    (folder / "site" / "404.html").write_text("mine")
    (folder / "agents" / "one.md").write_text(AGENT.format("one").replace("Does", "Always does"))
    result = build(folder, "--cache", folder / "cache")
    assert result.returncode != 0 and "404.html" in result.stderr
    assert (folder / "site" / "404.html").read_text() == "mine"


def test_each_build_reports_unknown_names_in_roster_yml(folder):
    (folder / "roster.yml").write_text("compare:\n  pinned:\n    - title: Pair\n      agents: [one, nobody]\n")
    for _ in range(2):
        assert "nobody" in build(folder, "--cache", folder / "cache").stderr


def test_a_change_of_kinds_takes_effect_in_the_next_build(tmp_path):
    for path, text in (("agents/a.md", "name: a\ndescription: d"), ("commands/c.md", "description: d")):
        file = tmp_path / ".claude" / path
        file.parent.mkdir(parents=True)
        file.write_text(f"---\n{text}\n---\nx\n")
    for kinds, count in (("", 2), ("kinds: [agents]\n", 1), ("", 2)):
        (tmp_path / "roster.yml").write_text(f"title: T\n{kinds}")
        result = subprocess.run([ROSTER, "build", "--output", "site"], cwd=tmp_path, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        assert len(json.loads((tmp_path / "site" / "catalog.json").read_text("utf-8"))["agents"]) == count
