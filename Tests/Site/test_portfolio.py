"""The catalog in numbers: each is true, and leads to the list behind it; the same in a terminal and for other programs."""
import csv
import html
import io
import json
import os
import re
import subprocess
import urllib.parse

import pytest

from conftest import ROSTER, build

SITES = ["content_site", "hard_site", "corpora_site"]


def stats(folder, *arguments):
    return subprocess.run([str(ROSTER), "stats", *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=60)


def agents_listed(folder, page):
    """The agents of a list, on all of its pages; of a rule the files that it has found something in."""
    text = page.read_text()
    links = re.findall(r'<nav class="pages".*?</nav>', text, re.S)
    others = {page.parent / urllib.parse.unquote(href) for nav in links for href in re.findall(r'href="([^"]+)"', nav)} | {page}
    # Pages in the middle of a long list are linked from their neighbours only.
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
        # A row may stand for copies, and names them.
        for copies in re.findall(r'<details class="copies">.*?</ul>', other.read_text()):
            found |= {os.path.normpath(other.parent / urllib.parse.unquote(copy)) for copy in re.findall(r'<li><a href="([^"]+)"', copies)}
    return found


@pytest.mark.parametrize("name", SITES)
def test_every_number_leads_to_a_list_of_so_many(request, name):
    site = request.getfixturevalue(name)
    text = (site.folder / "portfolio.html").read_text()
    rows = re.findall(r'<td class="number"><a href="([^"]+)" aria-label="([^"]*): ([0-9,]+)">', text)
    assert len(rows) > 20
    for href, title, number in rows:
        page = site.folder / urllib.parse.unquote(href)
        if "see them on the index" in page.read_text():
            # What nearly all have is the index with the filter set.
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
    assert '<a href="index.html" aria-label="Claude Code: 3">' in text
    assert not (tmp_path / "site" / "runtimes" / "claude-code.html").exists()
