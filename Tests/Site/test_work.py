"""The work of a build after a change, in counts instead of times: files read, laid out and written.

The limits are slightly above today's counts. If a change exceeds a limit, reduce the work. If counts fall far below a
limit, lower it.
"""
import json
import subprocess
import sys
import time

import pytest

from conftest import ROOT, ROSTER

AGENTS = 300
# A file that changed within two seconds of a scan is read again by the next build, because its modification time may
# hide a later change. So each build waits until all files are older.
SETTLING = 2.5
# The first build of 300 generated agents writes 1,418 files with 33.5 MB today. An agent is read again for each page
# that shows its text beside others.
FIRST = {"filesRead": 2050, "files": 1560, "bytesWritten": 37_000_000}
ONE_CHANGED = {"filesRead": 325, "laidOut": 86, "written": 18, "bytesWritten": 3_900_000}
ONE_NEW = {"filesRead": 30, "laidOut": 92, "written": 66, "bytesWritten": 6_300_000}
TEMPLATE = {"filesRead": 2750, "bytesWritten": 26_500_000}


class Catalog:
    def __init__(self, folder):
        self.folder = folder
        generate = [sys.executable, ROOT / "Benchmarks/generate.py", str(AGENTS), folder / "agents"]
        subprocess.run(generate, check=True, stdout=subprocess.DEVNULL)
        self.write("theme/Templates/footer.mustache", (ROOT / "Theme/Templates/footer.mustache").read_text())

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def build(self):
        """Builds the site and returns the counts of the work."""
        time.sleep(SETTLING)
        command = [ROSTER, "build", "agents", "--output", "site", "--theme", "theme", "--no-search", "--quiet", "--cache", "cache", "--report", "work.json"]
        subprocess.run(command, cwd=self.folder, check=True)
        return json.loads((self.folder / "work.json").read_text())


@pytest.fixture(scope="module")
def catalog(tmp_path_factory):
    catalog = Catalog(tmp_path_factory.mktemp("work"))
    catalog.first = catalog.build()
    yield catalog


def within(work, **limits):
    beyond = {name: (work[name], limit) for name, limit in limits.items() if work[name] > limit}
    assert not beyond, f"more than the limit: {beyond} in {work}"


def test_a_first_build_writes_each_file_once(catalog):
    first, site = catalog.first, catalog.folder / "site"
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file() and ".roster" not in path.parts]
    assert first["items"] == AGENTS and first["unchanged"] == first["removed"] == 0
    assert first["files"] == first["written"] == first["laidOut"] == len(sizes) and first["bytesWritten"] == sum(sizes)
    within(first, **FIRST)


def test_nothing_is_read_or_laid_out_when_nothing_changed(catalog):
    work = catalog.build()
    assert work["unchanged"] == catalog.first["files"]
    within(work, filesRead=0, laidOut=0, written=0, bytesWritten=0, removed=0)


def test_a_changed_agent_is_read_and_its_pages_are_written(catalog):
    file = sorted((catalog.folder / "agents").rglob("*.md"))[AGENTS // 2]
    file.write_text(file.read_text() + "\nOne more line.\n")
    within(catalog.build(), **ONE_CHANGED, removed=0)


def test_a_new_agent_is_read_and_its_pages_are_written(catalog):
    catalog.write("agents/api/brand-new.md", "---\nname: brand-new\ndescription: Counts what nobody has counted. Use it when in doubt.\n---\n\nCount.\n")
    within(catalog.build(), **ONE_NEW, removed=0)


def test_a_changed_template_lays_out_each_of_its_pages_once(catalog):
    footer = (ROOT / "Theme/Templates/footer.mustache").read_text()
    catalog.write("theme/Templates/footer.mustache", footer + "<!-- changed -->\n")
    work = catalog.build()
    within(work, **TEMPLATE, laidOut=work["files"], written=work["files"], removed=0)
