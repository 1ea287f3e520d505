"""Invisible characters: none stays invisible on a page, in data or in a report."""
import html
import json
import re
import subprocess

import pytest

import hidden
from conftest import ROSTER, Site, build, review
from repositories import Repository
from browsers import opened

# The title, text nodes and attribute values of a page.
TEXTS = """() => {
  const texts = [document.title];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
    else for (const one of node.attributes) texts.push(one.value);
  }
  return texts.join("\\n");
}"""


def write(folder, files):
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = Repository(tmp_path_factory.mktemp("hidden") / "repository")
    write(made.folder / "agents", hidden.files())
    # A character that is in no agent.
    sign = "\u206b"
    plugin = {"name": f"p{sign}q", "description": f"d{sign}e", "version": f"1{sign}2", "author": {"name": f"a{sign}b"}}
    write(made.folder / "agents/plugin", [(".claude-plugin/plugin.json", json.dumps(plugin).encode()), ("agents/x.md", hidden.agent(["name: x", "description: X."]))])
    settings = {"title": f"T{sign}U", "description": f"D{sign}E", "footer": f"F{sign}G", "base-url": "https://example.org/", "compare": {"pinned": [{"title": f"P{sign}Q", "agents": ["body-1", "body-2"]}]}}
    (made.folder / "roster.yml").write_text(json.dumps(settings))
    made.git("add", "-A")
    made.git("commit", "-qm", f"subject{sign}tcejbus", author=f"Eve{sign}evE")
    folder = tmp_path_factory.mktemp("sites") / "hidden"
    result = build([made.folder / "agents"], folder, "--config", made.folder / "roster.yml")
    assert result.returncode == 0, result.stderr
    built = Site(folder, [made.folder / "agents"], result)
    built.repository = made
    return built


def is_source(site, path):
    return path.suffix == ".md" or ".roster" in path.parts


def test_no_file_of_the_site_contains_an_invisible_character(site):
    found = {}
    for path in site.folder.rglob("*"):
        if not path.is_file() or is_source(site, path):
            continue
        name = str(path.relative_to(site.folder))
        if hidden.hidden_in(name):
            found[name] = "in its address"
        signs = hidden.hidden_in(path.read_text("utf-8")) if path.suffix != ".woff2" else ""
        if signs:
            found[name] = signs
    assert not found, dict(list(found.items())[:10])


def test_each_character_is_labelled_on_the_pages_of_its_agents(site):
    catalog = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    pages = {agent["source"]["path"]: html.unescape((site.folder / agent["url"]).read_text("utf-8")).split("</footer>")[0] for agent in catalog["agents"]}
    for number, (sign, label) in enumerate(hidden.CHARACTERS.items()):
        body = pages[f"bodies/{number}.md"]
        chip = f">{label}</span>"
        # In headings, links, code, tables, quotations, lists, comments and definitions.
        assert body.count(chip) > 40, (label, body.count(chip))
        version = pages[f"fields/version-{number}.md"].split("<dt>version", 1)[1].split("</dd>")[0]
        assert "<dd>say<span" in version and version.endswith(chip + "it"), label
        assert pages[f"lists/{number}.md"].count(chip) > 10, label
        name = pages[f"fields/name-{number}.md"]
        assert f"<title>say[{label}]it" in name, label
        assert name.split("<h1", 1)[1].split("</h1>")[0].count(chip) == 1, label


def test_characters_that_emoji_and_scripts_need_stay(site):
    catalog = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    page = next(agent["url"] for agent in catalog["agents"] if agent["source"]["path"] == "needed.md")
    text = (site.folder / page).read_text("utf-8").split("</article>")[0]
    for needed in hidden.NEEDED:
        assert text.count(needed) >= 2, needed
    assert 'class="unseen' not in text.split('<section class="prompt"')[1].split("<aside")[0]


def test_data_and_downloads_keep_the_characters(site):
    catalog = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    by_path = {agent["source"]["path"]: agent for agent in catalog["agents"]}
    for number, sign in enumerate(hidden.CHARACTERS):
        agent = by_path[f"fields/version-{number}.md"]
        assert agent["fields"]["version"] == f"say{sign}it"
        source = site.sources[0] / "fields" / f"version-{number}.md"
        assert (site.folder / agent["raw"]).read_bytes() == source.read_bytes()


def test_data_that_pages_display_contain_labels(site):
    scripts = [*(site.folder / "filter").glob("*.js"), *(site.folder / "compare").glob("*.js")]
    assert scripts
    for path in scripts:
        text = path.read_text("utf-8")
        for agent in json.loads("[" + text[text.index(",") + 1 : -3] + "]")[-1]:
            if isinstance(agent, dict):
                # The browser compares the original prompts and labels the characters when it displays them.
                agent.pop("prompt")
            assert hidden.hidden_in(json.dumps(agent, ensure_ascii=False)) == [], path


def test_no_character_is_invisible_in_the_browser(browser, site):
    catalog = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    ids = {agent["source"]["path"]: agent["id"] for agent in catalog["agents"]}
    with opened(browser, (site.folder / "index.html").as_uri()) as page:
        page.fill("#page\\:filter", "say it")
        page.wait_for_function("document.querySelector('form.filter output').textContent.includes(' of ')")
        page.wait_for_timeout(300)
        assert hidden.hidden_in(page.evaluate(TEXTS)) == []
        page.goto((site.folder / "search.html").as_uri() + "?q=say+it")
        page.wait_for_selector(".results li")
        assert hidden.hidden_in(page.evaluate(TEXTS)) == []
        for number in range(len(hidden.CHARACTERS)):
            wanted = [ids[f"pairs/left-{number}.md"], ids[f"pairs/right-{number}.md"]]
            page.goto((site.folder / "compare/index.html").as_uri() + "?with=" + ",".join(wanted))
            page.wait_for_selector("[data-comparing] .lines")
            assert hidden.hidden_in(page.evaluate(TEXTS)) == [], number
            assert page.locator(".lines .unseen").count() >= 2, number
        page.goto((site.folder / "compare/index.html").as_uri() + "?with=" + ",".join(ids[f"lists/{number}.md"] for number in range(5)))
        page.wait_for_selector("[data-comparing] table.compare")
        page.check("input[data-choose]") if page.query_selector("input[data-choose]") else None
        assert hidden.hidden_in(page.evaluate(TEXTS)) == []
        assert page.problems == []


def test_the_browser_and_the_program_add_the_same_labels(browser, site):
    """Compares prebuilt comparison pages with the same comparisons made in the browser."""
    catalog = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    ids = {agent["source"]["path"]: agent["id"] for agent in catalog["agents"]}
    lines = "[...document.querySelectorAll('.differences .lines > .line')].map((line) => line.innerHTML)"
    compared = 0
    with opened(browser, (site.folder / "index.html").as_uri()) as page:
        for number in range(len(hidden.CHARACTERS)):
            left, right = ids[f"pairs/left-{number}.md"], ids[f"pairs/right-{number}.md"]
            prepared = site.folder / "compare" / f"{left}-vs-{right}.html"
            if not prepared.is_file():
                continue
            page.goto(prepared.as_uri())
            own = page.evaluate(lines)
            page.goto((site.folder / "compare/index.html").as_uri() + f"?with={left},{right}")
            page.wait_for_selector("[data-comparing] .lines")
            assert page.evaluate(lines) == own, number
            compared += 1
    assert compared > 30


def test_direction_controls_do_not_reorder_the_text_beside_them(browser, site):
    """A control shows its label, and the words around it keep their order."""
    catalog = json.loads((site.folder / "catalog.json").read_text("utf-8"))
    number = list(hidden.CHARACTERS).index("\u202e")
    url = next(agent["url"] for agent in catalog["agents"] if agent["source"]["path"] == f"fields/description-{number}.md")
    with opened(browser, (site.folder / url).as_uri()) as page:
        places = page.evaluate("""() => {
          const lead = document.querySelector("p.lead");
          const range = document.createRange();
          return [...lead.childNodes].map((node) => { range.selectNodeContents(node); return [node.textContent, range.getBoundingClientRect().left]; });
        }""")
    assert [text for text, _ in places] == ["say", "U+202E", "it"]
    assert sorted(left for _, left in places) == [left for _, left in places]


def test_reports_and_lists_label_invisible_characters(site, tmp_path):
    source = site.sources[0]
    for arguments in (["check", source], ["list", source], ["list", source, "--format", "csv"], ["stats", source, "--format", "csv"], ["check", source, "--format", "github"]):
        text = subprocess.run([ROSTER, *arguments], capture_output=True, cwd=tmp_path).stdout.decode()
        # GitHub needs the real path of the file in an annotation.
        text = re.sub(r"::\w+ file=[^,]*,", "", text)
        assert len(text) > 1000 and hidden.hidden_in(text) == [], arguments
    for arguments in (["check", source, "--format", "json"], ["check", source, "--format", "sarif"], ["list", source, "--format", "json"]):
        text = subprocess.run([ROSTER, *arguments], capture_output=True, cwd=tmp_path).stdout.decode()
        json.loads(text)
        assert hidden.hidden_in(text) == [], arguments
    number = list(hidden.CHARACTERS).index("\u202e")
    for form in ("text", "markdown", "json", "html"):
        text = subprocess.run([ROSTER, "compare", f"left-{number}", f"right-{number}", "--from", source, "--format", form], capture_output=True, cwd=tmp_path)
        assert text.returncode in (0, 1), text.stderr
        assert hidden.hidden_in(text.stdout.decode()) == [], form


def test_a_review_labels_invisible_characters(browser, site, tmp_path):
    made = Repository(tmp_path / "repository")
    made.write("agents/a.md", "\n".join(f"Line {number}." for number in range(12)), fields="tools: Read\nmodel: opus")
    made.commit(0)
    made.git("checkout", "-qb", "feature")
    for number, (sign, _) in enumerate(hidden.CHARACTERS.items()):
        text = f"say{sign}it"
        made.write(f"agents/new-{number}.md", f"# {text}\n\nRun `{text}` and see https://example.org/{text}.\n", fields=f"tools: {json.dumps([text])}\nmodel: {json.dumps(text)}\nowner: {json.dumps(text)}")
    changed = "\n".join(f"Line {number}{sign}." for number, sign in enumerate(hidden.CHARACTERS))
    made.write("agents/a.md", changed, fields="tools: \"Re\u200bad, Bash\u202e\"\nmodel: \"op\u202eus\"")
    write(made.folder / "agents", [("note\u202e.md", "# n\u202eo\n".encode())])
    made.commit(1)
    result = review(made, "main", "agents", "--summary", tmp_path / "summary.md", "--fail-on", "never", output=tmp_path / "review")
    assert result.returncode == 0, result.stderr
    assert hidden.hidden_in(result.stdout) == [] and hidden.hidden_in((tmp_path / "summary.md").read_text("utf-8")) == []
    for path in (tmp_path / "review").rglob("*"):
        if path.is_file() and path.suffix != ".woff2" and not is_source(None, path):
            assert hidden.hidden_in(path.read_text("utf-8")) == [], path
    page = html.unescape((tmp_path / "review/agents/a.html").read_text("utf-8"))
    for label in hidden.CHARACTERS.values():
        assert f">{label}</span>" in page, label
