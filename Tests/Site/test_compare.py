"""Comparisons of two agents, as pages and in a terminal."""
import html
import json
import os
import pty
import re
import subprocess

import pytest

from conftest import ROSTER, SHARED, build

ONE = """---
name: reader
description: Reads.
tools: Read, Grep
model: opus
---

You read files, one after the other.

## Workflow

1. Look for what was asked.
2. Read it from the beginning to the end.
3. Say what it holds.

## Style

Be brief. Quote what you read.

## Limits

Never write.
"""
TWO = """---
name: careful reader
description: Reads.
tools: Read, Bash
model: opus
---

You read files, one after the other.

## Limits

Never write.

## Workflow

1. Look for what was asked.
2. Read it twice from the beginning to the end.
3. Say what it holds.

## Sources

<script>alert(1)</script>
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "one.md").write_text(ONE)
    (tmp_path / "agents" / "two.md").write_text(TWO)
    return tmp_path


def compare(folder, *arguments, **environment):
    return subprocess.run(
        [str(ROSTER), "compare", *map(str, arguments)], cwd=folder, capture_output=True, text=True, env={**os.environ, **environment}, timeout=60)


def sides(page):
    """The lines of the first and the second prompt that a page shows, without folded lines."""
    text = page.read_text()
    first, second = [], []
    for kind, content in re.findall(r'<div class="line(?: (\w+))?">(.*?)</div>', text, re.S):
        own = re.sub(r"<ins>.*?</ins>", "", content, flags=re.S)
        other = re.sub(r"<del>.*?</del>", "", content, flags=re.S)
        if kind != "added":
            first.append(html.unescape(re.sub(r"</?del>", "", own)))
        if kind != "removed":
            second.append(html.unescape(re.sub(r"</?ins>", "", other)))
    return first, second


def prompt(text):
    return text.split("\n---\n", 1)[1].split("\n")


def folded(page):
    """The number of shared lines that a page folds."""
    return sum(int(count.replace(",", "")) for count in re.findall(r'<p class="fold"><a href="[^"]+">([\d,]+) unchanged lines?', page.read_text()))


def prepared(folder):
    """The pages that compare two agents, without redirects from old addresses."""
    return [page for page in sorted((folder / "compare").glob("*-vs-*.html")) if '<body class="moved">' not in page.read_text()]


def test_a_page_of_two_has_what_differs(folder):
    (folder / "roster.yml").write_text("compare:\n  pinned:\n    - {title: Readers, agents: [reader, careful reader]}\n")
    assert build([folder / "agents"], folder / "site", "--no-search", "--config", folder / "roster.yml").returncode == 0
    page = folder / "site" / "compare" / "careful-reader-vs-reader.html"
    first, second = sides(page)
    assert set(prompt(TWO)) - set(prompt(ONE)) <= set(first) <= set(prompt(TWO))
    assert set(prompt(ONE)) - set(prompt(TWO)) <= set(second) <= set(prompt(ONE))
    assert len(first) + folded(page) == len(prompt(TWO)) and len(second) + folded(page) == len(prompt(ONE)) and folded(page) > 2
    text = page.read_text()
    assert "2. Read it <del>twice </del>from" in text
    assert re.search(r"<h3>Limits.*?moved</span>|<h3>Workflow.*?moved</span>", text)
    assert re.search(r"<h3>Sources.*?only in the first", text) and re.search(r"<h3>Style.*?only in the second", text)
    assert "<del>&lt;script&gt;alert(1)&lt;/script&gt;</del>" in text and "<script>alert" not in text


@pytest.mark.parametrize("name", ["seeds_site", "content_site", "corpora_site"])
def test_every_page_of_two_is_true_and_is_led_to(request, name):
    site = request.getfixturevalue(name)
    catalog = json.loads((site.folder / "catalog.json").read_text())
    agents = {agent["url"].removesuffix(".html"): agent for agent in catalog["agents"]}
    pages = prepared(site.folder)
    assert pages
    linked = {match for page in site.folder.rglob("*.html") for match in re.findall(r'href="(?:\.\./)?(?:compare/)?([^"/]+-vs-[^"/]+\.html)"', page.read_text())}
    for page in pages:
        assert page.name in linked, page.name
        text = page.read_text()
        ids = re.findall(r'<th scope="col" class="spine [^"]*"><div class="cell"><a href="\.\./(agents/[^"]+)\.html">', text)[:2]
        for lines, one in zip(sides(page), ids):
            source = (site.folder / f"{one}.md").read_bytes().decode("utf-8", "replace")
            # Lines that are not shown are folded, and the page states their number.
            prompt = re.split(r"\n---[ \t]*\r?\n", source, maxsplit=1)[-1]
            shown = set(re.findall(r"[A-Za-z]{4,}", "\n".join(lines)))
            missing = [line for line in re.split(r"\r\n|\r|\n", prompt) if not set(re.findall(r"[A-Za-z]{4,}", line)) <= shown]
            assert len(missing) <= folded(page), (page.name, one)
        assert all(one in agents for one in ids)


def test_the_seeds_have_a_page_for_every_two_with_numbers_that_are_right(seeds_site):
    def shingles(path):
        text = path.read_bytes().decode().replace("\r\n", "\n")
        words = re.findall(r"[a-z0-9\u0080-\U0010ffff]+", re.split(r"\n---[ \t]*\n", text, maxsplit=1)[1].lower())
        return {tuple(words[index:index + 5]) for index in range(len(words) - 4)}

    files = sorted((SHARED / "seeds").glob("*.md"))
    runs = {path.stem: shingles(path) for path in files}
    pages = [page.stem for page in prepared(seeds_site.folder)]
    assert len(pages) == 4
    for page in pages:
        one, other = (next(stem for stem in runs if stem.replace("_", "-") == part.split("--")[1]) for part in page.split("-vs-"))
        share = len(runs[one] & runs[other]) / len(runs[one] | runs[other])
        sentence = re.search(r'<p class="lead">(?:Prompts are (\d+)% similar|Different prompts)', (seeds_site.folder / "compare" / f"{page}.html").read_text())
        said = int(sentence.group(1) or 0)
        assert abs(said - share * 100) <= 0.6, (page, share)


def test_a_terminal_says_what_differs(folder):
    result = compare(folder, "agents/one.md", "agents/two.md")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert re.search(r"^tools +1 Read, Grep$", result.stdout, re.M) and "\x1b" not in result.stdout
    assert not any(line.startswith("model") for line in lines)
    assert "- 2. Read it from the beginning to the end." in lines and "+ 2. Read it twice from the beginning to the end." in lines
    assert "§ Style  only in 1" in lines and "§ Sources  only in 2" in lines
    assert any(line.startswith("model") for line in compare(folder, "agents/one.md", "agents/two.md", "--all").stdout.splitlines())
    # Agents given by name, by slug, and from a source folder.
    assert compare(folder, "reader", "careful-reader", "--from", "agents").stdout.replace("agents/", "") == result.stdout.replace("agents/", "")


def test_on_a_terminal_words_are_marked_by_more_than_colour(folder):
    parent, child = pty.openpty()
    process = subprocess.Popen([str(ROSTER), "compare", "agents/one.md", "agents/two.md"], cwd=folder, stdout=child, env={**os.environ, "TERM": "xterm", "NO_COLOR": ""})
    os.close(child)
    said = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:
            break
        if not part:
            break
        said += part
    assert process.wait() == 0
    assert b"\x1b[32;4mtwice \x1b[0m" in said


def test_other_forms(folder):
    text = compare(folder, "agents/one.md", "agents/two.md", "--format", "markdown").stdout
    assert "| tools | Read, Grep | Read, Bash |" in text and "```diff\n" in text and "**Workflow**" in text
    data = json.loads(compare(folder, "agents/one.md", "agents/two.md", "--format", "json").stdout)
    assert [agent["name"] for agent in data["agents"]] == ["reader", "careful reader"]
    assert {row["title"]: row["same"] for row in data["rows"]}["model"] is True
    for place, source in ((0, ONE), (1, TWO)):
        side = ["left", "right"][place]
        lines = []
        for section in data["sections"]:
            for block in section["blocks"]:
                if block["kind"] == "changed":
                    lines.append("".join(piece["text"] for piece in block["pieces"] if piece["side"] in ("both", side)))
                elif block["kind"] in ("same", ["removed", "added"][place]):
                    lines += block["lines"]
        assert sorted(lines) == sorted(prompt(source))


def test_three_are_said_to_be_how_alike(folder):
    (folder / "agents" / "three.md").write_text(ONE.replace("name: reader", "name: third"))
    result = compare(folder, "reader", "careful reader", "third", "--from", "agents")
    assert "1 and 3: identical" in result.stdout and "1 and 2:" in result.stdout and "§" not in result.stdout


@pytest.mark.parametrize("arguments, says", [
    (["agents/one.md"], "Name at least two agents."),
    (["agents/one.md", "nobody", "--from", "agents"], "no agent named “nobody”"),
    (["reader", "careful-raeder", "--from", "agents"], "did you mean “careful-reader”?"),
    (["agents/one.md", "agents/four.md", "--from", "nowhere"], "nowhere"),
])
def test_wrong_usage(folder, arguments, says):
    result = compare(folder, *arguments)
    assert result.returncode == 2 and says in result.stderr


def test_several_of_one_name_are_told_apart(folder):
    (folder / "agents" / "deep").mkdir()
    (folder / "agents" / "deep" / "one.md").write_text(ONE)
    result = compare(folder, "reader", "careful reader", "--from", "agents")
    assert result.returncode == 2 and "2 agents are named “reader”; use one of: reader--" in result.stderr


def test_no_file_speaks_to_the_terminal(folder):
    (folder / "agents" / "esc.md").write_text("---\nname: esc\ndescription: d\nmodel: \"\\e[31mred\"\n---\n\x1b]0;title\x07 and \u202e back\n")
    said = compare(folder, "agents/esc.md", "agents/one.md").stdout
    assert "\x1b" not in said and "\x07" not in said and "\u202e" not in said
