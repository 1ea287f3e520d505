"""The portfolio page: every number is correct and links to its list. The same numbers in a terminal and as data."""
import csv
import html
import io
import json
import os
import pathlib
import re
import subprocess
import urllib.parse

import pytest

from conftest import ROSTER, build
from browsers import follow, opened
from test_filter import SAID, names, until

SITES = ["content_site", "hard_site", "corpora_site"]


def stats(folder, *arguments):
    return subprocess.run([str(ROSTER), "stats", *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=60)


def agents_listed(folder, page):
    """The agents on all pages of a list, or the files with findings of a rule."""
    text = page.read_text()
    links = re.findall(r'<nav class="pages".*?</nav>', text, re.S)
    others = {page.parent / urllib.parse.unquote(href) for nav in links for href in re.findall(r'href="([^"]+)"', nav)} | {page}
    # Pages in the middle of a long list are linked only from their neighbors.
    while True:
        more = {
            other.parent / urllib.parse.unquote(href) for other in others for nav in re.findall(r'<nav class="pages".*?</nav>', other.read_text(), re.S)
            for href in re.findall(r'href="([^"]+)"', nav)
        } | others
        if more == others:
            break
        others = more
    found = set()
    for other in others:
        for row in re.findall(r'<tr[^>]*>\s*<th scope="row"[^>]*><a href="([^"#]+)"', other.read_text()):
            found.add(os.path.normpath(other.parent / urllib.parse.unquote(row)))
        # The page of a rule lists files.
        for file in re.findall(r'<li><p><a href="([^"#]+)"', other.read_text()):
            found.add(os.path.normpath(other.parent / urllib.parse.unquote(file)))
        # A row can represent copies, and lists them.
        for copies in re.findall(r'<details class="copies">.*?</ul>', other.read_text()):
            found |= {os.path.normpath(other.parent / urllib.parse.unquote(copy)) for copy in re.findall(r'<li><a href="([^"]+)"', copies)}
    return found


def panels(text):
    """The links, titles and numbers of panels. Panels with no agents have no link."""
    return re.findall(r'<p class="figure"><a href="([^"]+)" aria-label="([^"]*): ([0-9,]+)">', text)


@pytest.mark.parametrize("name", SITES)
def test_every_number_leads_to_a_list_of_so_many(request, name):
    site = request.getfixturevalue(name)
    text = (site.folder / "portfolio.html").read_text()
    rows = [(href, title, number) for href, title, number in re.findall(r'<li[^>]*><a class="name" href="([^"?]+)"[^>]*>([^<]*)</a> <span class="number">([0-9,]+)</span>', text)]
    rows += panels(text)
    assert len(rows) > 20
    for href, title, number in rows:
        page = site.folder / urllib.parse.unquote(href)
        if "See them in the full list" in page.read_text():
            # A value that nearly all agents have links to the filtered index.
            assert number in page.read_text() and int(number.replace(",", "")) >= 0.8 * 500
            continue
        listed = agents_listed(site.folder, site.folder / urllib.parse.unquote(href))
        assert len(listed) == int(number.replace(",", "")), (href, title)


@pytest.mark.parametrize("name", SITES)
def test_the_numbers_are_those_of_the_catalog(request, name):
    site = request.getfixturevalue(name)
    agents = json.loads((site.folder / "catalog.json").read_text())["agents"]
    rows = list(csv.DictReader(io.StringIO((site.folder / "portfolio.csv").read_text())))

    def counted(dimension):
        return {row["value"]: int(row["agents"]) for row in rows if row["dimension"] == dimension}

    words = {"read": "Reads files", "edit": "Edits files", "run": "Runs commands", "web": "Uses the web", "delegate": "Starts agents"}
    for ability, phrase in words.items():
        assert counted("reach").get(phrase, 0) == sum(ability in agent["reach"] for agent in agents)
    verdicts = {
        "loads": "Loaded", "partial": "Loaded, some parts ignored", "unknown": "Unknown", "unusable": "Loaded, cannot run", "ignored": "Not loaded",
        "fatal": "Stops the runtime"}
    for verdict, title in verdicts.items():
        assert counted("loads").get(title, 0) == sum(load["verdict"] == verdict for agent in agents for load in agent["loads"].values())
    assert counted("models").get("Not stated", 0) == sum(agent["model"] is None for agent in agents)
    assert counted("modes").get("Not stated", 0) == sum(agent["permissionMode"] is None for agent in agents)
    assert counted("owners").get("Not stated", 0) == sum(not agent["owners"] for agent in agents)
    assert sum(counted("collections").values()) == sum(counted("runtimes").values()) == len(agents)
    rules = {finding["rule"] for agent in agents for finding in agent["findings"]}
    for rule in rules:
        assert counted("findings")[rule] >= sum(any(finding["rule"] == rule for finding in agent["findings"]) for agent in agents)
    for row in rows:
        assert (site.folder / row["page"]).is_file(), row
        assert row["stated"] in ("yes", "no") and 0 <= float(row["share"]) <= 1


def test_a_spreadsheet_runs_nothing(tmp_path):
    (tmp_path / "agents").mkdir()
    for number, owner in enumerate(['=1+1', '+cmd', '-2', '@x', 'a, b', 'say "x"', "\t=1"]):
        (tmp_path / "agents" / f"{number}.md").write_text(f"---\nname: a{number}\ndescription: d\nowner: [{json.dumps(owner)}]\n---\nB\n")
    result = stats(tmp_path, "agents", "--by", "owners", "--format", "csv")
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[0] == ["dimension", "value", "stated", "agents", "share", "descriptionTokens", "page"]
    values = [row[1] for row in rows[1:]]
    assert sorted(values) == sorted(["'=1+1", "'+cmd", "'-2", "'@x", "a, b", 'say "x"', "'=1"])
    assert all(len(row) == 7 for row in rows)


def test_stats_say_the_same_in_each_form(tmp_path, content_site):
    source = content_site.sources[0]
    site_csv = list(csv.reader(io.StringIO((content_site.folder / "portfolio.csv").read_text())))
    printed = list(csv.reader(io.StringIO(stats(tmp_path, source, "--format", "csv").stdout)))
    own = {tuple(row[:4]) for row in printed if row[0] != "collections"}
    assert own == {tuple(row[:4]) for row in site_csv if row[0] != "collections"}
    data = json.loads(stats(tmp_path, source, "--format", "json").stdout)
    assert {(one["id"], value["value"], value["agents"]) for one in data["dimensions"] for value in one["values"]} == {
        (row[0], row[1].removeprefix("'"), int(row[3])) for row in printed[1:]}
    text = stats(tmp_path, source, "--limit", "0").stdout
    for row in printed[1:]:
        assert re.search(rf"^  {re.escape(row[1])} +{row[3]} ", text, re.M), row
    assert not list(tmp_path.iterdir())


def test_stats_of_nothing_and_wrong_words(tmp_path):
    (tmp_path / "empty").mkdir()
    result = stats(tmp_path, "empty")
    assert result.returncode == 1 and "0 agents" in result.stdout and "no agents found in empty" in result.stderr
    result = stats(tmp_path, "empty", "--by", "colour")
    assert result.returncode == 2 and "--by takes kinds, runtimes, loads," in result.stderr
    result = stats(tmp_path, "nowhere")
    assert result.returncode == 2 and "nowhere" in result.stderr


def test_what_follows_for_all_agents_needs_no_list_of_its_own(tmp_path):
    (tmp_path / "agents").mkdir()
    for number in range(3):
        (tmp_path / "agents" / f"{number}.md").write_text(f"---\nname: a{number}\ndescription: d\ntools: Read\n---\nB\n")
    assert build([tmp_path / "agents"], tmp_path / "site", "--no-search").returncode == 0
    text = html.unescape((tmp_path / "site" / "portfolio.html").read_text())
    assert '<a class="name" href="index.html">Claude Code</a> <span class="number">3</span>' in text
    assert not (tmp_path / "site" / "runtimes" / "claude-code.html").exists()


RISKY = {
    "agents/bypass.md": "permissionMode: bypassPermissions\ntools: Bash",
    "agents/reader.md": "permissionMode: bypassPermissions\ntools: Read",
    "agents/hook.md": "tools: Read\nhooks:\n  PreToolUse:\n    - hooks:\n        - type: command\n          command: make lint",
    "agents/careful.md": "tools: Read, Bash",
    ".claude/commands/push.md": "allowed-tools: Bash(git push:*)",
    ".claude/commands/show.md": "allowed-tools: Read",
    ".gemini/agents/_hidden.md": "tools: [read_file]",
    ".gemini/agents/shown.md": "tools: [read_file]",
}


@pytest.fixture(scope="module")
def risky(tmp_path_factory):
    """Items that run commands without asking, in each way; one that does not load; copies; and an approved one."""
    folder = tmp_path_factory.mktemp("risky") / "team"
    for place, (path, fields) in enumerate(RISKY.items()):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        body = " ".join(f"word{place}-{number}" for number in range(80))
        file.write_text(f"---\nname: {file.stem}\ndescription: Does {file.stem}.\n{fields}\n---\n\n{body}\n")
    for name in ("one", "two", "three"):
        (folder / "agents" / f"copy-{name}.md").write_text(f"---\nname: copy-{name}\ndescription: Copies {name}.\ntools: Read\n---\n\n{' '.join(f'same-{number}' for number in range(80))}\n")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    command = [str(ROSTER), "approve", "careful", "--by", "Ada"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    (folder / "roster.yml").write_text((folder / "roster.yml").read_text() if (folder / "roster.yml").exists() else "{}\n")
    result = subprocess.run([str(ROSTER), "build", ".", "--output", str(folder.parent / "site"), "--no-search"], cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return folder.parent / "site"


def names_listed(site, risk):
    return {pathlib.Path(path).stem for path in agents_listed(site, site / "risks" / f"{risk}.html")}


def test_the_panels_answer_who_runs_what_fails_and_what_nobody_approved(risky):
    text = (risky / "portfolio.html").read_text()
    assert [title for _, title, _ in panels(text)] == ["Run commands without asking", "Will not work", "Not approved", "Similar prompts"]
    for href, title, number in panels(text):
        assert len(agents_listed(risky, risky / href)) == int(number), title
    assert names_listed(risky, "unasked") == {"bypass", "hook", "push"}
    assert names_listed(risky, "not-loaded") == {"hidden"}
    assert names_listed(risky, "duplicates") == {"copy-one", "copy-two", "copy-three"}
    assert "careful" not in names_listed(risky, "unapproved") and len(names_listed(risky, "unapproved")) == len(RISKY) + 2
    assert text.index('href="agents/') < text.index(">Access<"), "items come before the numbers"
    for example in ("bypass", "push", "hook"):
        assert re.search(rf'<li><a href="[^"]*/{example}.html">{example}</a>', text), example


def test_a_panel_of_nothing_is_one_calm_line(tmp_path):
    (tmp_path / "agents").mkdir()
    for name in ("reader", "writer"):
        (tmp_path / "agents" / f"{name}.md").write_text(f"---\nname: {name}\ndescription: The {name}.\ntools: Read\n---\n{' '.join(f'{name}{number}' for number in range(50))}\n")
    (tmp_path / "roster.yml").write_text("{}\n")
    assert build([tmp_path / "agents"], tmp_path / "site", "--no-search", "--config", tmp_path / "roster.yml").returncode == 0
    text = html.unescape((tmp_path / "site" / "portfolio.html").read_text())
    calm = re.findall(r'<section class="panel calm"[^>]*>\s*<h2[^>]*>([^<]+)</h2>\s*<p>([^<]+)</p>\s*</section>', text)
    assert [title for title, _ in calm] == ["Run commands without asking", "Will not work", "Similar prompts"]
    # Without any approvals, the panel of unapproved agents links to the front page.
    assert panels(text) == [("index.html", "Not approved", "2")] and "No approvals are recorded yet." in text


def team(folder, count):
    """A folder with agents that run commands."""
    (folder / "agents").mkdir(parents=True)
    for number in range(count):
        words = " ".join(f"word{number}x{place}" for place in range(40))
        (folder / "agents" / f"worker-{number}.md").write_text(f"---\nname: worker-{number}\ndescription: Does task {number}.\ntools: Bash\n---\n{words}\n")
    (folder / "roster.yml").write_text("{}\n")
    return folder


def published(folder):
    result = subprocess.run([str(ROSTER), "build", ".", "--output", str(folder / "site"), "--no-search"], cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return folder / "site"


def test_a_bar_of_a_risk_leads_to_its_part(browser, tmp_path):
    folder = team(tmp_path / "team", 9)
    agents = [f"agents/worker-{number}.md" for number in range(3)]
    assert subprocess.run([str(ROSTER), "approve", *agents, "--by", "Ada"], cwd=folder).returncode == 0
    for path in agents[:2]:
        with (folder / path).open("a") as file:
            file.write("More words.\n")
    site = published(folder)
    with opened(browser, (site / "portfolio.html").as_uri()) as page:
        follow(page.get_by_role("link", name="Changed since approval"))
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 2")
        assert names(page) == ["worker-0", "worker-1"]


def test_a_bar_has_no_link_if_its_list_has_no_filter(tmp_path):
    folder = team(tmp_path / "team", 4)
    assert subprocess.run([str(ROSTER), "approve", "agents/worker-0.md", "agents/worker-1.md", "--by", "Ada"], cwd=folder).returncode == 0
    with (folder / "agents/worker-0.md").open("a") as file:
        file.write("More words.\n")
    text = (published(folder) / "portfolio.html").read_text()
    assert "Changed since approval" in text and "approval=stale" not in text


def test_duplicates_that_are_intended_are_no_risk(tmp_path):
    folder = team(tmp_path / "team", 2)
    prompt = (folder / "agents/worker-0.md").read_text()
    (folder / "agents/worker-1.md").write_text(prompt.replace("worker-0", "worker-1"))
    assert "No two prompts are similar." not in (published(folder) / "portfolio.html").read_text()
    (folder / "roster.yml").write_text("compare:\n  decisions:\n    - agents: [worker-0, worker-1]\n      intended: yes\n")
    assert "No two prompts are similar." in (published(folder) / "portfolio.html").read_text()


def test_the_index_is_narrowed_by_a_risk(browser, risky):
    with opened(browser, (risky / "index.html").as_uri() + "?risk=unasked") as page:
        until(page, f"document.querySelector('{SAID}').textContent.startsWith('3 of ')")
        assert set(names(page)) == {"bypass", "hook", "push"}
    with opened(browser, (risky / "risks" / "unapproved.html").as_uri() + "?risk=unasked") as page:
        until(page, f"document.querySelector('{SAID}').textContent.startsWith('3 of ')")
        assert set(names(page)) == {"bypass", "hook", "push"} and page.problems == []
