#!/usr/bin/env python3
"""Measures how long the filter of a list takes per keystroke, in headless Chromium, from disk.

    filter.py ROSTER [AGENTS]

Types words, a question and typos, letter by letter. Prints the milliseconds of the script alone, and until the frame
with the result is delivered. The frame waits for the screen, which refreshes every 16.7 ms.
"""
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent
TYPED = ["backend architect", "kuberentes", "find security holes in our api", "terrafrom"]
TYPE = """async (texts) => {
  const input = document.querySelector("form.filter input");
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const type = (text) => { input.value = text; input.dispatchEvent(new Event("input", { bubbles: true })); };
  const shown = () => new Promise((resolve) => requestAnimationFrame(() => { const way = new MessageChannel(); way.port1.onmessage = resolve; way.port2.postMessage(0); }));
  const times = [];
  for (const text of texts) {
    for (let length = 1; length <= text.length; length += 1) {
      const start = performance.now();
      type(text.slice(0, length));
      const script = performance.now() - start;
      await shown();
      times.push([script, performance.now() - start]);
      await wait(30);
    }
    type("");
    await wait(300);
  }
  return times;
}"""


def main(roster, count):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([sys.executable, HERE / "generate.py", str(count), folder / "agents"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            [roster, "build", folder / "agents", "--output", folder / "site", "--no-search", "--quiet", "--cache", folder / "cache"],
            check=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell") or "/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto((folder / "site" / "index.html").as_uri())
            # The first pass loads the data. The second shows normal typing.
            page.evaluate(TYPE, TYPED)
            page.wait_for_timeout(2000)
            times = page.evaluate(TYPE, TYPED)
            browser.close()
    print(f"{count:,} agents, {len(times)} keystrokes")
    for name, place in (("script", 0), ("to next frame", 1)):
        own = sorted(time[place] for time in times)
        print(f"{name:>13}: median {statistics.median(own):.1f} ms, 95th percentile {own[int(len(own) * 0.95)]:.1f} ms, maximum {own[-1]:.1f} ms")


if __name__ == "__main__":
    main(str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 2000)
