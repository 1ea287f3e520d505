"""Metadata for other programs: feeds, OpenSearch, llms.txt, the sitemap, search engines and link previews."""
import datetime
import json
import re

import feedparser
import lxml.etree
import lxml.html
import pytest

from addresses import leads_to, page_of, pages_of
from conftest import build
from repositories import LONG, Repository

BASE = "https://agents.example/catalog/"
ATOM = "{http://www.w3.org/2005/Atom}"
EVIL = "</script><script>alert(1)</script> & \"<b>\" ]]> 日本"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("discovery")
    made = Repository(folder / "work")
    made.write("agents/old.md", fields="tags: [alpha, beta]")
    made.write("agents/other.md", fields="category: Team <b>")
    (made.folder / "agents" / "notes.md").write_text("# Notes [1]\n\nText.\n")
    made.commit(0)
    (made.folder / "agents" / "evil.md").write_text("---\nname: %s\ndescription: %s\ntags: [alpha, %s]\nowner: Ada\n---\n\nPrompt\x07.\n" % tuple(json.dumps(text, ensure_ascii=False) for text in (EVIL, EVIL, EVIL)), "utf-8")
    made.commit(3, author="Bob & Co")
    made.write("agents/old.md", "Changed.", fields="tags: [alpha, beta]")
    made.commit(5)
    made.write("agents/not-committed.md", fields="tags: alpha")
    (folder / "roster.yml").write_text("title: A catalog of <agents>\ndescription: What we share.\nsource-url: https://git.example/blob/main/{path}\n")
    result = build([made.folder / "agents"], folder / "site", "--no-search", "--base-url", BASE, "--config", folder / "roster.yml")
    assert result.returncode == 0, result.stderr
    return folder / "site"


def check_atom(path):
    """Checks the requirements of RFC 4287 that apply to our feeds."""
    root = lxml.etree.parse(str(path)).getroot()
    assert root.tag == ATOM + "feed"
    parsed = feedparser.parse(str(path))
    assert not parsed.bozo, parsed.bozo_exception
    for element in [root, *root.findall(ATOM + "entry")]:
        for name in ("id", "title", "updated"):
            found = element.findall(ATOM + name)
            assert len(found) == 1 and found[0].text, name
        assert element.find(ATOM + "id").text.startswith("https://")
        for date in [*element.findall(ATOM + "updated"), *element.findall(ATOM + "published")]:
            datetime.datetime.strptime(date.text, "%Y-%m-%dT%H:%M:%SZ")
    for entry in root.findall(ATOM + "entry"):
        assert entry.find(f"{ATOM}author/{ATOM}name").text
        assert [link for link in entry.findall(ATOM + "link") if link.get("rel") == "alternate"]
    assert [link.get("href") for link in root.findall(ATOM + "link") if link.get("rel") == "self"] == [root.find(ATOM + "id").text]
    ids = [entry.find(ATOM + "id").text for entry in root.findall(ATOM + "entry")]
    assert len(ids) == len(set(ids))
    return parsed


def address(site, name):
    return page_of(site, name).relative_to(site).as_posix()


def test_the_feed_lists_additions_and_changes_newest_first(site):
    feed = check_atom(site / "feed.xml")
    assert feed.feed.title == "A catalog of &lt;agents&gt;" or feed.feed.title == "A catalog of <agents>"
    assert [(entry.link, entry.updated, entry.author) for entry in feed.entries] == [
        (BASE + address(site, "old"), "2026-01-06T12:00:00Z", "Ada Ösel"),
        (BASE + next(page for page in pages_of(site) if page.name.startswith("script")).relative_to(site).as_posix(), "2026-01-04T12:00:00Z", "Bob & Co"),
        (BASE + address(site, "other"), "2026-01-01T12:00:00Z", "Ada Ösel"),
    ]
    assert feed.entries[0].published == "2026-01-01T12:00:00Z" and [(tag.term, tag.scheme) for tag in feed.entries[0].tags] == [("agent", BASE + "kinds/"), ("alpha", None), ("beta", None)]
    raw = lxml.etree.parse(str(site / "feed.xml")).getroot()
    assert [entry.find(ATOM + "title").text for entry in raw.findall(ATOM + "entry")][1] == EVIL


def test_each_tag_has_a_feed_that_its_page_links_to(site):
    alpha = check_atom(site / "tags" / "alpha.xml")
    assert len(alpha.entries) == 2 and len(check_atom(site / "tags" / "beta.xml").entries) == 1
    for file in (site / "tags").glob("*.xml"):
        check_atom(file)
    page = lxml.html.fromstring((site / "tags" / "alpha.html").read_text("utf-8"))
    assert [(link.get("href"), link.get("title")) for link in page.cssselect('link[type="application/atom+xml"]')] == [("../feed.xml", "A catalog of <agents>"), ("alpha.xml", "alpha")]
    assert lxml.html.fromstring((site / "index.html").read_text("utf-8")).cssselect('link[type="application/atom+xml"]')[0].get("href") == "feed.xml"


def test_feeds_need_a_base_url_and_dates(tmp_path):
    (tmp_path / "a.md").write_text("---\nname: a\ndescription: d\ntags: x\n---\nx\n")
    result = build([tmp_path / "a.md"], tmp_path / "one", "--no-search", "--verbose")
    assert "not written without --base-url: sitemap.xml, robots.txt, feed.xml, opensearch.xml" in result.stdout
    for name in ("feed.xml", "opensearch.xml", "tags/x.xml"):
        assert not (tmp_path / "one" / name).exists()
    assert "application/atom+xml" not in (tmp_path / "one" / "index.html").read_text("utf-8")
    build([tmp_path / "a.md"], tmp_path / "two", "--no-search", "--base-url", BASE)
    assert (tmp_path / "two" / "opensearch.xml").exists() and not (tmp_path / "two" / "feed.xml").exists()
    assert (tmp_path / "one" / "llms.txt").exists()


def test_opensearch_describes_the_search(site):
    root = lxml.etree.parse(str(site / "opensearch.xml")).getroot()
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == space + "OpenSearchDescription"
    assert 0 < len(root.find(space + "ShortName").text) <= 16 and 0 < len(root.find(space + "Description").text) <= 1024
    template = next(url.get("template") for url in root.findall(space + "Url") if url.get("type") == "text/html")
    assert template == BASE + "index.html?filter={searchTerms}"
    link = lxml.html.fromstring(page_of(site, "old").read_text("utf-8")).cssselect('link[rel="search"]')[0]
    assert link.get("href") == "../../opensearch.xml" and link.get("type") == "application/opensearchdescription+xml"


def test_llms_txt_follows_its_convention(site, tmp_path):
    lines = (site / "llms.txt").read_text("utf-8").splitlines()
    assert lines[0] == "# A catalog of <agents>" and lines[1] == "" and lines[2] == "> What we share."
    assert [line for line in lines if line.startswith("## ")] == ["## Team <b>", "## Other agents", "## Optional"]
    links = [re.fullmatch(r"- \[(.*?)(?<!\\)\]\((\S+?)\)(: .*)?", line) for line in lines if line.startswith("- ")]
    assert all(links) and len(links) == 5
    for link in links:
        assert link.group(2).startswith(BASE) and (site / link.group(2)[len(BASE) :]).is_file()
    assert links[-1].group(1) == "Notes \\[1\\]"
    (tmp_path / "a.md").write_text("---\nname: a\ndescription: d\n---\nx\n")
    build([tmp_path / "a.md"], tmp_path / "plain", "--no-search")
    assert "/a.md): d" in (tmp_path / "plain" / "llms.txt").read_text("utf-8")


def test_pages_have_metadata_for_search_engines_and_link_previews(site):
    page = lxml.html.fromstring(page_of(site, "old").read_text("utf-8"))
    data = json.loads(page.cssselect('script[type="application/ld+json"]')[0].text)
    assert data["@type"] == "SoftwareSourceCode" and data["url"] == BASE + address(site, "old") and data["keywords"] == ["alpha", "beta"]
    assert (data["dateCreated"], data["dateModified"]) == ("2026-01-01", "2026-01-06") and data["codeRepository"] == "https://git.example/blob/main/old.md"
    meta = {tag.get("property"): tag.get("content") for tag in page.cssselect("meta[property]")}
    assert meta["og:title"] == "old · A catalog of <agents>" and meta["og:url"] == BASE + address(site, "old") and meta["og:site_name"] == "A catalog of <agents>" and meta["og:description"]
    evil = lxml.html.fromstring(next(page for page in pages_of(site) if page.name.startswith("script")).read_text("utf-8"))
    assert [script.get("type") for script in evil.cssselect("script:not([src])")] == ["application/ld+json"]
    assert json.loads(evil.cssselect('script[type="application/ld+json"]')[0].text)["name"] == EVIL
    index = json.loads(lxml.html.fromstring((site / "index.html").read_text("utf-8")).cssselect('script[type="application/ld+json"]')[0].text)
    assert index["@type"] == "CollectionPage" and index["mainEntity"]["numberOfItems"] == 4
    assert "og:url" not in (site / "404.html").read_text("utf-8")


def test_a_theme_can_add_an_image_for_link_previews(tmp_path):
    (tmp_path / "theme" / "Assets").mkdir(parents=True)
    (tmp_path / "theme" / "Assets" / "card.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "a.md").write_text("---\nname: a\ndescription: d\n---\nx\n")
    build([tmp_path / "a.md"], tmp_path / "site", "--no-search", "--base-url", BASE, "--theme", tmp_path / "theme")
    page = lxml.html.fromstring(page_of(tmp_path / "site", "a").read_text("utf-8"))
    picture = page.cssselect('meta[property="og:image"]')[0].get("content")
    assert picture.startswith(BASE + "assets/card.") and (tmp_path / "site" / picture[len(BASE) :]).is_file()


def test_the_site_map_lists_each_page_once(tmp_path, site):
    """Covers rare kinds of pages: pairs, findings by file, overlaps, numbers, changes, comparisons, variants."""
    made = Repository(tmp_path / "work")
    for name in ("one", "two", "three"):
        made.write(f"agents/{name}.md", LONG + f"\nAnd {name}.", fields="tools: Raed\ntags: [x, y]\ncategory: z\nowner: Ada")
        made.write(f"agents/{name}/same.md", f"Something about {name}, and # {name}.", fields="tools: Read")
    (made.folder / "agents" / "notes.md").write_text("# Notes\n")
    made.commit()
    result = build([made.folder / "agents"], tmp_path / "site", "--base-url", BASE)
    assert result.returncode == 0, result.stderr
    for folder in (tmp_path / "site", site):
        root = lxml.etree.parse(str(folder / "sitemap.xml")).getroot()
        mapped = [location.text.removeprefix(BASE) or "index.html" for location in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
        pages = {file.relative_to(folder).as_posix() for file in folder.rglob("*.html") if ".roster" not in file.parts and leads_to(file) == file}
        assert len(mapped) == len(set(mapped)) and set(mapped) == pages - {"404.html"}
    for name in ("overlaps", "answers", "portfolio", "search", "changes", "findings", "findings/files", "compare/index", "compare/one-vs-two", "compare/same", "agents/same"):
        assert (tmp_path / "site" / f"{name}.html").exists(), name
