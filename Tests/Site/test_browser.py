"""The site in a real browser: from disk and from a server, with and without JavaScript."""
import csv
import html.parser
import io
import json
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import pytest

from addresses import leads_to, page_of, source_of
from browsers import follow, opened
from conftest import ROOT, build, served_folder

WIDTHS = (320, 375, 768, 1280, 1920)


def kinds_of_pages(site):
    catalog = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    addresses = ["index.html", "404.html", "compare/index.html", "portfolio.html", "findings.html", "overlaps.html", "search.html"]
    if len(catalog["agents"]) > 1:
        addresses.append("compare/index.html?with=" + ",".join(agent["id"] for agent in catalog["agents"][:3]))
    for pattern in ("compare/*-vs-*.html", "findings/*.html", "risks/*.html", "changes.html"):
        addresses += [str(page.relative_to(site.folder)) for page in sorted(site.folder.glob(pattern))[:12]]
    addresses += [agent["url"] for agent in catalog["agents"]]
    addresses += [document["url"] for document in catalog["documents"]]
    addresses += [comparison["url"] for comparison in catalog["comparisons"]]
    addresses += [f"agents/{comparison['id']}.html" for comparison in catalog["comparisons"] if comparison["kind"] == "variants"]
    addresses += [str(page.relative_to(site.folder)) for page in sorted(site.folder.glob("agents/*.html")) if leads_to(page) != page][:3]
    for taxonomy in catalog["taxonomies"]:
        addresses += [taxonomy["url"], taxonomy["terms"][0]["url"]]
    return addresses


def types_of_pages(site, each=2):
    """A few pages of each kind."""
    seen = {}
    for address in kinds_of_pages(site):
        folder, _, name = address.rpartition("/")
        kind = (folder, name.startswith("index.html?"), "-vs-" in name, name == "index.html")
        seen.setdefault(kind if folder else address, []).append(address)
    return [address for addresses in seen.values() for address in addresses[:each]]


def address_of(site, address):
    path, mark, query = address.partition("?")
    return (site.folder / path).as_uri() + mark + query


def column(page, number):
    return page.eval_on_selector_all(f"table.agents tbody tr > :nth-child({number})", "all => all.map(one => one.innerText.trim())")


def test_a_list_is_sorted_by_column_and_reset(browser, content_site):
    with opened(browser, (content_site.folder / "index.html").as_uri()) as page:
        heads = page.eval_on_selector_all("table.agents thead th", "all => all.map(one => one.innerText.trim())")
        place = heads.index("Tokens") + 1
        before = column(page, place)
        button = page.get_by_role("button", name="Tokens")
        numbers = lambda: [float(text.replace("k", "")) * (1000 if "k" in text else 1) for text in column(page, place)]

        def sorted_as(kind):
            page.wait_for_selector(f"th[aria-sort={kind}]")
            page.wait_for_selector("table.agents:not([aria-busy=true])")

        button.click()
        sorted_as("ascending")
        assert numbers() == sorted(numbers()) and column(page, place) != before
        assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Tokens")
        button.press("Enter")
        sorted_as("descending")
        assert numbers() == sorted(numbers(), reverse=True)
        button.click()
        page.wait_for_selector("thead:not(:has([aria-sort]))", state="attached")
        assert column(page, place) == before and page.locator("[aria-sort]").count() == 0
        page.get_by_role("button", name="Name", exact=True).click()
        sorted_as("ascending")
        names = page.eval_on_selector_all("table.agents tbody th > a:not(.times)", "all => all.map(one => one.firstChild.textContent.trim())")
        assert [name.lower() for name in names] == sorted(name.lower() for name in names)
        page.get_by_role("button", name="Reach", exact=True).click()
        assert page.problems == []


def test_a_comparison_is_copied_as_shown(browser, served):
    with opened(browser, served + "/agents/code-reviewer.html", permissions=["clipboard-read", "clipboard-write"]) as page:
        def copied(button):
            page.evaluate("navigator.clipboard.writeText('')")
            button.click()
            page.get_by_role("button", name="Copied").first.wait_for()
            return page.evaluate("navigator.clipboard.readText()")

        markdown, table = page.locator("p.actions button").nth(0), page.locator("p.actions button").nth(1)
        assert (markdown.inner_text(), table.inner_text()) == ("Copy as Markdown", "Copy as CSV")
        page.get_by_label("Show differences only").uncheck()
        whole = copied(markdown)
        lines = whole.strip().split("\n")
        assert lines[0].startswith("| Property | ") and set(lines[1]) == set("| -") and len({line.count(" | ") for line in lines[2:]}) == 1
        assert any(line.startswith("| Reach | ") and "ay read files" in line for line in lines)
        page.get_by_label("Show differences only").check()
        page.wait_for_timeout(1600)
        shown = copied(markdown)
        assert len(shown) < len(whole) and all(line in whole for line in shown.split("\n"))
        page.wait_for_timeout(1600)
        rows = list(csv.reader(io.StringIO(copied(table))))
        assert rows[0][0] == "Property" and len({len(row) for row in rows if len(row) > 1}) == 1
        assert page.problems == []


def test_every_page_fits_every_window_and_loads_only_its_own_files(browser, small_site):
    """Without errors, in both color schemes, and with the header in the same position. Nothing but colors depends on the
    scheme, so the dark one is checked once.
    """
    folder = small_site.folder.resolve().as_uri()
    wrong, headers = [], {}
    with opened(browser, address_of(small_site, "index.html")) as page:
        for address in kinds_of_pages(small_site):
            page.problems.clear()
            page.requests.clear()
            page.goto(address_of(small_site, address))
            for width, scheme in [(width, "light") for width in WIDTHS] + [(WIDTHS[-1], "dark")]:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                actual, header = page.evaluate("""[document.documentElement.scrollWidth,
                  JSON.stringify(document.querySelector("header.site")?.getBoundingClientRect())]""")
                if actual > width:
                    wrong.append(f"{address} is {actual} px wide in a window of {width} px")
                if header and header != headers.setdefault(width, header):
                    wrong.append(f"{address} has its header at {header} instead of {headers[width]} in a window of {width} px")
            if address == "404.html":  # It is shown at any address, so it tries the parent folders.
                assert all(problem.startswith("Failed to load resource") for problem in page.problems), page.problems
                continue
            assert page.problems == [], address
            assert all(request.startswith(folder) for request in page.requests), page.requests
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("width, scheme", [(375, "dark"), (1280, "light")])
def test_every_kind_of_page_gets_a_screenshot(browser, content_site, width, scheme):
    pictures = ROOT / ".build" / "screenshots"
    pictures.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()

    def take(name):
        page.wait_for_timeout(150)
        target = pictures / f"{name}-{width}-{scheme}.png"
        page.screenshot(path=target, full_page=True)
        assert target.stat().st_size > 8000, f"{target} is almost empty"

    for address in types_of_pages(content_site, each=1):
        page.goto(address_of(content_site, address))
        take(address.replace("/", "-").replace(".html", "").replace("?", "-").split("=")[0])
    page.goto(address_of(content_site, "index.html?filter=test&tools=read,bash&all=tools"))
    page.locator(".chips button").first.wait_for()
    take("index-narrowed")
    page.goto(address_of(content_site, "index.html?filter=qqqq"))
    page.locator("tr.none").wait_for()
    take("index-nothing")
    page.goto(address_of(content_site, "search.html?q=test"))
    page.locator(".results li").first.wait_for()
    take("search-results")
    context.close()


class Links(html.parser.HTMLParser):
    """The addresses of a page's links."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "a" and dict(attributes).get("href") is not None:
            self.found.append(dict(attributes)["href"])


def test_every_link_works_under_a_path(served, content_site):
    """Follows every link of the served site, starting at the front page."""
    seen, pending, failed = set(), [f"{served}/index.html"], []
    while pending:
        address = pending.pop()
        if address in seen:
            continue
        seen.add(address)
        try:
            with urllib.request.urlopen(address) as answer:
                is_page = answer.headers.get_content_type() == "text/html"
                text = answer.read().decode("utf-8") if is_page else ""
        except urllib.error.HTTPError:
            failed.append(address)
            continue
        links = [urllib.parse.urldefrag(urllib.parse.urljoin(address, link)).url for link in Links(text).found]
        pending += [link for link in links if link.startswith(served)]
        assert all(link.startswith((served, "http", "mailto:")) for link in links)
    assert not failed
    assert len(seen) >= len(content_site.pages()) - 1


def test_the_color_scheme_follows_the_system_until_it_is_chosen(browser, served):
    with opened(browser, f"{served}/index.html", color_scheme="dark") as page:
        paper = "getComputedStyle(document.body).backgroundColor"
        dark = page.evaluate(paper)
        page.get_by_role("button", name="Light").click()
        light = page.evaluate(paper)
        assert light != dark
        page.reload()
        assert page.evaluate(paper) == light
        follow(page.get_by_role("link", name="Compare").first)
        assert page.evaluate(paper) == light


def test_the_install_command_and_the_file_can_be_copied(browser, served):
    with opened(browser, f"{served}/agents/api-designer.html") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_text("Install", exact=True).click()
        page.get_by_role("button", name="Copy install command").click()
        page.get_by_role("button", name="Copied").wait_for()
        command = page.evaluate("navigator.clipboard.readText()")
        assert command == f"curl -fsSL --create-dirs -o '.claude/agents/api-designer.md' '{page.url.removesuffix('.html')}.md'"
    with opened(browser, f"{served}/agents/api-designer.html") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_text("Install", exact=True).click()
        page.get_by_role("button", name="Copy file").click()
        page.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").startswith("---\nname: api-designer\n")
    with opened(browser, f"{served}/agents/api-designer.html") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_text("Install", exact=True).click()
        page.get_by_role("button", name="Copy prompt").click()
        page.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").startswith("\n# API designer\n")


def test_everything_is_visible_without_javascript(browser, content_site):
    with opened(browser, (content_site.folder / "index.html").as_uri(), java_script_enabled=False) as page:
        assert page.get_by_role("link", name="flaky-test-hunter").is_visible()
        assert page.get_by_role("button").count() == 0
        follow(page.get_by_role("link", name="flaky-test-hunter"))
        assert page.get_by_role("heading", name="flaky-test-hunter").is_visible()
        page.locator("details.examples > summary").click()
        assert page.get_by_text("All tests pass alone but not together").is_visible()


def test_identical_rows_can_be_hidden(browser, content_site):
    with opened(
        browser, (content_site.folder / "agents/code-reviewer.html").as_uri(), java_script_enabled=False
    ) as page:
        row = page.get_by_role("row", name="Runtime")
        assert row.is_visible()
        page.get_by_label("Show differences only").check()
        assert not row.is_visible()
        assert page.get_by_role("row", name=re.compile("^Summary ")).is_visible()


def test_the_first_tab_skips_to_the_content(browser, content_site):
    with opened(browser, (content_site.folder / "index.html").as_uri()) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_the_outline_is_beside_the_prompt_or_folded_above_it(browser, content_site):
    address = page_of(content_site.folder, "api-designer").as_uri()
    with opened(browser, address, viewport={"width": 1600, "height": 900}) as page:
        outline, text = page.get_by_role("navigation", name="Outline").bounding_box(), page.locator(".prompt > .prose").bounding_box()
        assert outline["x"] >= text["x"] + text["width"]
    with opened(browser, address, viewport={"width": 375, "height": 900}) as page:
        assert not page.get_by_role("navigation", name="Outline").is_visible()
        page.get_by_text("Outline", exact=True).click()
        page.locator("details.outline").get_by_role("link", name="What you hand over").click()
        assert page.url.endswith("#what-you-hand-over")


# Files whose prompt has an unusual start or end.
ODD = {
    "blank lines in front": b"\n \n---\nname: %s\ndescription: d\n---\n\n\nText\n",
    "byte order mark": b"\xef\xbb\xbf---\nname: %s\ndescription: d\n---\nText\n",
    "two byte order marks": b"\xef\xbb\xbf---\nname: %s\ndescription: d\n---\n\xef\xbb\xbfText\n",
    "CR": b"---\rname: %s\rdescription: d\r---\r\rText\r",
    "CR LF": b"\xef\xbb\xbf---\r\nname: %s\r\ndescription: d\r\n---\r\n\r\nText\r\nMore\r\n",
    "mixed line ends": b"---\r\nname: %s\ndescription: d\r---\n\rText\r\r\nMore",
    "dots": b"---\nname: %s\ndescription: d\n...\nText\n---\nnot the end\n---\n",
    "trailing blanks": b"--- \t\nname: %s\ndescription: d\n---  \t \nText  \n",
    "never closed": b"---\nname: %s\ndescription: d\n\nText\n",
    "a fence around the fields": b"```yaml\n---\nname: %s\ndescription: d\n---\n```\nText\n",
    "a fence around everything": b"```markdown\n---\nname: %s\ndescription: d\n---\nText 1\n```\n\n",
    "a block in the body": b"# BMAD\n\n```yaml\nagent:\n  name: %s\n  title: t\n```\n\nText\n",
    "too long": b"---\nname: %s\ndescription: d\nlong: " + b"x" * 70_000 + b"\n---\nText\n",
    "no text": b"---\nname: %s\ndescription: d\n---",
    "not UTF-8": b"---\nname: %s\ndescription: d\n---\nText \xe2\x80 \xff\xfe caf\xe9\r\n",
    "NUL": b"---\nname: %s\ndescription: d\n---\nText\x00\x00\r\n",
    "read in a wrong encoding": "---\nname: %s\ndescription: \u00f0\u0178\u0161\u00a8\n---\nBeware \u00f0\u0178\u0161\u00a8 d\u00c3\u00a9j\u00c3\u00a0 vu\n".encode(),
    "separators": "---\nname: %s\ndescription: d\n---\nOne\u2028two\u2029three\x0cfour\n".encode(),
    "markup": b"---\nname: %s\ndescription: d\n---\n</button><script>alert(1)</script> & \" '\n",
    "html": b"<!-- a -->\n---\nname: %s\ndescription: d\n---\nText\n",
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """Serves a site of unusual files below a folder with an apostrophe. Yields its folder and address."""
    top = tmp_path_factory.mktemp("odd")
    for place, data in enumerate(ODD.values()):
        (top / "agents" / f"{place:02}.md").parent.mkdir(exist_ok=True)
        (top / "agents" / f"{place:02}.md").write_bytes(data.replace(b"%s", b"odd-%02d" % place))
    (top / "agents" / "tool.agent.md").write_bytes(b"---\r\nname: odd-copilot\r\ndescription: d\r\n---\r\nText\r\n")
    (top / "agents" / "skill").mkdir()
    (top / "agents" / "skill" / "SKILL.md").write_bytes(b"\n---\nname: odd-skill\ndescription: d\n...\nText\n")
    (top / "agents" / "rule.mdc").write_bytes(b"---\ndescription: d\nglobs: **/*\n--- \nText\n")
    folder = top / "served" / "o'hara"
    result = build([top / "agents"], folder, "--no-search")
    assert result.returncode == 0, result.stderr
    with served_folder(top / "served") as address:
        yield folder, f"{address}/o'hara"


def copied(page, name):
    """The text that a button copies, before the system clipboard can change it."""
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { globalThis.copied = text; }}})")
    page.get_by_text("Install", exact=True).click()
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name="Copied", exact=True).wait_for()
    return page.evaluate("globalThis.copied")


def test_the_copied_prompt_equals_the_prompt_that_was_read(browser, odd):
    folder, address = odd
    # The comparison data hold the prompts as the program read them.
    prompts = {}
    for part in folder.glob("compare/agents.*.js"):
        text = part.read_text("utf-8")
        agents, _ = json.loads("[" + text[text.index("["):text.rindex("]") + 1] + "]")
        prompts |= {agent["id"]: agent["prompt"] for agent in agents}
    catalog = json.loads((folder / "catalog.json").read_text("utf-8"))
    assert len(catalog["agents"]) > 18 and {agent["url"].removesuffix(".html") for agent in catalog["agents"]} == set(prompts)
    for agent in catalog["agents"]:
        with opened(browser, f"{address}/{agent['url']}") as page:
            assert copied(page, "Copy prompt") == prompts[agent["url"].removesuffix(".html")], agent["source"]["path"]
            assert page.problems == []
    own = {name.rsplit("/", 1)[1]: prompt for name, prompt in prompts.items()}
    assert own["odd-04"] == "\nText\nMore\n" and own["odd-02"] == "\ufeffText\n" and own["odd-10"] == "Text 1\n"
    assert "\U0001f6a8 d\u00e9j\u00e0 vu" in own["odd-16"] and own["odd-15"] == "Text\ufffd\ufffd\n"


def test_the_copied_command_installs_the_agent_or_fails(browser, odd, tmp_path):
    folder, address = odd
    with opened(browser, f"{address}/agents/odd-copilot.html") as page:
        command = copied(page, "Copy install command")
    assert command.startswith("curl -fsSL --create-dirs -o ")
    result = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / ".github/agents/odd-copilot.agent.md").read_bytes() == source_of(folder, "odd-copilot").read_bytes()
    missing = command.replace("odd-copilot.md", "nobody.md").replace("odd-copilot.agent.md", "nobody.agent.md")
    assert subprocess.run(["sh", "-c", missing], cwd=tmp_path, capture_output=True).returncode != 0
    assert not (tmp_path / ".github/agents/nobody.agent.md").exists()


def test_a_missing_file_is_not_copied(browser, odd):
    _, address = odd
    with opened(browser, f"{address}/agents/odd-copilot.html") as page:
        page.route("**/odd-copilot.md", lambda route: route.fulfill(status=404, body="Not here"))
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { globalThis.copied = text; }}})")
        page.get_by_text("Install", exact=True).click()
        for name in ("Copy file", "Copy prompt"):
            page.get_by_role("button", name=name).click()
            page.get_by_role("button", name="Not copied").wait_for()
            page.get_by_role("button", name=name).wait_for()
        assert page.evaluate("globalThis.copied") is None
