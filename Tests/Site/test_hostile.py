"""A site built from hostile files, in a real browser: nothing in them runs, and pages contain only elements of Roster."""
import json
import re

import hostile
import pytest

from conftest import build
from browsers import opened
from test_filter import unfold

# Reports elements and attributes that Roster does not generate. They must come from a file.
LOOK_AT = r"""
(document, address, isRedirect = false) => {
  const tags = new Set(`html head meta title link script body a header nav ul li form input button main article h1 h2 h3 h4 h5 h6 p span i section
    div dl dt dd details summary aside figure figcaption pre code b em strong del ins sup ol blockquote table thead tbody tr th td br hr label output
    footer noscript mark meter time dialog kbd progress select option`.split(/\s+/));
  const drawn = new Set("svg a title line circle text".split(" "));
  const drawnAttributes = new Set("viewBox width height aria-label href tabindex class cx cy r x y x1 y1 x2 y2 stroke-width".split(" "));
  const attributes = new Set(`lang charset http-equiv content name property rel href type src class id tabindex dir      data-palette data-words data-search data-results data-answer data-kinds data-status data-list data-more data-raw data-due data-prompt data-path data-line data-invisible open data-scheme-switch hidden
    download aria-label aria-labelledby aria-hidden aria-current aria-keyshortcuts role title start checked disabled action method autocomplete
    placeholder spellcheck for scope colspan data-filter data-agents data-within data-root data-parts data-facets data-facet data-count data-value data-chips data-narrow data-menu
    data-needs-script datetime data-sort aria-expanded aria-controls aria-busy colspan data-limit data-runtime data-choose data-name data-ask required aria-haspopup aria-autocomplete aria-activedescendant aria-selected
    data-comparing data-prepared data-bar data-looks data-columns data-view defer aria-pressed aria-sort min max value data-item data-queue data-reviewing data-review data-digest`.split(/\s+/));
  const wrong = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    const isDrawn = element.namespaceURI === "http://www.w3.org/2000/svg" && element.closest("svg").matches(".clusters > figure > svg, .picture > svg");
    if (!(isDrawn ? drawn : tags).has(name) || (!isDrawn && element.namespaceURI !== "http://www.w3.org/1999/xhtml")) wrong.push(`<${name}>`);
    for (const attribute of element.attributes) {
      // Scripts measure bars that stay in view, and nothing else sets a style.
      const isMeasure = name === "html" && attribute.name === "style" && /^(--[a-z-]+: [\d.]+px; ?)+$/.test(attribute.value);
      if (!isMeasure && !(isDrawn ? drawnAttributes : attributes).has(attribute.name)) wrong.push(`<${name} ${attribute.name}>`);
      if (["href", "src", "action"].includes(attribute.name)) {
        const target = new URL(attribute.value, address);
        if (!["http:", "https:", "mailto:", "file:"].includes(target.protocol)) wrong.push(`${attribute.name}=${attribute.value}`);
        if (target.protocol === "file:" && !target.href.startsWith(SITE)) wrong.push(`${attribute.name}=${attribute.value}`);
        if (attribute.name !== "href" && target.protocol !== "file:") wrong.push(`${attribute.name}=${attribute.value}`);
      }
    }
    // What stands in a page is data, and nothing that a browser runs.
    if (name === "script" && !element.hasAttribute("src") && (element.type !== "application/ld+json" || element.textContent.includes("<"))) wrong.push("<script>");
    if (name === "script" && element.type === "application/ld+json") JSON.parse(element.textContent);
    if (name === "input" && !["checkbox", "search", "radio"].includes(element.type)) wrong.push("<input>");
  }
  const count = (selector) => document.querySelectorAll(selector).length;
  if (isRedirect) {
    if (count("body > main > p > a") !== 1 || count("body > *, main > *, main a") !== 3 || count("head *") > 12) wrong.push("more than a link");
    return wrong.filter((one) => one !== "<script data-href>");
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) wrong.push("two of one id: " + ids.filter((id, index) => ids.indexOf(id) !== index));
  if (count("main") !== 1 || count("h1") !== 1 || count("header.site") !== 1 || count("footer.site") !== 1) wrong.push("the frame");
  if (count("head *") !== document.head.children.length) wrong.push("the head");
  if (count("body meta, body link, body title:not(svg title), head form") || count("meta[http-equiv]") !== 1 || count("link") > 3) wrong.push("the head in the body");
  if (count("form") > 2 || count("[data-raw]") > 1 || count("[data-scheme-switch]") !== 1 || count("[data-filter]") > 1) wrong.push("the controls");
  if (document.querySelector("main")?.id !== "page:main" || document.title === "") wrong.push("the main part");
  return wrong;
}
"""
# The same for the open page.
LOOK = f"({LOOK_AT})(document, location.href)"
# The same for pages as they are parsed, before any script runs: addresses and texts.
LOOK_AT_TEXTS = f"""(pages) => {{
  const look = {LOOK_AT};
  return pages.map(([address, text]) => look(new DOMParser().parseFromString(text, "text/html"), address, text.includes('<body class="moved">')));
}}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    number = 0
    for path, content in hostile.files():
        target = folder / "sources" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        number += 1
    assert hostile.count() > 300 and number > 1000
    result = build([folder / "sources"], folder / "site")
    assert result.returncode == 0, result.stderr
    return folder / "site"


def addresses(site):
    """The addresses of all pages."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def test_every_file_is_there_and_none_stands_elsewhere(site):
    catalog = json.loads((site / "catalog.json").read_text("utf-8"))
    # Folders whose names start with a dot are ignored.
    seen = [path for path, _ in hostile.files() if not any(part.startswith(".") for part in path.split("/")[:-1])]
    assert len(catalog["agents"]) + len(catalog["documents"]) == len(set(seen)) > 1700
    assert {path.name for path in site.parent.iterdir()} == {"sources", "site"}
    for path in site.rglob("*"):
        assert not path.is_symlink() and len(path.relative_to(site).parts) <= 4 or ".roster" in path.parts


def test_no_page_contains_anything_else(browser, site):
    """Parses every page in the browser, without running its scripts. Opening them all would take ten times as long."""
    root = site.as_uri() + "/"
    look = LOOK_AT_TEXTS.replace("SITE", json.dumps(root))
    wrong = []
    pages = [address for address in addresses(site) if address != "404.html"]
    with opened(browser, "about:blank") as page:
        for start in range(0, len(pages), 50):
            part = pages[start:start + 50]
            found = page.evaluate(look, [(root + address, (site / address).read_text("utf-8")) for address in part])
            wrong += [(address, problems[:5]) for address, problems in zip(part, found) if problems]
    assert len(pages) > 4000
    assert not wrong, f"{len(wrong)} pages: {wrong[:8]}"


def test_no_page_runs_or_asks_for_anything(browser, site):
    """Opens every eighth page, and all pages of the whole catalog, one after another in one window."""
    root = site.as_uri() + "/"
    look = LOOK.replace("SITE", json.dumps(root))
    wrong = []
    chosen = [address for index, address in enumerate(addresses(site)) if index % 8 == 0 or "/" not in address]
    with opened(browser, root + "index.html") as page:
        for address in chosen:
            if address == "404.html":
                continue
            page.goto(root + address)
            found = page.evaluate(look)
            if found or page.problems:
                wrong.append((address, found[:5], page.problems[:3]))
            page.problems.clear()
        assert len(chosen) > 500
        assert not [request for request in page.requests if not request.startswith(root)]
    assert not wrong, f"{len(wrong)} pages: {wrong[:8]}"
    # The 404 page is shown at any address, so it looks for the assets in parent folders.
    own = {path.name for path in (site / "assets").iterdir()} | {"404.html"}
    tried = re.compile(r"(href|src)=(\.\./)+assets/(style|notFound)\.\w+\.(css|js)|the head in the body")
    with opened(browser, root + "404.html") as page:
        assert [found for found in page.evaluate(look) if not tried.fullmatch(found)] == [] and {request.rsplit("/", 1)[-1] for request in page.requests} <= own


@pytest.mark.parametrize(
    "change",
    [
        "document.body.append(document.createElement('img'))", "document.querySelector('h1').setAttribute('onclick', '1')",
        "document.querySelector('main a').href = 'javascript:1'", "document.querySelector('h1').style.color = 'red'",
        "document.querySelector('h1').id = 'page:main'", "document.querySelector('main a').href = 'file:///etc/passwd'",
    ],
)
def test_the_look_sees_what_it_is_for(browser, site, change):
    root = site.as_uri() + "/"
    with opened(browser, root + "compare/index.html") as page:
        assert page.evaluate(LOOK.replace("SITE", json.dumps(root))) == []
        page.evaluate(change)
        assert page.evaluate(LOOK.replace("SITE", json.dumps(root))) != []


def test_the_filter_shows_hostile_rows_as_text(browser, site):
    root = site.as_uri() + "/"
    look = LOOK.replace("SITE", json.dumps(root))
    with opened(browser, root + "index.html") as page:
        for words in ("alert", "script", "constructor", "__proto__", "onerror", "evil", "rows", "field-name"):
            page.fill("form.filter input", words)
            page.wait_for_timeout(400)
            assert page.evaluate("document.querySelectorAll('table.agents tbody tr').length") > 0, words
            assert page.evaluate(look) == [], words
        # All values of all facets, and selected values.
        page.fill("form.filter input", "")
        unfold(page)
        for facet in page.locator(".facets section[data-facet]").all():
            if facet.locator("button.plain").is_visible():
                facet.locator("button.plain").click()
                page.wait_for_timeout(150)
        for box in page.locator("section[data-facet=tags] input[type=checkbox]").all()[:12]:
            box.check()
        page.wait_for_timeout(300)
        assert page.locator(".chips li").count() > 12
        assert page.evaluate(look) == []
        page.reload()
        page.wait_for_timeout(500)
        assert page.locator(".chips li").count() > 12 and page.evaluate(look) == []
        assert page.problems == []
        assert not [request for request in page.requests if not request.startswith(root)]


def test_hostile_agents_are_compared_ranked_and_installed_as_text(browser, site):
    root = site.as_uri() + "/"
    look = LOOK.replace("SITE", json.dumps(root))
    catalog = json.loads((site / "catalog.json").read_text("utf-8"))
    ids = [agent["id"] for agent in catalog["agents"]]
    with opened(browser, root + "index.html") as page:
        for start in range(0, len(ids), 30):
            page.goto(f"{root}compare/index.html?with={','.join(ids[start:start + 30])}")
            page.wait_for_selector("[data-comparing] table.compare")
            assert [one for one in page.evaluate(look) if not one.startswith("two of one id")] == [], start
        page.goto(root + "search.html")
        for words in ("alert", "script onerror", "constructor __proto__", "evil"):
            page.fill("#page\\:q", words)
            page.wait_for_timeout(300)
            assert page.evaluate(look) == [], words
        page.goto(root + "index.html")
        for box in page.query_selector_all("input[data-choose]")[:20]:
            box.check()
        page.wait_for_timeout(300)
        assert page.evaluate(look) == [] and page.locator(".tray").count() == 1
        assert page.problems == []
        assert not [request for request in page.requests if not request.startswith(root)]


def test_data_are_data(site):
    catalog = json.loads((site / "catalog.json").read_text("utf-8"))
    lines = [json.loads(line) for line in (site / "catalog.ndjson").read_text("utf-8").split("\n") if line]
    assert lines == catalog["agents"]
    wanted = {payload for payload in hostile.PAYLOADS if len(payload) < 100}
    versions = {str(agent["fields"].get("version")) for agent in catalog["agents"]}
    # Only characters that YAML forbids, such as control characters, may differ.
    assert len(wanted & versions) > len(wanted) - 8
    scripts = [*(site / "filter").glob("*.js"), *(site / "compare").glob("*.js")]
    assert {path.name.split(".")[0] for path in scripts} == {"rows", "agents"}
    for path in scripts:
        text = path.read_text("utf-8")
        assert text.startswith(("rosterFilter.", "rosterChoice.")) and text.endswith(");\n")
        json.loads("[" + text[text.index(",") + 1 : -3] + "]")
