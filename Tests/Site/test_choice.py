"""Selecting agents in lists, to compare and install them: in a real browser, from disk and from a server."""
import json
import re
import shutil
import subprocess
import urllib.parse

import pytest

from addresses import page_of, source_of, sources_of
from conftest import ROSTER, build, served_folder
from browsers import follow, opened
from test_compare import prepared
from test_filter import until

BOXES = "table.agents input[data-choose]"


def text_of(sentences, own=""):
    return "\n".join(f"Sentence {number} of the prompt says {own if number in sentences else 'what'} is to be done." for number in range(24))


AGENTS = {
    "reader": ("tools: Read, Grep\nmodel: opus\ntags: [files]", "# Work\n\n" + text_of([]) + "\n\n# Style\n\nBe brief.\n"),
    "writer": ("tools: Read, Write\nmodel: opus\ntags: [files]", "# Style\n\nBe brief.\n\n# Work\n\n" + text_of([2, 9], "whatever") + "\n\n<script>alert(1)</script> & “more”\n"),
    "runner": ("permissionMode: bypassPermissions\nmodel: haiku\ntags: [files]", "# Work\n\nRun it – naïvely, 日本語.\n"),
    "second": ("tools: Bash\nmodel: haiku\ntags: [files]", "Another text.\n"),
    "größer-日本": ("tools: WebFetch\nmodel: opus\ntags: [files]", "# Über\n\nText.\n"),
    "stranger": ("tools: Read\nmodel: opus", "Nobody tags this one.\n"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("choice")
    for name, (fields, body) in AGENTS.items():
        (folder / f"{name}.md").write_text(f"---\nname: {name}\ndescription: 'The {name} does what a {name} does. Use it for that.'\n{fields}\n---\n\n{body}")
    (folder / "other").mkdir()
    (folder / "other" / "second.md").write_text("---\nname: second\ndescription: Also second.\ntools: Read\ntags: [files]\n---\n\nAnother text.\n")
    output = tmp_path_factory.mktemp("choice-site") / "site"
    assert build([folder], output, "--no-search").returncode == 0
    return output


@pytest.fixture
def server(site, tmp_path):
    shutil.copytree(site, tmp_path / "deep" / "er")
    with served_folder(tmp_path) as address:
        yield f"{address}/deep/er"


def box(page, name):
    return page.locator(f'input[data-choose$="/{name}"]')


def compared(page):
    page.wait_for_selector("[data-comparing] table.compare")
    return [head.inner_text().split("\n")[0] for head in page.query_selector_all(".compared > .scroll thead th.spine a")]


def test_three_are_ticked_on_a_tag_page_compared_and_copied(browser, site):
    with opened(browser, (site / "tags" / "files.html").as_uri()) as page:
        for name in ("reader", "writer", "runner"):
            box(page, name).check()
        tray = page.locator(".tray")
        assert "3 agents selected" in tray.inner_text()
        until(page, "document.querySelector('.tray .sum').textContent.includes('tokens')")
        said = tray.locator(".sum").inner_text()
        assert "of 15,000 tokens" in said and "Together: read, edit, run, web, delegate." in said and "Not all ask for permission" in said
        follow(tray.locator("a.go"))
        assert compared(page) == ["reader", "writer", "runner"]
        assert re.search(r"\?with=agents/[^/]+/reader,agents/[^/]+/writer,agents/[^/]+/runner$", page.url) and page.title().startswith("reader, writer and runner compared")
        rows = page.locator(".compared > .scroll tbody tr")
        count = rows.count()
        assert not page.locator("tr.same th", has_text="Tags").is_visible() and 0 < len([1 for row in rows.all() if row.is_visible()]) < count
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { globalThis.copied = text; }}})")
        page.get_by_role("button", name="Copy as Markdown").first.click()
        until(page, "!!globalThis.copied")
        copied = page.evaluate("copied").splitlines()
        assert copied[0] == "| Property | reader | writer | runner |" and not any(line.startswith("| Tags") for line in copied)
        assert any(line.startswith("| Model | opus | opus | haiku") for line in copied)
        # Rows of tools, and a field that only one agent has.
        cells = {row.query_selector("th > span").inner_text(): [cell.inner_text() for cell in row.query_selector_all("td")] for row in page.query_selector_all(".compared > .scroll tbody tr:not(.group)")}
        assert cells["Write"] == ["–", "allowed", "inherited"] and cells["Permission mode"] == ["not stated", "not stated", "bypassPermissions"]
        # The similarity of each pair.
        shares = [[cell.inner_text() for cell in row.query_selector_all("td")] for row in page.query_selector_all("table.pairs tbody tr")]
        assert shares[0][0] == "–" and shares[0][1] == shares[1][0] and re.fullmatch(r"\d\d%", shares[0][1]) and shares[0][2] == "0%"
        assert page.problems == []


def test_what_is_chosen_stays_while_one_browses_and_goes_when_it_is_cleared(browser, site):
    with opened(browser, (site / "index.html").as_uri()) as page:
        box(page, "reader").check()
        page.goto((site / "tags" / "files.html").as_uri())
        assert box(page, "reader").is_checked() and not box(page, "writer").is_checked()
        page.goto(page_of(site, "writer").as_uri())
        button = page.get_by_role("button", name="Select to compare")
        button.click()
        assert page.locator("button[data-choose]").get_attribute("aria-pressed") == "true"
        assert "2 agents selected" in page.locator(".tray").inner_text()
        page.locator(".tray button[title='Remove reader']").click()
        assert "1 agent selected" in page.locator(".tray").inner_text() and not page.locator(".tray a.go").is_visible()
        page.get_by_role("button", name="Clear").click()
        assert page.locator(".tray").count() == 0
        page.goto((site / "index.html").as_uri())
        assert page.locator(".tray").count() == 0 and page.locator(f"{BOXES}:checked").count() == 0


def test_rows_that_the_filter_shows_can_be_chosen(browser, site):
    with opened(browser, (site / "index.html").as_uri()) as page:
        page.fill("form.filter input", "writer")
        until(page, "document.querySelectorAll('table.agents tbody tr').length === 1")
        box(page, "writer").check()
        page.fill("form.filter input", "")
        until(page, "document.querySelectorAll('table.agents tbody tr').length > 3")
        assert box(page, "writer").is_checked()


def test_where_the_browser_keeps_nothing_choosing_works_on_the_page(browser, site):
    with opened(browser, "about:blank") as page:
        page.add_init_script("Object.defineProperty(globalThis, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError'); }})")
        page.goto((site / "tags" / "files.html").as_uri())
        box(page, "reader").check()
        box(page, "größer-日本").check()
        follow(page.locator(".tray a.go"))
        assert compared(page) == ["reader", "größer-日本"]
        assert page.problems == []


def test_an_address_of_agents_that_are_not_there_says_so_kindly(browser, site):
    index = (site / "compare" / "index.html").as_uri()
    with opened(browser, index + "?with=reader,nobody,writer") as page:
        assert compared(page) == ["reader", "writer"]
        assert "There is no agent “nobody” in this catalog." in page.locator(".missing").inner_text()
        assert page.problems == []
    with opened(browser, index + "?with=nobody") as page:
        page.wait_for_selector(".missing")
        assert page.locator("[data-prepared]").is_visible() and "Select two or more agents in any list" in page.locator("[data-comparing]").inner_text()
    with opened(browser, index + "?with=" + urllib.parse.quote("<img src=x onerror=alert(1)>,reader,writer")) as page:
        assert compared(page) == ["reader", "writer"] and page.problems == []
    with opened(browser, index) as page:
        assert not page.locator("[data-comparing]").is_visible()


def test_two_of_one_name_are_said_to_hide_each_other(browser, site):
    ids = [agent["id"] for agent in json.loads((site / "catalog.json").read_text())["agents"] if agent["name"] == "second"]
    assert len(ids) == 2
    with opened(browser, (site / "compare" / "index.html").as_uri() + "?with=" + ",".join(ids)) as page:
        compared(page)
        assert "Several agents are named second." in page.locator(".sums").inner_text()
        command = page.locator("[data-comparing] pre").text_content()
        assert len(set(re.findall(r"'([^']*\.claude/agents/[^']*)'", command))) == 2


def test_the_install_command_installs_what_was_chosen(browser, site, server, tmp_path):
    """With curl from a server and cp from disk, the installed files are byte for byte the same."""
    home = tmp_path / "a project"
    for number, start in enumerate((server + "/compare/index.html", (site / "compare" / "index.html").as_uri())):
        with opened(browser, start + "?with=reader,größer-日本,runner") as page:
            compared(page)
            command = page.locator("[data-comparing] pre").text_content()
        folder = home / str(number)
        folder.mkdir(parents=True)
        result = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True)
        assert result.returncode == 0, (command, result.stderr)
        installed = sorted((folder / ".claude" / "agents").iterdir())
        assert [path.name for path in installed] == ["größer-日本.md", "reader.md", "runner.md"]
        for path in installed:
            assert path.read_bytes() == source_of(site, path.stem).read_bytes()


def test_without_javascript_prepared_comparisons_are_there(browser, site):
    with opened(browser, (site / "tags" / "files.html").as_uri(), java_script_enabled=False) as page:
        assert page.locator(BOXES).count() == 0 and page.locator(".tray").count() == 0
        follow(page.get_by_role("link", name="Compare", exact=True))
        assert page.locator("[data-prepared]").is_visible()
        follow(page.locator("table.groups a").first)
        assert page.locator("table.compare").first.is_visible()


DRAWN = """() => {
  const text = (query) => [...document.querySelectorAll(query)].map((one) => one.innerText.replace(/\\s+/g, " ").trim());
  const marked = (query) => [...document.querySelectorAll(query)].map((one) => one.innerHTML.replace(/\\s+/g, " "));
  return {
    lead: text(".lead").slice(0, 1), summary: marked(".differences > p.quiet").map((one) => one.replace(/ <a .*/, "")),
    titles: text(".differences .part h3"), lines: marked(".differences .part .lines > .line"),
    folds: text(".differences .fold > :first-child"),
    rows: [...document.querySelectorAll(".compared > .scroll tbody tr")].map((row) => row.className + " " + row.textContent.replace("Show more", "").replace(/\\s+/g, " ")),
  };
}"""


@pytest.mark.parametrize("name", ["content_site", "hard_site", "seeds_site", "corpora_site"])
def test_the_browser_draws_two_as_the_program_does(request, browser, name):
    """Checks every tenth page for the largest catalog, and every page for the others."""
    folder = request.getfixturevalue(name).folder
    pages = prepared(folder)
    assert pages
    with opened(browser, "about:blank") as page:
        for two in pages[:: 10 if len(pages) > 100 else 1]:
            ids = re.findall(r'<th scope="col" class="spine [^"]*"><div class="cell"><a href="\.\./(agents/[^"]+)\.html">', two.read_text())[:2]
            page.goto(two.as_uri())
            expected = page.evaluate(DRAWN)
            page.goto((folder / "compare" / "index.html").as_uri() + "?with=" + ",".join(ids))
            page.wait_for_selector("[data-comparing] .compared")
            drawn = page.evaluate(DRAWN)
            for part in expected:
                assert drawn[part] == expected[part], (two.name, part)
        assert page.problems == []


def test_the_browsers_diff_gives_either_text_back(browser, site):
    """The diff of two random texts contains both: removed and equal lines are the first, added and equal ones the second."""
    with opened(browser, (site / "compare" / "index.html").as_uri()) as page:
        failure = page.evaluate("""() => {
          let seed = 7;
          const random = (limit) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor((seed / 2147483648) * limit); };
          const words = ["a", "b", "Über", "naïve", "日本", "e\\u0301", "👩‍👩‍👧", " ", "  ", ",", "-", "the end", "\\t", "", "1.", "<b>"];
          const line = () => Array.from({ length: random(8) }, () => words[random(words.length)]).join(" ");
          for (let round = 0; round < 400; round += 1) {
            const left = Array.from({ length: random(30) }, line);
            const right = random(3) ? left.flatMap((one) => (random(6) ? [one] : random(2) ? [] : [line(), one + " more"])) : Array.from({ length: random(30) }, line);
            const blocks = rosterDifference.text(left, right);
            const side = (skip, own) => blocks.flatMap((block) => (block.kind === skip ? [] : block.kind === "changed" ? [block.pieces.filter(([whose]) => whose === "both" || whose === own).map(([, text]) => text).join("")] : block.lines));
            if (JSON.stringify(side("added", "left")) !== JSON.stringify(left)) return { left, right };
            if (JSON.stringify(side("removed", "right")) !== JSON.stringify(right)) return { left, right };
          }
          return null;
        }""")
        assert failure is None


def test_rows_of_a_comparison_are_sorted_by_a_column(browser, site):
    with opened(browser, (site / "compare" / "index.html").as_uri() + "?with=reader,writer,runner") as page:
        compared(page)
        titles = lambda: [head.inner_text() for head in page.query_selector_all("#page\\:sections ~ .scroll tbody th")]
        assert titles() == ["Work", "Style"]
        page.get_by_role("button", name="Sort the rows by runner").nth(1).click()
        assert titles() == ["Style", "Work"]
        page.get_by_role("button", name="Sort the rows by runner").nth(1).click()
        assert titles() == ["Work", "Style"]


# Overlapping descriptions

def test_descriptions_that_overlap_are_listed_and_compared(browser, corpora_site):
    with opened(browser, (corpora_site.folder / "overlaps.html").as_uri()) as page:
        rows = page.locator(".rivals tbody tr")
        assert rows.count() > 50
        shares = [int(text.split("%")[0]) for text in page.locator(".rivals td.number").all_inner_texts()]
        assert shares == sorted(shares, reverse=True) and shares[-1] >= 50
        follow(rows.first.locator("td.number a"))
        assert "/compare/" in page.url


# The HTML format of the command

def test_a_comparison_as_a_page_of_its_own(browser, site, tmp_path):
    sources = tmp_path / "agents"
    sources.mkdir()
    for source in sources_of(site):
        shutil.copy(source, sources)
    for number, names in enumerate((["reader.md", "writer.md"], ["reader.md", "writer.md", "runner.md"])):
        result = subprocess.run([ROSTER, "compare", *names, "--format", "html"], cwd=sources, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        target = tmp_path / f"{number}.html"
        target.write_text(result.stdout)
        with opened(browser, target.as_uri()) as page:
            assert len(page.query_selector_all(".compared > .scroll thead th.spine")) == len(names)
            assert (page.locator("section.differences:not(.family)").count() == 1) == (len(names) == 2)
            assert page.locator("a").count() == 0 and page.problems == []
            assert len(page.requests) == 1
            assert page.locator("tr.same").first.is_visible()
            page.get_by_label("Show differences only").check()
            assert not page.locator("tr.same").first.is_visible()
            assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") != "400"
