"""Comparisons of agents with their state in a commit: `roster compare reviewer@v1.2 reviewer`."""
import json
import os
import subprocess

import lxml.html
import pytest

from conftest import ROSTER
from repositories import Repository


@pytest.fixture
def agents(tmp_path):
    made = Repository(tmp_path / "work")
    made.write("agents/reviewer.md", "Read the change.\n\nSay what is wrong.", fields="tools: Read\nmodel: opus")
    made.write("agents/critic.md")
    made.commit(0)
    made.git("tag", "v1.2")
    made.write("agents/reviewer.md", "Read the whole change.\n\nSay what is wrong.", fields="tools: Read, Bash\nmodel: opus")
    made.git("mv", "agents/critic.md", "agents/judge.md")
    (made.folder / "agents/judge.md").write_text((made.folder / "agents/judge.md").read_text().replace("name: critic", "name: judge"))
    made.commit(1)
    return made


def compare(agents, *arguments):
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run([str(ROSTER), "compare", *map(str, arguments)], cwd=agents.folder, capture_output=True, text=True, env={**os.environ, **quiet})


def test_an_agent_is_compared_with_itself_at_a_tag(agents):
    result = compare(agents, "reviewer@v1.2", "reviewer")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    rows = [line.split(None, 2) for line in lines[: lines.index("")]]
    assert ["tools", "1", "Read"] in rows and ["2", "Read,", "Bash"] in rows
    assert "file" in result.stdout and "1 agents/reviewer.md@v1.2" in result.stdout and "2 agents/reviewer.md\n" in result.stdout
    assert "model" not in result.stdout and "collection" not in result.stdout and "category" not in result.stdout, "only what differs"
    assert "- Read the change." in lines and "+ Read the whole change." in lines
    assert agents.git("status", "--porcelain") == "", "the checkout is not touched"


@pytest.mark.parametrize("left, right", [("agents/reviewer.md@v1.2", "agents/reviewer.md"), ("reviewer@HEAD~1", "reviewer@HEAD"), ("agents/reviewer.md@v1.2", "reviewer@main@{0}"), ("agents/critic.md@v1.2", "agents/judge.md")])
def test_names_and_paths_can_be_of_any_commit(agents, left, right):
    data = json.loads(compare(agents, left, right, "--format", "json").stdout)
    assert [agent["id"] for agent in data["agents"]] == [left, right]
    changed = {row["title"] for row in data["rows"] if not row["same"]}
    changed -= {"words", "tokens, about", "collection"}
    assert changed == ({"name", "file"} if "critic" in left else {"tools", "reach", "file"})


def test_every_format_names_both_states(agents):
    table = compare(agents, "reviewer@v1.2", "reviewer", "--format", "markdown").stdout
    assert table.startswith("|  | reviewer<b>@</b>v1.2 | reviewer |") and "- Read the change.\n+ Read the whole change." in table
    page = lxml.html.fromstring(compare(agents, "reviewer@v1.2", "reviewer", "--format", "html").stdout)
    heads = [" ".join(head.text_content().split()) for head in page.cssselect("table.compare thead th")]
    assert len(set(heads)) >= 3 and any("v1.2" in head for head in heads), heads
    assert page.cssselect(".differences")


def test_three_states_of_one_agent(agents):
    result = compare(agents, "reviewer@v1.2", "reviewer@HEAD", "reviewer")
    assert result.returncode == 0 and "1 and 2: " in result.stdout and "2 and 3: identical" in result.stdout


def test_agents_of_two_repositories_can_have_the_same_path_and_commit(tmp_path):
    for name, text in (("p", "Read the change."), ("q", "Write a poem.")):
        made = Repository(tmp_path / name)
        made.write("agents/reviewer.md", text)
        made.commit(0)
    paths = [f"{tmp_path / name}/agents/reviewer.md@HEAD" for name in ("p", "q")]
    result = compare(made, *paths)
    lines = result.stdout.splitlines()
    assert result.returncode == 0 and "byte for byte" not in result.stdout, result.stdout + result.stderr
    assert "- Read the change." in lines and "+ Write a poem." in lines
    three = compare(made, *paths, "agents/reviewer.md@HEAD").stdout
    assert "2 and 3: identical" in three and "1 and 2: identical" not in three, three
    page = lxml.html.fromstring(compare(made, *paths, "--format", "html").stdout)
    assert "Write a poem." in page.text_content() and "Read the change." in page.text_content()


def test_a_skill_comes_with_the_files_that_it_had(agents):
    (agents.folder / "skills/notes").mkdir(parents=True)
    (agents.folder / "skills/notes/SKILL.md").write_text("---\nname: notes\ndescription: Takes notes.\n---\n\nTake notes.\n")
    (agents.folder / "skills/notes/run.sh").write_text("echo one\n")
    agents.commit(2)
    (agents.folder / "skills/notes/run.sh").write_text("echo two\n")
    for names in (["notes@HEAD", "notes"], ["skills/notes/SKILL.md@HEAD", "skills/notes/SKILL.md"]):
        result = compare(agents, *names)
        assert result.returncode == 0 and "run.sh  different" in result.stdout, result.stdout + result.stderr


def test_an_item_in_a_file_can_be_of_a_commit(agents):
    modes = {"customModes": [{"slug": "architect", "name": "Architect", "roleDefinition": "Draws plans.", "groups": ["read"]}]}
    (agents.folder / ".roomodes").write_text(json.dumps(modes))
    agents.commit(2)
    modes["customModes"][0]["groups"] = ["read", "edit"]
    (agents.folder / ".roomodes").write_text(json.dumps(modes))
    result = compare(agents, ".roomodes#architect@HEAD", ".roomodes#architect")
    assert result.returncode == 0 and "reach" in result.stdout, result.stdout + result.stderr


@pytest.mark.parametrize(
    "name, words",
    [
        ("reviewer@v9", "unknown commit “v9”"),
        ("reviewer@--output=pwned", "unknown commit “--output=pwned”"),
        ("reviewer@HEAD:agents/reviewer.md", "unknown commit “HEAD:agents/reviewer.md”"),
        ("reviewer@HEAD^{tree}", "unknown commit “HEAD^{tree}”"),
        ("judge@v1.2", "judge@v1.2: no agent named “judge”"),
        ("agents/judge.md@v1.2", "agents/judge.md@v1.2: no agent named “agents/judge.md”"),
        ("nobody@v1.2", "nobody@v1.2: no agent named “nobody”"),
        ("@v1.2", "no agent named “@v1.2”"),
    ],
)
def test_what_is_not_there_is_said(agents, name, words):
    result = compare(agents, name, "reviewer")
    assert result.returncode == 2 and words in result.stderr and result.stdout == "", result.stderr
    assert not (agents.folder / "pwned").exists()


def test_outside_a_repository_and_in_a_partial_clone(agents, tmp_path):
    plain = tmp_path / "plain"
    (plain / "agents").mkdir(parents=True)
    (plain / "agents" / "reviewer.md").write_text((agents.folder / "agents/reviewer.md").read_text())
    result = subprocess.run([ROSTER, "compare", "reviewer@v1", "reviewer"], cwd=plain, capture_output=True, text=True)
    assert result.returncode == 2 and "git repository" in result.stderr
    agents.git("config", "uploadpack.allowFilter", "true")
    agents.git("config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--filter=blob:none", f"file://{agents.folder}", clone], check=True, capture_output=True)
    arguments = [str(ROSTER), "compare", "reviewer@v1.2", "reviewer"]
    missing = subprocess.run(arguments, cwd=clone, capture_output=True, text=True)
    assert missing.returncode == 1 and "partial clone" in missing.stderr and "--fetch" in missing.stderr
    fetched = subprocess.run([*arguments, "--fetch"], cwd=clone, capture_output=True, text=True)
    assert fetched.returncode == 0 and "- Read the change." in fetched.stdout, fetched.stderr
