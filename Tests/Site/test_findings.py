"""Pages of findings: every finding in the catalog's data is on the page of its rule, and every number matches its list."""
import collections
import html.parser
import json
import re

import lxml.html
from addresses import pages_of


class Table(html.parser.HTMLParser):
    """The rows of a page's table: the first link and the text of each cell."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.depth = [], 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append({"cells": [], "href": None})
        elif tag in ("td", "th"):
            self.rows[-1]["cells"].append("")
            self.depth = 1
        elif tag == "a" and self.depth and self.rows[-1]["href"] is None:
            self.rows[-1]["href"] = dict(attributes)["href"]

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.depth = 0

    def handle_data(self, data):
        if self.depth:
            self.rows[-1]["cells"][-1] += data


def rule_pages(site, rule):
    first = site.folder / "findings" / f"{rule}.html"
    rest = sorted((site.folder / "findings").glob(f"{rule}.*.html"), key=lambda path: int(path.name.split(".")[1]))
    return [path.read_text() for path in [first, *rest]]


def test_every_finding_is_counted_and_listed(site):
    data = json.loads((site.folder / "catalog.json").read_text())
    wanted = collections.defaultdict(list)
    for kind in ("agents", "documents"):
        for item in data[kind]:
            for finding in item.get("findings", []):
                wanted[finding["rule"]].append((item["url"], finding.get("line")))
    page = (site.folder / "findings.html").read_text()
    rows = [row for row in Table(page).rows if row["href"]]
    assert {row["href"].removeprefix("findings/").removesuffix(".html") for row in rows} == set(wanted)
    for row in rows:
        rule = row["href"].removeprefix("findings/").removesuffix(".html")
        assert row["cells"][1].replace(",", "") == str(len(wanted[rule])), rule
        assert row["cells"][2].replace(",", "") == str(len({url for url, _ in wanted[rule]})), rule
        listed = []
        for text in rule_pages(site, rule):
            for file in lxml.html.fromstring(text).cssselect("ol.places > li"):
                for place in file.cssselect("ul > li"):
                    line = re.search(r"Line (\d+), column \d+\.$", place.text_content().strip())
                    listed.append((file.cssselect("p > a")[0].get("href").removeprefix("../"), int(line.group(1)) if line else None))
        assert sorted(listed, key=str) == sorted(wanted[rule], key=str), rule


def test_an_agents_page_leads_to_the_rules(site):
    for path in pages_of(site.folder):
        for rule in re.findall(r'<a class="rule" href="([^"]+)">', path.read_text()):
            assert (path.parent / rule).resolve().is_file(), (path, rule)


def test_the_overview_says_how_bad_it_is_and_what_is_affected_most(site):
    data = json.loads((site.folder / "catalog.json").read_text())
    items = [*data["agents"], *data["documents"]]
    findings = collections.Counter(finding["severity"] for item in items for finding in item.get("findings", []))
    page = lxml.html.fromstring((site.folder / "findings.html").read_text())
    charts = {chart.cssselect("h2")[0].text_content(): chart for chart in page.cssselect(".charts section")}
    told = [int(bar.cssselect(".number")[0].text_content().replace(",", "")) for bar in charts["Severity"].cssselect("li")]
    assert told == [findings["error"], findings["warning"], findings["note"]]

    def severe(item):
        counts = collections.Counter(finding["severity"] for finding in item.get("findings", []))
        return (counts["error"], counts["warning"])

    worst = max(map(severe, items))
    if worst != (0, 0):
        first = charts["Most affected files"].cssselect("li a")[0].get("href")
        # Other files of a skill are counted separately.
        assert severe(next(item for item in items if item["url"] == first)) == worst or "/" in first.removeprefix("agents/")
    for text in (rule_pages(site, rule) for rule in {finding["rule"] for item in items for finding in item.get("findings", [])}):
        headings = [heading.text_content() for heading in lxml.html.fromstring(text[0]).cssselect("main h2")]
        assert headings == ["What it reports", "How to fix it", "Where"]
