"""Known flaws of libraries that Roster uses or used. Each test is named after a flaw and checks that no file triggers
it.

Running times have bounds that only a hang exceeds. `Benchmarks/doublings.py` measures how time grows.
"""
import html.parser
import re

import pytest

from addresses import page_of, pages_of
from conftest import ROOT, build
from families import body, head
from test_families import built

CMARK_GFM = {
    "CVE-2022-24724, tables whose columns overflow": [body("|a" * 70_000 + "|\n" + "|-" * 70_000 + "|\n")],
    "CVE-2023-22483, quadratic patterns": [
        body(pattern)
        for pattern in (
            "*a_ " * 40_000, "a**b" + "c* " * 40_000, "[ a_" * 30_000, "~~a" * 40_000, "[a](b" * 24_000, '[a](b "c' * 15_000, "a@" * 50_000,
            "".join("e" + "`" * x for x in range(450)), "http://" * 17_000, "- [ ] a\n" * 15_000, "&amp;" * 24_000)
    ],
    "CVE-2023-22484, comments that stay open": [body("</" + "<!--" * 30_000), body("a " + "<?" * 60_000), body("a " + "<![CDATA[" * 13_000)],
    "CVE-2023-22486, pictures of links": [body("![[]()" * 20_000)],
    "CVE-2023-24824, quotations before emphasis": [body(">" * 60_000 + "a*" * 60_000), body("> " * 50_000 + "a")],
    "CVE-2023-26485, underscores and lists": [
        body("_" * 60_000 + "." + "_" * 60_000), body("- " * 60_000), body("".join("  " * x + "* a\n" for x in range(300)))],
    "CVE-2023-37463, wide tables and footnotes": [
        body("|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + "|b|\n" * 5000), body("[^1]:" * 25_000), body("|a" * 40_000 + "\n" + "|-" * 40_000 + "\n" + "x\n" * 10)],
}


@pytest.mark.parametrize("trap", CMARK_GFM)
def test_cmark_gfm_0_29_is_slow_on_some_patterns(tmp_path, trap):
    for number, content in enumerate(CMARK_GFM[trap]):
        (tmp_path / "slow.md").write_text(content)
        result = built(tmp_path / "slow.md", tmp_path / f"site-{number}")
        assert result.returncode == 0, (number, result.stderr)
        assert len(pages_of(tmp_path / f"site-{number}")) == 1


def test_cmark_gfm_0_29_reads_beyond_the_end_in_autolinks_cve_2023_22485():
    """The autolink extension is never attached. Roster finds bare URLs itself."""
    for path in (ROOT / "Sources").rglob("*.swift"):
        assert not re.search(r'find_syntax_extension\([^)]*autolink|"autolink"', path.read_text()), path


def test_bare_urls_are_linked_at_the_end_of_a_text(tmp_path):
    folder = tmp_path / "agents"
    folder.mkdir()
    for number, text in enumerate(["http://a.b", "x http://a.b", "www.a.b", "mail@a.b", "http://", "www.", "@a.b", "a@", "ftp://a.b", "http://a.b/(", ":"]):
        (folder / f"{number}.md").write_text(body(text).replace("slow", f"a{number}"))
    assert build([folder], tmp_path / "site", "--no-search").returncode == 0
    page = page_of(tmp_path / "site", "a1").read_text()
    assert 'href="http://a.b"' in page


def test_cmark_gfm_on_two_threads(tmp_path):
    """All threads share the list of special characters, so a text with strikethrough can change how another is parsed.
    """
    folder = tmp_path / "agents"
    folder.mkdir()
    for number in range(400):
        marks = ["~~gone~~ and ~kept", "| a | b |\n|---|---|\n| ~~c~~ | d |", "note[^1]\n\n[^1]: below", "plain ~ text ~~ of tildes", "- [x] done"][number % 5]
        (folder / f"{number}.md").write_text(body((marks + "\n\n") * 20).replace("slow", f"a{number}"))
    for jobs in ("1", "8"):
        assert build([folder], tmp_path / jobs, "--no-search", "--jobs", jobs).returncode == 0
    for path in pages_of(tmp_path / "1"):
        assert path.read_bytes() == (tmp_path / "8" / path.relative_to(tmp_path / "1")).read_bytes(), path.name


def test_cmark_gfm_in_safe_mode_drops_html(tmp_path):
    (tmp_path / "a.md").write_text(body("<div>\nhidden orders\n</div>\n\nIn <b>line</b> and <!-- a secret -->.\n"))
    assert build([tmp_path / "a.md"], tmp_path / "site", "--no-search").returncode == 0
    page = page_of(tmp_path / "site", "slow").read_text()
    for shown in ("&lt;div&gt;", "hidden orders", "&lt;b&gt;", "&lt;!-- a secret --&gt;"):
        assert shown in page


class Attributes(html.parser.HTMLParser):
    """The names of all attributes of a page."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def handle_starttag(self, tag, attributes):
        self.names |= {name for name, _ in attributes}


@pytest.mark.parametrize("mark", ["\u0338", "\u0301", "\u200d", "\ufe0f", "\U000e0061"])
def test_swift_mustache_escapes_by_character(tmp_path, mark):
    """A quotation mark followed by a combining mark is one Swift character, so a search for quotation marks misses it.
    """
    evil = f'x"{mark} onmouseover=alert(1) y="'
    fields = "\n".join(f"{key}: '{evil}'" for key in ("description", "model", "category", "tools", "tags", "version"))
    (tmp_path / "a.md").write_text(f"---\nname: '{evil}'\n{fields}\n---\n\n# {evil}\n\n[{evil}](b '{evil}')\n")
    assert build([tmp_path / "a.md"], tmp_path / "site", "--no-search").returncode == 0
    for page in (tmp_path / "site").rglob("*.html"):
        parser = Attributes()
        parser.feed(page.read_text())
        assert not any(name.startswith("on") for name in parser.names), page


def test_yams_has_no_budget_for_aliases(tmp_path):
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{x}: &a{x} [{', '.join([f'*a{x - 1}'] * 9)}]\n" for x in range(1, 12))
    (tmp_path / "bomb.md").write_text(head(bomb))
    result = built(tmp_path / "bomb.md", tmp_path / "site")
    assert result.returncode == 0
    assert page_of(tmp_path / "site", "slow").stat().st_size < 200_000


def test_yams_nests_by_recursion(tmp_path):
    for number, nested in enumerate(["a: " + "[" * 30_000, "a:\n" + "".join(" " * x + "a:\n" for x in range(1, 300)), "a:\n  " + "- " * 30_000 + "x"]):
        (tmp_path / "deep.md").write_text(head(nested))
        result = built(tmp_path / "deep.md", tmp_path / f"site-{number}")
        assert result.returncode == 0, result.stderr
        assert page_of(tmp_path / f"site-{number}", "slow").exists()


def test_yams_keeps_the_last_of_two_equal_keys_or_none(tmp_path):
    (tmp_path / "a.md").write_text("---\nname: first\ndescription: d\nname: second\n---\n\nBody.\n")
    result = build([tmp_path / "a.md"], tmp_path / "site", "--no-search", "--verbose")
    assert result.returncode == 0 and "twice" in result.stdout
    page = page_of(tmp_path / "site", "first").read_text()
    assert "second" in page
