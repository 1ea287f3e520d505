"""The example theme from the guide: applied, viewed in a browser, and with mistakes."""
import shutil

from addresses import page_of
from conftest import ROOT, build
from browsers import opened

EXAMPLE = ROOT / "Documentation" / "examples" / "theme"


def test_the_example_changes_only_colors_and_the_footer(browser, tmp_path, content_site):
    result = build([ROOT / "Content"], tmp_path / "site", "--no-search", "--theme", EXAMPLE)
    assert result.returncode == 0, result.stderr
    for address, scheme, paper in (("index.html", "light", "rgb(255, 255, 255)"), ("agents/api-designer.html", "dark", "rgb(16, 20, 24)")):
        with opened(browser, (tmp_path / "site" / address).as_uri(), color_scheme=scheme) as page:
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
            assert page.get_by_role("link", name="Propose an agent").is_visible()
            assert page.get_by_role("navigation", name="Site").is_visible()
            assert page.problems == []
    ours = page_of(content_site.folder, "api-designer").read_text("utf-8").split("<main")[1].split("</main>")[0]
    theirs = page_of(tmp_path / "site", "api-designer").read_text("utf-8").split("<main")[1].split("</main>")[0]
    assert ours.splitlines()[:12] == theirs.splitlines()[:12]


def test_a_mistake_is_reported_with_file_and_line_and_nothing_is_written(tmp_path):
    theme = shutil.copytree(EXAMPLE, tmp_path / "theme")
    footer = theme / "Templates" / "footer.mustache"
    for wrong, message in (
        ("a\n{{siteFoter}}", f"{footer}:2: unknown name “siteFoter”; did you mean “siteFooter”?"),
        ("{{#siteFooter}}", f"{footer}:1: {{{{siteFooter}}}} is opened here and never closed"),
        ("\n\n{{>heat}}", f"{footer}:3: unknown template “heat”; did you mean “head”?"),
        ("{{asset:acme.cs}}", f"{footer}:1: unknown name “asset:acme.cs”; did you mean “asset:acme.css”?"),
    ):
        footer.write_text(wrong)
        result = build([ROOT / "Content"], tmp_path / "site", "--no-search", "--theme", theme)
        assert result.returncode == 2 and message in result.stderr, result.stderr
        assert not (tmp_path / "site").exists()
