"""Links to files, commits and owners on the servers of repositories."""
import json
import subprocess

import lxml.html
import pytest

from addresses import page_of
from conftest import build
from repositories import Repository
from test_repositories import Fleet


def repository(folder, remote, *names):
    made = Repository(folder)
    for name in names:
        made.write(f".claude/agents/{name}.md")
    made.commit(0)
    made.git("remote", "add", "origin", remote)
    made.git("update-ref", "refs/remotes/origin/main", "main")
    return made


def links(page):
    tree = lxml.html.fromstring(page.read_text("utf-8"))
    return {link.text_content(): link.get("href") for link in tree.cssselect(".actions a")}


def built(tmp_path, *sources, config=None):
    site = tmp_path / "site"
    if config is not None:
        (tmp_path / "roster.yml").write_text(config)
    result = build(sources, site, "--no-search", *(["--config", tmp_path / "roster.yml"] if config is not None else []))
    assert result.returncode == 0, result.stderr
    return site


@pytest.fixture
def two(tmp_path):
    tools = repository(tmp_path / "tools", "https://ada:s3cret-token@github.com/acme/tools.git", "reviewer")
    web = repository(tmp_path / "web", "ssh://git@gitlab.acme.com:2222/acme/web/agents.git", "designer")
    return tools, web


def test_each_repository_links_to_its_own_server(two, tmp_path):
    tools, web = two
    skill = web.folder / ".claude" / "skills" / "pdf"
    (skill / "scripts").mkdir(parents=True)
    (skill / "SKILL.md").write_text("---\nname: pdf\ndescription: Reads PDFs.\n---\nSee [the notes](../../../docs/pdf.md) and run scripts/run.sh.\n")
    (skill / "scripts" / "run.sh").write_text("echo 1\n")
    web.commit(1)
    site = built(tmp_path, tools.folder, web.folder)
    assert links(page_of(site, "reviewer")) == {"Download": "reviewer.md", "Use it in another runtime": "#page:ports"} | {
        "View source": "https://github.com/acme/tools/blob/main/.claude/agents/reviewer.md", "Edit": "https://github.com/acme/tools/edit/main/.claude/agents/reviewer.md",
    }
    assert links(page_of(site, "designer"))["View source"] == "https://gitlab.acme.com/acme/web/agents/-/blob/main/.claude/agents/designer.md"
    pdf = page_of(site, "pdf", "skills")
    assert 'href="https://gitlab.acme.com/acme/web/agents/-/blob/main/docs/pdf.md"' in pdf.read_text("utf-8")
    assert "/-/blob/main/.claude/skills/pdf/scripts/run.sh" in next((site / "skills").rglob("*run.sh*.html")).read_text("utf-8")
    commits = [(repository.git("rev-parse", f"main{back}").strip(), address) for repository, back, address in ((tools, "", "https://github.com/acme/tools/commit/"), (web, "~1", "https://gitlab.acme.com/acme/web/agents/-/commit/"))]
    changes = (site / "changes.html").read_text("utf-8")
    for commit, address in commits:
        assert f'href="{address}{commit}"' in changes
    assert f'href="{commits[0][1]}{commits[0][0]}"' in page_of(site, "reviewer").read_text("utf-8")
    for file in site.rglob("*"):
        assert not file.is_file() or b"s3cret" not in file.read_bytes(), file


def test_removed_items_link_to_the_commit_on_their_server(two, tmp_path):
    tools, web = two
    web.write(".claude/agents/gone.md")
    web.commit(1)
    web.git("rm", "-q", ".claude/agents/gone.md")
    commit = web.commit(2)
    site = built(tmp_path, tools.folder, web.folder)
    address = f"https://gitlab.acme.com/acme/web/agents/-/commit/{commit}"
    assert address in (site / "agents" / "acme" / "web" / "agents" / "gone.html").read_text("utf-8")
    # The commit touched no file that still exists.
    assert address in (site / "changes.html").read_text("utf-8")


def test_settings_override_the_derived_links(two, tmp_path):
    tools, web = two
    content = f"content:\n  - {tools.folder}\n  - folder: {web.folder}\n    source-url: https://code.acme.example/web/blob/main/{{path}}\n"
    site = built(tmp_path, config=content)
    assert links(page_of(site, "reviewer"))["View source"].startswith("https://github.com/acme/tools/blob/main/")
    assert links(page_of(site, "designer"))["View source"] == "https://code.acme.example/web/blob/main/.claude/agents/designer.md"
    assert "https://code.acme.example/web/commit/" in page_of(site, "designer").read_text("utf-8")
    site = built(tmp_path, config=content + "source-url: https://all.example/{path}\n")
    assert links(page_of(site, "reviewer"))["View source"] == "https://all.example/.claude/agents/reviewer.md"
    assert links(page_of(site, "designer"))["View source"].startswith("https://code.acme.example/")
    site = built(tmp_path, config=content.replace("https://code.acme.example/web/blob/main/{path}", "off"))
    assert "View source" in links(page_of(site, "reviewer")) and "View source" not in links(page_of(site, "designer"))
    site = built(tmp_path, config=f"content: [{tools.folder}, {web.folder}]\nsource-url: off\n")
    for file in site.rglob("*.html"):
        assert "github.com" not in file.read_text("utf-8") and "gitlab.acme.com" not in file.read_text("utf-8"), file


def test_a_source_without_links_has_none_from_the_catalog(two, tmp_path):
    tools, web = two
    config = f"content:\n  - {tools.folder}\n  - folder: {web.folder}\n    source-url: off\n"
    site = built(tmp_path, config=config + "source-url: https://all.example/blob/main/{path}\n")
    assert "Edit" in links(page_of(site, "reviewer")) and "https://all.example/commit/" in page_of(site, "reviewer").read_text("utf-8")
    assert not {"View source", "Edit"} & links(page_of(site, "designer")).keys()
    assert "all.example" not in page_of(site, "designer").read_text("utf-8")
    site = built(tmp_path, config=config + "commit-url: https://all.example/commit/{revision}\n")
    assert "all.example" in page_of(site, "reviewer").read_text("utf-8") and "all.example" not in page_of(site, "designer").read_text("utf-8")


def test_names_of_folders_say_nothing_about_the_server(tmp_path):
    made = Repository(tmp_path / "shelf")
    made.write(".claude-plugin/marketplace.json", json.dumps({"name": "shelf", "owner": {"name": "Acme"}, "plugins": [{"name": "first", "source": "./src/blob/tree/a b"}]}).encode())
    made.write("src/blob/tree/a b/agents/helper.md")
    commit = made.commit(0)
    config = f"content:\n  - folder: {made.folder}\n    source-url: https://code.acme.example/shelf/raw/{{path}}\n"
    page = page_of(built(tmp_path, config=config), "helper")
    found = links(page)
    assert found["View source"] == "https://code.acme.example/shelf/raw/src/blob/tree/a%20b/agents/helper.md" and "Edit" not in found
    assert commit not in page.read_text("utf-8")
    # A configured address wins over a derived one.
    config = config.replace("/raw/", "/blob/main/")
    assert f"https://code.acme.example/shelf/commit/{commit}" in page_of(built(tmp_path, config=config), "helper").read_text("utf-8")
    page = page_of(built(tmp_path, config=config + "commit-url: https://commits.example/{revision}\n"), "helper").read_text("utf-8")
    assert f"https://commits.example/{commit}" in page and "/shelf/commit/" not in page


def test_a_folder_beside_a_linked_folder_links_to_its_own_place(tmp_path):
    made = repository(tmp_path / "tools", "https://github.com/acme/tools", "unused")
    made.git("rm", "-qr", ".claude")
    made.write("shared/agents/reviewer.md")
    made.write(".claude/commands/deploy.md")
    made.write(".claude/skills/pdf/SKILL.md", b"---\nname: pdf\ndescription: Reads PDFs.\n---\nRead it.\n")
    (made.folder / ".claude" / "agents").symlink_to("../shared/agents")
    made.commit(1)
    site = built(tmp_path, made.folder)
    for name, kind, path in (("reviewer", "agents", "shared/agents/reviewer.md"), ("deploy", "commands", ".claude/commands/deploy.md"), ("pdf", "skills", ".claude/skills/pdf/SKILL.md")):
        assert links(page_of(site, name, kind))["View source"] == f"https://github.com/acme/tools/blob/main/{path}"


def test_a_pattern_of_a_source_is_about_its_folder(tmp_path):
    shelf = tmp_path / "shelf"
    (shelf / "one" / "agents").mkdir(parents=True)
    (shelf / ".claude-plugin").mkdir()
    (shelf / ".claude-plugin" / "marketplace.json").write_text(json.dumps({"name": "shelf", "owner": {"name": "Acme"}, "plugins": [{"name": "first", "source": "./one"}]}))
    (shelf / "one" / "agents" / "helper.md").write_text("---\nname: helper\ndescription: Helps.\n---\nHelp.\n")
    site = built(tmp_path, config=f"content:\n  - folder: {shelf}\n    source-url: https://code.acme.example/shelf/raw/{{path}}\n")
    assert links(page_of(site, "helper"))["View source"] == "https://code.acme.example/shelf/raw/one/agents/helper.md"


def test_passwords_in_settings_are_refused(tmp_path, two):
    for config in ("source-url: https://ada:s3cret@code.example/{path}\n", f"content:\n  - folder: {two[0].folder}\n    source-url: https://ada@code.example/{{path}}\n"):
        (tmp_path / "roster.yml").write_text(config)
        result = build([], tmp_path / "site", "--config", tmp_path / "roster.yml")
        assert result.returncode == 2 and "source-url is published, so it must hold no user name or password" in result.stderr


def test_a_fetched_repository_links_to_the_state_that_was_read(tmp_path):
    fleet = Fleet(tmp_path)
    made = fleet.add("tools")
    made.git("tag", "-am", "One", "v1")
    made.git("branch", "topic/new")
    made.git("push", "-q", str(tmp_path / "served" / "tools.git"), "v1", "topic/new")
    (tmp_path / "gitconfig").write_text(f'[url "file://{tmp_path}/served/tools.git"]\n\tinsteadOf = https://gitlab.com/acme/tools.git\n')
    head = made.git("rev-parse", "main").strip()
    for ref, name, can_edit in ((None, head, False), ("main", "main", True), ("topic/new", "topic/new", True), ("v1", "v1", False), (head, head, False)):
        (fleet.home / "roster.yml").write_text("content:\n  - git: https://gitlab.com/acme/tools.git\n" + (f"    ref: {ref}\n" if ref else ""))
        result = fleet.build("--fetch", environment={"GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig")})
        assert result.returncode == 0, result.stderr
        found = links(page_of(fleet.home / "Output", "reviewer"))
        assert found["View source"] == f"https://gitlab.com/acme/tools/-/blob/{name}/.claude/agents/reviewer.md"
        assert ("Edit" in found) == can_edit
        # A failed fetch leaves the copy and its links as they are.
        served = tmp_path / "served"
        served.rename(tmp_path / "away")
        result = fleet.build("--fetch", environment={"GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig")})
        assert "cannot be fetched, and its last copy is used" in result.stderr
        assert links(page_of(fleet.home / "Output", "reviewer")) == found
        (tmp_path / "away").rename(served)


def test_another_remote_changes_the_pages(two, tmp_path):
    tools, _ = two
    site = built(tmp_path, tools.folder)
    tools.git("remote", "set-url", "origin", "https://codeberg.org/acme/tools")
    built(tmp_path, tools.folder)
    assert links(page_of(site, "reviewer"))["View source"] == "https://codeberg.org/acme/tools/src/branch/main/.claude/agents/reviewer.md"
    fresh = tmp_path / "fresh"
    assert build([tools.folder], fresh, "--no-search").returncode == 0
    assert subprocess.run(["diff", "-r", "-x", ".roster", site, fresh], capture_output=True, text=True).stdout == ""


def contacts(page, selector):
    return {link.text_content(): link.get("href") for link in lxml.html.fromstring(page.read_text("utf-8")).cssselect(selector)}


def test_owners_have_links_on_their_own_server_only(two, tmp_path):
    tools, web = two
    plain = Repository(tmp_path / "plain")
    plain.write(".claude/agents/writer.md")
    for made in (tools, web, plain):
        (made.folder / "CODEOWNERS").write_text("* @acme/payments pay@acme.example @@maintainer @<b>\n")
        made.commit(3)
    site = built(tmp_path, tools.folder, web.folder, plain.folder)
    mail = "mailto:pay@acme.example"
    assert contacts(page_of(site, "reviewer"), ".facts a.contact") == {"github.com": "https://github.com/orgs/acme/teams/payments", "Email": mail}
    assert contacts(page_of(site, "designer"), ".facts a.contact") == {"gitlab.acme.com": "https://gitlab.acme.com/acme/payments", "Email": mail}
    assert contacts(page_of(site, "writer"), ".facts a.contact") == {"Email": mail}
    owners = site / "owners"
    assert contacts(owners / "acme-payments.html", ".contacts a") == {
        "@acme/payments on github.com": "https://github.com/orgs/acme/teams/payments", "@acme/payments on gitlab.acme.com": "https://gitlab.acme.com/acme/payments",
    }
    assert contacts(owners / "pay-acme-example.html", ".contacts a") == {"pay@acme.example": mail}
    assert contacts(owners / "maintainer.html", ".contacts a") == {}
