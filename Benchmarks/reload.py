#!/usr/bin/env python3
"""Measures the time from saving a file until the browser shows its new page, with `roster serve` and headless Chromium.

    reload.py ROSTER [AGENTS]

Also prints how long the browser takes to reload the unchanged page. This is the lower bound on the same machine.
"""
import collections
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent
ROUNDS = 15
# The start of the page load and its first contentful paint, in wall-clock milliseconds.
SHOWN = """() => ({
  origin: performance.timeOrigin,
  shown: performance.timeOrigin + (performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN),
})"""


def main(roster, count):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([sys.executable, HERE / "generate.py", str(count), folder / "agents"], check=True, stdout=subprocess.DEVNULL)
        preview = subprocess.Popen([roster, "serve", "agents"], cwd=folder, stdout=subprocess.PIPE, text=True)
        try:
            address = next(found[1] for line in preview.stdout if (found := re.match(r"Serving at (\S+/)", line)))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell") or "/usr/bin/chromium", args=["--no-sandbox"])
                measure(browser.new_page(viewport={"width": 1280, "height": 900}), address, folder, count)
                browser.close()
        finally:
            preview.terminate()
            preview.wait()


def measure(page, address, folder, count):
    file = alone(folder / "agents")
    page.goto(f"{address}agents/{name_in(file)}.html")
    text = file.read_text()
    saved, loaded = [], []
    for number in range(ROUNDS):
        start = time.time() * 1000
        file.write_text(f"{text}\n\nSave number {number}.\n")
        # Don't query the browser meanwhile, which would slow it down.
        time.sleep(1.5)
        assert f"Save number {number}." in page.locator("main").inner_text(), "the page does not show the saved text"
        saved.append(page.evaluate(SHOWN)["shown"] - start)
        page.evaluate("location.reload()")
        time.sleep(0.7)
        now = page.evaluate(SHOWN)
        loaded.append(now["shown"] - now["origin"])
    saved, loaded = statistics.median(saved), statistics.median(loaded)
    print(f"{count:,} agents, median of {ROUNDS}: {saved:.0f} ms from save to first paint, {loaded:.0f} ms to reload the unchanged page, ratio {saved / loaded:.1f} ×")


def name_in(file):
    return re.search(r"^name: (.*)$", file.read_text(), re.MULTILINE)[1]


def alone(folder):
    """A file with a unique name. The address of its page consists of the name alone."""
    files = sorted(folder.rglob("*.md"))
    names = collections.Counter(map(name_in, files))
    return next(file for file in files if names[name_in(file)] == 1)


if __name__ == "__main__":
    main(str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
