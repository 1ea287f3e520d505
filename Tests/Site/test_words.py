"""Every word of a source file is on its page."""
import html
import html.parser
import json
import pathlib
import re
import urllib.parse

from conftest import build

WORD = re.compile(r"[^\W\d_]{3,}")


class Text(html.parser.HTMLParser):
    """The text of a page and the targets of its links."""

    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_starttag(self, tag, attributes):
        self.parts.append(" ")
        for name, value in attributes:
            if value and name in ("href", "title"):
                self.parts.append(f" {value} {urllib.parse.unquote(value)} ")

    def handle_data(self, data):
        self.parts.append(data)


def text_of(page):
    reader = Text()
    reader.feed(page)
    spaced = "".join(reader.parts)
    joined = html.unescape(re.sub(r"<[^>]*>", "", page))
    return spaced, joined


def repaired(text):
    """Repairs UTF-8 that was decoded as Windows-1252, where the conversion is reversible."""

    def repair(match):
        try:
            return match.group().encode("cp1252").decode("utf-8")
        except UnicodeError:
            return match.group()

    return re.sub(r"[\u00c2-\u00f4][\u0080-\uffff]{1,3}", repair, text)


def decoded(source):
    """The text of a file, in UTF-8 or in UTF-16 with a byte order mark."""
    return source.decode("utf-16" if source[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")


def words_of(source):
    text = decoded(source).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    text = repaired(text)
    # Fences around the frontmatter or the whole file, and leading blank lines, are not text.
    text = re.sub(r"\A(?:[ \t]*\n)*(?:```\w*\n)?(?=---)", "", text)
    match = re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", text, re.S)
    words = set()
    if match:
        for line in match.group(1).split("\n"):
            line = re.sub(r"^(?:[\w.-]+|\s+(?:name|description)):(?=\s|$)", "", line)
            words |= set(WORD.findall(re.sub(r"\\[nt]", " ", line)))
        text = text[match.end():]
    # The labels of footnotes are numbers on pages.
    text = re.sub(r"\[\^[^\]\s]+\]", " ", text)
    return words | set(WORD.findall(html.unescape(text)))


def test_every_word_is_on_the_page(site):
    catalog = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    entries = catalog["agents"] + catalog["documents"]
    assert entries
    missing = {}
    for entry in entries:
        source = (site.folder / entry["raw"]).read_bytes()
        spaced, joined = text_of((site.folder / entry["url"]).read_text("utf-8"))
        # The page words the heading of examples in its own way.
        lost = sorted(word for word in words_of(source) if word not in spaced and word not in joined and word.lower() not in ("example", "examples"))
        if lost:
            missing[entry["source"]["path"]] = lost
    assert not missing, "\n".join(f"{path}: {', '.join(words)}" for path, words in list(missing.items())[:40])


def test_comments_are_shown_with_their_lines_even_from_the_cache(tmp_path):
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "lamp.md").write_text("---\n# Kept by hand\nname: lamp\ndescription: Lights <b>.\ntools: Read # <i>only\n---\nB\n")
    page = tmp_path / "site" / "agents" / "agents" / "lamp.html"
    for _ in range(2):
        page.unlink(missing_ok=True)
        assert build([tmp_path / "agents"], tmp_path / "site", "--no-search").returncode == 0
        folded = re.search(r"<details class=\"comments\"><summary>Comments in the frontmatter</summary>(.*?)</details>", page.read_text("utf-8"), re.S).group(1)
        assert [re.sub(r"<[^>]*>", "", line) for line in folded.split("\n") if "<li>" in line] == ["Line 2 # Kept by hand", "Line 5 # &lt;i&gt;only"]


def test_no_file_is_lost(site):
    """Each file with frontmatter becomes an agent, and each file without becomes a document."""
    catalog = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    files = [
        path
        for source in site.sources
        for path in pathlib.Path(source).rglob("*")
        if path.suffix in (".md", ".mdc", ".markdown")
    ]
    assert catalog["counts"]["items"] + catalog["counts"]["documents"] == len(files)
    assert len(catalog["agents"]) == catalog["counts"]["items"]
    assert sum(catalog["counts"][kind] for kind in ("agents", "skills", "commands", "instructions")) == catalog["counts"]["items"]


def test_the_file_beside_a_page_equals_the_source(site):
    catalog = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    sources = {path.read_bytes() for source in site.sources for path in source.rglob("*") if path.is_file()}
    for entry in catalog["agents"] + catalog["documents"]:
        assert (site.folder / entry["raw"]).read_bytes() in sources
