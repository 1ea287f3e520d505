"""The guide: its commands and links work, and generated pages are up to date."""
import json
import os
import re
import shlex
import subprocess

import jsonschema
import pytest
import yaml

import schemas
from conftest import ROOT, ROSTER
from repositories import LONG, Repository

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", ROOT / "ARCHITECTURE.md", *(ROOT / "Documentation").glob("*.md"), ROOT / "Documentation/examples/theme/README.md"])
PAGES = [page for page in PAGES if page.exists()]
# Commands that no test can run, with the reason.
ELSEWHERE = {
    "make": "builds this project; .ci/run runs what matters of it", "sudo": "changes the machine; make dist-test does it in an empty Debian", "docker": "needs its service",
    "aws": "needs an account", "netlify": "needs an account", "wrangler": "needs an account", "python3": "test_hosting.py runs it", "cp": "goes with those", "jq": "is not Roster's; the query is tried in Python below",
    ".build/release/roster": "the same commands are run as roster",
}
# These run until they are stopped.
ENDLESS = {"serve"}


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def commands(page):
    for block in blocks(page, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            line = re.sub(r"\s#\s.*$", "", line).strip()
            if line and not line.startswith("#"):
                yield line


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A repository with everything that the guide mentions."""
    made = Repository(tmp_path_factory.mktemp("guide") / "work")
    for name in ("reviewer", "critic", "judge"):
        made.write(f"agents/{name}.md", LONG.replace("Line", name), fields="tools: Read\nmodel: sonnet")
        made.write(f".claude/agents/{name}.md", LONG.replace("Line", name), fields="tools: Read\nmodel: sonnet")
    made.write("vendor/other.md")
    (made.folder / "CODEOWNERS").write_text("* @acme/payments\n")
    (made.folder.parent / "policy.yml").write_text(blocks(ROOT / "Documentation" / "policy.md", "yaml")[0])
    (made.folder / "roster-review.json").write_text('{"roster-review": 1, "items": []}')
    made.git("config", "user.name", "Ada")
    made.commit(0)
    for number in range(5):
        made.write("vendor/other.md", f"Version {number}.")
        made.commit(0)
    made.git("tag", "v1.0")
    made.git("tag", "v1.2")
    made.git("checkout", "-qb", "feature")
    made.write("agents/critic.md", LONG.replace("Line", "critic") + "\nMore.", fields="tools: Read\nmodel: opus")
    made.commit(1)
    made.git("tag", "v1.1")
    made.git("update-ref", "refs/remotes/origin/main", "main")
    return made


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_in_the_guide_works(page, work):
    paths = os.pathsep.join([str(ROSTER.parent), os.environ["PATH"]])
    ran = 0
    for line in commands(page):
        line = line.removeprefix("$ ").replace(".build/release/roster", "roster")
        words = [word for word in shlex.split(line) if not re.fullmatch(r"[A-Z_]+=.*", word)]
        if words[0] in ELSEWHERE:
            continue
        assert words[0] == "roster", f"{page.name}: {line}"
        if len(words) > 1 and words[1] in ENDLESS:
            help_text = subprocess.run(["bash", "-c", f"roster {words[1]} --help"], cwd=work.folder, capture_output=True, text=True, env={**os.environ, "PATH": paths})
            assert all(word in help_text.stdout for word in words if word.startswith("--"))
            continue
        (work.folder / "roster.yml").unlink(missing_ok=True)
        for folder in ("agents", ".claude/agents"):
            (work.folder / folder / "test-writer.md").unlink(missing_ok=True)
        result = subprocess.run(["bash", "-c", line], cwd=work.folder, capture_output=True, text=True, env={**os.environ, "PATH": paths})
        # Reviews and dry runs may exit with 1.
        assert result.returncode in ((0, 1) if "--fail-on" in line or "--dry-run" in line else (0,)), f"{page.name}: {line}\n{result.stdout}\n{result.stderr}"
        ran += 1
    if page.name in ("first-catalog.md", "reviewing.md", "data.md") or page.parent == ROOT and page.name == "README.md":
        assert ran > 4, "the commands of the page were not found"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_in_the_guide_work(page):
    text = re.sub(r"(?s)^(`{3,})[^`\n]*\n.*?^\1$", "", page.read_text("utf-8"), flags=re.MULTILINE)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://")):
            continue
        path, _, fragment = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name}: {target}"
        if fragment and file.suffix == ".md":
            headings = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)}
            assert fragment in headings, f"{page.name}: {target}"


@pytest.mark.parametrize("subject", ("configuration", "findings"))
def test_generated_documentation_is_up_to_date(subject):
    written = subprocess.run([ROSTER, "reference", subject], capture_output=True, text=True, check=True).stdout
    assert (ROOT / f"Documentation/{subject}.md").read_text("utf-8") == written, "run make reference"


def test_every_configuration_example_is_valid(work, tmp_path):
    examples = blocks(ROOT / "Documentation/configuration.md", "yaml")
    assert len(examples) > 15
    for example in examples:
        (tmp_path / "roster.yml").write_text(example.replace("theme: theme", "theme: ''").replace("runtimes: runtimes.yml", "title: x"), "utf-8")
        if "theme: ''" in (tmp_path / "roster.yml").read_text("utf-8"):
            continue
        result = subprocess.run([ROSTER, "check", work.folder / "agents", "--config", tmp_path / "roster.yml", "--fail-on", "never"], capture_output=True, text=True)
        assert result.returncode == 0, f"{example}\n{result.stderr}"
    for page in PAGES:
        for block in blocks(page, "yaml"):
            yaml.safe_load(block)


def test_workflows_and_the_action_are_valid():
    workflow = schemas.github_workflow()
    for file in (ROOT / ".github/workflows/release.yml", ROOT / "Documentation/examples/check.yml", ROOT / "Documentation/examples/review.yml", ROOT / "Documentation/examples/catalog.yml"):
        text = file.read_text("utf-8")
        # YAML 1.1 reads the key `on` as a boolean; GitHub doesn't. The schema is older than the runner images.
        text = re.sub(r"(ubuntu-24\.04-arm|ubuntu-24\.04|macos-15)", "ubuntu-latest", text.replace("\non:\n", '\n"on":\n'))
        jsonschema.validate(yaml.safe_load(text), workflow)
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    jsonschema.validate(action, schemas.github_action())
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), "text chosen by others would be run as code"


class Action:
    """Runs the steps of action.yml as a runner does."""

    def __init__(self, work, folder):
        self.work, self.folder = work, folder
        action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
        self.steps = {step["name"]: step for step in action["runs"]["steps"]}
        self.inputs = {name: value["default"] for name, value in action["inputs"].items()}

    def run(self, name, path=None, **values):
        paths = path or os.pathsep.join([str(ROSTER.parent), os.environ["PATH"]])
        names = {name: re.search(r"inputs\.([a-z-]+)", str(value)) for name, value in self.steps[name]["env"].items()}
        given = {name: self.inputs[found.group(1)] for name, found in names.items() if found}
        files = {name: str(self.folder / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
        environment = {**os.environ, "RUNNER_TEMP": str(self.folder), "RUNNER_OS": "Linux", "PATH": paths, **files, **given, **values}
        return subprocess.run(["bash", "-e", "-o", "pipefail", "-c", self.steps[name]["run"]], cwd=self.work.folder, capture_output=True, text=True, env=environment)


def test_the_action_builds_checks_and_reviews(work, tmp_path):
    action = Action(work, tmp_path)
    built = action.run("Run Roster", SOURCES="agents vendor", OUTPUT_FOLDER="site from action", ROSTER_BASE_URL="https://a.example/", ROSTER_TITLE="$(touch sprung)", BASE="")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "github_output").read_text() == "output=site from action\n" and not (work.folder / "sprung").exists()
    catalog = json.loads((work.folder / "site from action" / "catalog.json").read_text("utf-8"))
    assert catalog["title"] == "$(touch sprung)" and catalog["counts"]["collections"] == 2
    (work.folder / "bad").mkdir(exist_ok=True)
    (work.folder / "bad" / "a.md").write_text("---\nname: a\ndescription: x: y\nand z.\n---\n")
    assert action.run("Run Roster", COMMAND="check", SOURCES="bad", BASE="").returncode == 1
    assert action.run("Run Roster", COMMAND="check", SOURCES="agents", BASE="").returncode == 0
    reviewed = action.run("Run Roster", COMMAND="review", SOURCES="agents", BASE="main", FAIL_ON="error access", OUTPUT_FOLDER=str(tmp_path / "review"))
    assert reviewed.returncode in (0, 1), reviewed.stderr
    assert "critic" in (tmp_path / "github_step_summary").read_text("utf-8") and (tmp_path / "review" / "index.html").is_file()
    assert action.run("Run Roster", COMMAND="review", BASE="").returncode == 2
    assert action.run("Run Roster", COMMAND="destroy", BASE="").returncode == 2


def test_the_action_installs_a_release_only_with_its_checksum(work, tmp_path):
    action = Action(work, tmp_path)
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "gh").write_text(
        '#!/bin/bash\nfolder="${@: -1}"\nmkdir -p "$folder"\necho "$@" > "$RUNNER_TEMP/asked"\n[ "$NONE" ] && exit 1\n'
        'echo program > "$folder/roster_1.0_all.deb"\n(cd "$folder" && sha256sum roster_1.0_all.deb > roster_1.0_all.deb.sha256)\n[ -z "$SWAPPED" ] || echo other > "$folder/roster_1.0_all.deb"\n'
    )
    (tools / "sudo").write_text('#!/bin/bash\necho "$@" > "$RUNNER_TEMP/installed"\n')
    for tool in tools.iterdir():
        tool.chmod(0o755)
    plain = os.pathsep.join([str(tools), "/usr/bin", "/bin"])
    given = {"path": plain, "ACTION": str(ROOT), "REPOSITORY": "acme/roster", "REF": "v1.0.0"}
    assert action.run("Install Roster", **given).returncode == 0
    assert "release download v1.0.0 --repo acme/roster" in (tmp_path / "asked").read_text()
    assert "roster_1.0_all.deb" in (tmp_path / "installed").read_text()
    (tmp_path / "installed").unlink()
    assert action.run("Install Roster", **{**given, "REF": "main"}).returncode == 0
    assert "release download --repo acme/roster" in (tmp_path / "asked").read_text()
    (tmp_path / "installed").unlink()
    swapped = action.run("Install Roster", **given, SWAPPED="yes")
    assert swapped.returncode != 0 and not (tmp_path / "installed").exists()
    missing = action.run("Install Roster", **given, NONE="yes")
    assert missing.returncode == 1 and "build-from-source" in missing.stdout


def test_the_manual_covers_every_command_and_passes_lint(tmp_path):
    staged = tmp_path / "staged"
    subprocess.run([ROOT / "Packaging/stage", ROSTER, staged], check=True)
    manual = staged / "share/man/man1/roster.1"
    lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", manual], capture_output=True, text=True)
    assert lint.stdout == "", lint.stdout
    text = subprocess.run(["mandoc", "-T", "utf8", manual], capture_output=True, text=True, check=True).stdout
    text = re.sub(r".\x08", "", text)
    dump = json.loads(subprocess.run([ROSTER, "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout)
    for command in dump["command"]["subcommands"]:
        if command["commandName"] in ("help", "reference"):
            continue
        assert f"roster {command['commandName']}" in text
        for argument in command["arguments"]:
            for name in argument.get("names", []):
                if name["kind"] == "long" and name["name"] not in ("help", "version"):
                    assert f"--{name['name']}" in text
    for heading in ("EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES"):
        assert heading in text
    assert "ROSTER_BASE_URL" in text
    assert "reference" not in [line.split()[1] for line in text.splitlines() if line.strip().startswith("roster ") and len(line.split()) > 1]
    subprocess.run(["bash", "-n", staged / "share/bash-completion/completions/roster"], check=True)
    assert (staged / "share/zsh/site-functions/_roster").read_text().startswith("#compdef roster")
    assert "complete -c" in (staged / "share/fish/vendor_completions.d/roster.fish").read_text()
