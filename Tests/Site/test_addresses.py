"""Addresses of pages: they don't change when sources are added or removed, and old addresses redirect."""
import json
import shutil
import subprocess

import pytest

from addresses import leads_to, page_of
from conftest import ROSTER, build, served_folder
from repositories import Repository
from browsers import opened

AGENT = "---\nname: {}\ndescription: Does a thing.\n---\n\n# Part\n\nBody of {}.\n"


def repository(folder, remote, *names):
    made = Repository(folder)
    for name in names:
        made.write(f".claude/agents/{name}.md")
    skill = made.folder / ".claude" / "skills" / "pdf" / "SKILL.md"
    skill.parent.mkdir(parents=True)
    skill.write_text(AGENT.format("pdf", "pdf"))
    made.commit(0)
    if remote:
        made.git("remote", "add", "origin", remote)
    return made.folder


def addresses(*sources, site, config=None):
    result = build(sources, site, "--no-search", *(["--config", config] if config else []))
    assert result.returncode == 0, result.stderr
    agents = json.loads((site / "catalog.json").read_text("utf-8"))["agents"]
    for agent in agents:
        page = site / agent["url"]
        assert leads_to(page) == page and (site / agent["raw"]).is_file()
    return {agent["url"] for agent in agents}


@pytest.fixture
def tools(tmp_path):
    return repository(tmp_path / "one", "https://github.com/acme/tools.git", "reviewer", "critic")


def test_addresses_come_from_the_remote_and_do_not_depend_on_other_sources(tools, tmp_path):
    alone = addresses(tools, site=tmp_path / "site")
    assert alone == {"agents/acme/tools/reviewer.html", "agents/acme/tools/critic.html", "skills/acme/tools/pdf.html"}
    other = repository(tmp_path / "tools", "git@gitlab.com:acme/platform/agents.git", "reviewer", "writer")
    third = tmp_path / "plain" / "tools"
    (third / "deep").mkdir(parents=True)
    (third / "deep" / "critic.md").write_text(AGENT.format("critic", "critic"))
    both = addresses(other, tools, third, site=tmp_path / "site")
    assert alone < both
    assert both - alone == {
        "agents/acme/platform/agents/reviewer.html", "agents/acme/platform/agents/writer.html", "skills/acme/platform/agents/pdf.html", "agents/tools/critic.html",
    }
    # A folder inside the repository gives the same addresses.
    assert addresses(tools / ".claude" / "agents", site=tmp_path / "part") == {address for address in alone if address.startswith("agents/")}


def test_the_address_of_a_name_redirects_or_lists_all_items(tools, tmp_path):
    other = repository(tmp_path / "two", None, "reviewer")
    addresses(tools, other, site=tmp_path / "site")
    assert page_of(tmp_path / "site", "critic").relative_to(tmp_path / "site").as_posix() == "agents/acme/tools/critic.html"
    listed = (tmp_path / "site" / "agents" / "reviewer.html").read_text("utf-8")
    assert 'href="acme/tools/reviewer.html"' in listed and 'href="two/reviewer.html"' in listed
    # Addresses of the first version.
    assert page_of(tmp_path / "site", "reviewer--two").read_text("utf-8") == (tmp_path / "site" / "agents" / "two" / "reviewer.html").read_text("utf-8")
    assert 'href="acme/tools/pdf.html"' in (tmp_path / "site" / "skills" / "pdf.html").read_text("utf-8")


def test_a_source_can_have_a_key(tools, tmp_path):
    config = tmp_path / "roster.yml"
    config.write_text(f"content:\n  - folder: {tools}\n    name: Tools\n    key: platform/shared tools\n")
    assert addresses(site=tmp_path / "site", config=config) == {
        f"{path}.html" for path in ("agents/platform/shared-tools/reviewer", "agents/platform/shared-tools/critic", "skills/platform/shared-tools/pdf")
    }
    config.write_text(f"content:\n  - folder: {tools}\n    key: /\n")
    result = build([], tmp_path / "site", "--config", config)
    assert result.returncode == 2 and "roster.yml:3:10: key must be a path such as acme/tools" in result.stderr


def test_clones_below_one_folder_have_their_own_addresses(tools, tmp_path):
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    shutil.move(tools, shelf / "a")
    repository(shelf / "b", "https://github.com/acme/other", "reviewer")
    assert addresses(shelf, site=tmp_path / "site") == {
        f"{path}.html" for path in ("agents/acme/tools/reviewer", "agents/acme/tools/critic", "skills/acme/tools/pdf", "agents/acme/other/reviewer", "skills/acme/other/pdf")
    }


def test_a_hostile_remote_stays_inside_the_site(tmp_path):
    made = repository(tmp_path / "one", "https://evil.example/../../<img src=x>/%2e%2e/con.git", "reviewer")
    found = addresses(made, site=tmp_path / "site")
    assert "agents/img-src-x/2e-2e/collection-con/reviewer.html" in found


def test_old_addresses_redirect_in_the_browser_and_keep_query_and_fragment(browser, tools, tmp_path):
    site = tmp_path / "site"
    addresses(tools, site=site)
    with served_folder(site) as served:
        for start in (served, site.as_uri()):
            with opened(browser, f"{start}/agents/critic.html#page:prompt") as page:
                page.wait_for_url(f"{start}/agents/acme/tools/critic.html#page:prompt")
            with opened(browser, f"{start}/agents/critic.html", java_script_enabled=False) as page:
                page.wait_for_url(f"{start}/agents/acme/tools/critic.html")
            with opened(browser, f"{start}/compare/index.html?with=critic,agents/acme/tools/reviewer") as page:
                page.wait_for_selector("[data-comparing] h1")
                assert page.locator("[data-comparing] h1").inner_text() == "critic and reviewer"
                # The prompts are identical, so one line replaces the differences.
                assert "Same prompt" in page.locator("[data-comparing]").inner_text()


def test_compare_accepts_short_names_and_addresses(tools):
    for name in ("critic", "agents/acme/tools/critic"):
        result = subprocess.run([ROSTER, "compare", name, "reviewer"], cwd=tools, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
