"""Partial clones, repositories of other users, and non-ASCII names. Missing data is reported, never taken as complete.
"""
import json
import os
import subprocess

import lxml.html
import pytest

from conftest import build, review
from repositories import LONG, Repository


@pytest.fixture
def upstream(tmp_path):
    made = Repository(tmp_path / "upstream")
    made.git("config", "uploadpack.allowFilter", "true")
    made.write("agents/edited.md", LONG)
    made.write("agents/exact.md", LONG.replace("Line", "Row"))
    made.write("agents/steady.md")
    made.commit(0)
    made.git("mv", "agents/edited.md", "agents/renamed.md")
    made.write("agents/renamed.md", LONG + "\nMore.")
    made.git("mv", "agents/exact.md", "agents/moved.md")
    made.commit(1)
    return made


def cloned(upstream, folder, *options):
    subprocess.run(["git", "clone", "-q", *options, f"file://{upstream.folder}", folder], check=True, capture_output=True)
    clone = Repository.__new__(Repository)
    clone.folder = folder
    return clone


def changes(site):
    agents = json.loads((site / "catalog.json").read_text("utf-8"))["agents"]
    return {agent["source"]["path"]: agent["source"].get("changes") for agent in agents}


def test_history_of_a_partial_clone_is_reported_as_incomplete_until_everything_is_fetched(upstream, tmp_path):
    clone = cloned(upstream, tmp_path / "clone", "--filter=blob:none")
    site = tmp_path / "site"
    for _ in range(2):
        result = build([clone.folder / "agents"], site, "--no-search", "--quiet")
        assert result.returncode == 0
        lines = [line for line in result.stderr.splitlines() if "history" in line]
        assert len(lines) == 1 and "history is incomplete: this is a partial clone" in lines[0] and "git fetch --refetch --no-filter" in lines[0]
        assert changes(site) == {"steady.md": 1, "renamed.md": 1, "moved.md": 2}, "files with unchanged content are followed"
    clone.git("fetch", "-q", "--refetch", "--no-filter")
    result = build([clone.folder / "agents"], site, "--no-search")
    assert "history" not in result.stderr
    assert changes(site) == {"steady.md": 1, "renamed.md": 2, "moved.md": 2}
    assert "history" not in build([clone.folder / "agents"], site, "--no-search").stderr


def test_history_of_a_treeless_clone_is_left_out_and_reported(upstream, tmp_path):
    clone = cloned(upstream, tmp_path / "clone", "--filter=tree:0")
    site = tmp_path / "site"
    for _ in range(2):
        result = build([clone.folder / "agents"], site, "--no-search")
        assert result.returncode == 0 and result.stderr.count("history is left out: this is a partial clone") == 1
        assert set(changes(site).values()) == {None}
    clone.git("fetch", "-q", "--refetch", "--no-filter")
    assert "history" not in build([clone.folder / "agents"], site, "--no-search").stderr
    assert changes(site) == {"steady.md": 1, "renamed.md": 2, "moved.md": 2}
    off = tmp_path / "roster.yml"
    off.write_text("history: off\n")
    other = cloned(upstream, tmp_path / "other", "--filter=tree:0")
    assert build([other.folder / "agents"], tmp_path / "other-site", "--no-search", "--config", off).stderr == ""


@pytest.mark.parametrize("kind", ("blob:none", "tree:0"))
def test_a_review_in_a_partial_clone_compares_complete_states_or_nothing(upstream, tmp_path, kind):
    upstream.git("branch", "base", "HEAD~1")
    clone = cloned(upstream, tmp_path / "clone", f"--filter={kind}")
    for head in ([], ["HEAD"]):
        result = review(clone, "origin/base", *head, "agents", "--summary", "summary.md")
        assert result.returncode == 1 and not result.stdout, result.stdout
        assert "this is a partial clone without" in result.stderr and "nothing was compared" in result.stderr
        assert "git fetch --refetch --no-filter" in result.stderr
        assert ("agents/edited.md" in result.stderr) == (kind == "blob:none"), "missing files are named if their names are known"
        assert not (tmp_path / "review").exists() and not (clone.folder / "summary.md").exists()
    clone.git("fetch", "-q", "--refetch", "--no-filter")
    result = review(clone, "origin/base", "agents")
    assert result.returncode == 0 and "1 renamed, 1 moved; 1 unchanged" in result.stdout, result.stdout


def missing(clone):
    return sorted(line for line in clone.git("rev-list", "--objects", "--all", "--missing=print").splitlines() if line.startswith("?"))


@pytest.mark.parametrize("kind", ("blob:none", "tree:0"))
def test_a_review_fetches_missing_files_on_request(upstream, tmp_path, kind):
    (upstream.folder / "roster.yml").write_text("title: First\n")
    upstream.commit(2)
    (upstream.folder / "roster.yml").write_text("title: Second\n")
    upstream.write("agents/new.md", fields="tools: Bash")
    upstream.commit(3)
    upstream.git("branch", "base", "HEAD~3")
    clone = cloned(upstream, tmp_path / "clone", f"--filter={kind}")
    lacking = missing(clone)
    for head in ([], ["HEAD"]):
        result = review(clone, "origin/base", *head, "agents", "--fetch")
        assert result.returncode == 0 and "1 added, 1 renamed, 1 moved; 1 unchanged" in result.stdout, result.stdout + result.stderr
        assert lacking and missing(clone) == lacking, "the checkout is unchanged"
    upstream.folder.rename(tmp_path / "away")
    result = review(clone, "origin/base", "agents", "--fetch")
    assert result.returncode == 1 and "the missing files cannot be fetched" in result.stderr and not result.stdout
    (tmp_path / "away").rename(upstream.folder)
    whole = cloned(upstream, tmp_path / "whole")
    whole.git("remote", "remove", "origin")
    assert review(whole, "HEAD~1", "agents", "--fetch").returncode == 0, "nothing is missing, so nothing is fetched"


def test_settings_of_a_checkout_run_nothing_during_a_fetch(upstream, tmp_path):
    upstream.git("branch", "base", "HEAD~1")
    clone = cloned(upstream, tmp_path / "clone", "--filter=blob:none")
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\nexit 1\n")
    trap.chmod(0o755)
    for name in ("reference-transaction", "pre-auto-gc", "post-checkout"):
        os.symlink(trap, tmp_path / name)
    for key, value in (
        ("core.sshCommand", trap), ("core.askPass", trap), ("core.gitProxy", trap), ("core.fsmonitor", trap), ("core.hooksPath", tmp_path), ("core.alternateRefsCommand", trap),
        ("credential.helper", f"!{trap}"), ("remote.origin.uploadpack", trap), ("protocol.allow", "always"), ("protocol.ext.allow", "always"), ("protocol.file.allow", "always"),
        ("protocol.ssh.allow", "always"), (f"url.ext::{trap}.pushInsteadOf", "file://"),
    ):
        clone.git("config", key, str(value))
    def attempts():
        for arguments in (["origin/base", "agents"], ["origin/base", "HEAD", "agents"]):
            yield review(clone, *arguments)
        build([clone.folder / "agents"], tmp_path / "site", "--no-search", "--cache", tmp_path / "cache")
    for result in attempts():
        assert result.returncode == 1 and "use --fetch for this review" in result.stderr and not result.stdout
    assert not sprung.exists(), "nothing is fetched without --fetch"
    fetched = review(clone, "origin/base", "HEAD", "agents", "--fetch")
    assert fetched.returncode == 0 and "1 renamed, 1 moved" in fetched.stdout, fetched.stderr
    clone.git("config", f"url.ext::{trap}.insteadOf", "file://")
    assert review(clone, "origin/base", "HEAD", "agents", "--fetch").returncode == 0
    assert not sprung.exists()
    for url in (
        f"ext::{trap}", f"--upload-pack={trap}", "-x", f"ssh://-oProxyCommand={trap}/x", f"ssh://a@-oProxyCommand={trap}/x", f"-oProxyCommand={trap}:x", f"a@-oProxyCommand={trap}:x",
        "http://x.example/a", "git://x.example/a", "../upstream", "upstream",
    ):
        clone.git("config", "remote.origin.url", url)
        for result in [review(clone, "origin/base", "HEAD", "agents", "--fetch"), *attempts()]:
            assert result.returncode == 1 and not result.stdout, (url, result.stdout)
        assert "not an https, ssh or file URL" in review(clone, "origin/base", "HEAD", "agents", "--fetch").stderr, url
        assert not sprung.exists(), url


def test_option_like_names_are_not_commits(upstream):
    for arguments in (["--", "-q"], ["--", "--all"], ["--head", "-q", "main"], ["--head=--all", "main"], ["--", "-q..HEAD"], ["--", "main..--output=x"]):
        result = review(upstream, *arguments)
        assert result.returncode in (2, 64) and not result.stdout, (arguments, result)
        assert not (upstream.folder / "x").exists()


def test_a_shallow_clone_never_compares_a_missing_state(upstream, tmp_path):
    upstream.git("branch", "base", "HEAD~1")
    clone = cloned(upstream, tmp_path / "clone", "--depth=1")
    for arguments in (["HEAD~1", "agents"], [upstream.git("rev-parse", "HEAD~1").strip(), "HEAD", "agents"]):
        result = review(clone, *arguments)
        assert result.returncode == 2 and "git fetch --unshallow" in result.stderr and not result.stdout
    both = cloned(upstream, tmp_path / "both", "--depth=1", "--filter=blob:none", "--no-single-branch")
    assert review(both, "origin/base", "agents").returncode == 1
    result = review(both, "origin/base", "agents", "--fetch")
    assert result.returncode == 0 and "The clone is shallow" in result.stdout and "1 renamed, 1 moved; 1 unchanged" in result.stdout


def test_a_review_does_not_need_files_that_are_not_agents(upstream, tmp_path):
    (upstream.folder / "big.bin").write_bytes(os.urandom(2000))
    upstream.commit(2)
    (upstream.folder / "big.bin").write_bytes(os.urandom(2000))
    upstream.write("agents/new.md")
    upstream.commit(3)
    clone = cloned(upstream, tmp_path / "clone", "--filter=blob:none")
    result = review(clone, "HEAD~1", "HEAD", ".")
    assert result.returncode == 0 and "1 added" in result.stdout, "the first big.bin is missing, but not needed"


def test_missing_settings_are_not_reported_as_new(upstream, tmp_path):
    (upstream.folder / "roster.yml").write_text("title: First\n")
    upstream.commit(2)
    (upstream.folder / "roster.yml").write_text("title: Second\n")
    upstream.write("agents/new.md")
    upstream.commit(3)
    clone = cloned(upstream, tmp_path / "clone", "--filter=blob:none")
    result = review(clone, "HEAD~1", "agents")
    assert result.returncode == 1 and "partial clone without the file roster.yml" in result.stderr and not result.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_a_repository_of_another_user_is_reported(upstream, tmp_path):
    for path in (upstream.folder, upstream.folder / ".git"):
        os.chown(path, 4711, 4711)
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "SUDO_UID": ""}
    advice = f"belongs to another user; if you trust it, run git config --global --add safe.directory {upstream.folder}"
    for arguments in (["HEAD~1", "agents"], ["HEAD~1", "HEAD", "agents"], ["nowhere", "agents"]):
        result = review(upstream, *arguments, environment=quiet)
        assert result.returncode == 1 and advice in result.stderr and not result.stdout and "not in a git repository" not in result.stderr
    site = tmp_path / "site"
    for _ in range(2):
        built = build([upstream.folder / "agents"], site, "--no-search", environment=quiet)
        assert built.returncode == 0 and built.stderr.count("history is left out: git does not read this repository") == 1 and advice in built.stderr
        assert set(changes(site).values()) == {None}
    trusting = tmp_path / "trusting"
    trusting.write_text(f"[safe]\n\tdirectory = {upstream.folder}\n")
    built = build([upstream.folder / "agents"], site, "--no-search", environment={**quiet, "GIT_CONFIG_GLOBAL": str(trusting)})
    assert "history" not in built.stderr and changes(site)["renamed.md"] == 2
    assert review(upstream, "HEAD~1", "agents", environment={**quiet, "GIT_CONFIG_GLOBAL": str(trusting)}).returncode == 0


def test_a_broken_repository_is_reported(upstream, tmp_path):
    (upstream.folder / ".git").rename(upstream.folder / "away")
    (upstream.folder / ".git").write_text("gitdir: /nowhere\n")
    result = review(upstream, "HEAD~1", "agents")
    assert result.returncode == 1 and "git cannot read this repository: not a git repository: /nowhere" in result.stderr
    built = build([upstream.folder / "agents"], tmp_path / "site", "--no-search")
    assert built.returncode == 0 and "history is left out: git cannot read this repository" in built.stderr


@pytest.mark.parametrize("name", ("café", "cafe\u0301", "エージェント", "👩‍💻", "\u0301x"))
def test_history_works_for_any_file_name(tmp_path, name):
    made = Repository(tmp_path / f"r {name}")
    made.write(f"{name}/a.md", LONG)
    made.write(f"{name}/gone.md")
    made.commit(0)
    made.git("mv", f"{name}/a.md", f"{name}/{name}.md")
    made.git("rm", "-q", f"{name}/gone.md")
    made.commit(1)
    site = tmp_path / "site"
    result = build([made.folder / name], site, "--no-search")
    assert result.returncode == 0 and "history" not in result.stderr
    assert changes(site) == {f"{name}.md": 2}
    touches = [" ".join(item.text_content().split()) for item in lxml.html.fromstring((site / "changes.html").read_text("utf-8")).cssselect(".touches li")]
    assert sorted(touches) == sorted([f"added {name}/gone.md", "added a", f"removed {name}/gone.md", "renamed a"])
