#!/usr/bin/env python3
"""Measure a build of Roster, and print what came out as a table.

    bench.py ROSTER [--agents N] [--large N] [--runs N] [--folder DIR]

Each figure is the median of several runs, and each ratio that of runs that took turns in one go: seconds change from machine to
machine, and from minute to minute, ratios hardly. Hugo is measured on the same files where it is on the PATH.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SETTLING = 2.2  # A file that changed within two seconds is read again by the next run, for its clock may not tell.

HUGO = {
    "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Agents"\ndisableKinds = ["RSS", "sitemap"]\n'
    '[taxonomies]\ntag = "tags"\ntool = "tools"\nmodel = "model"\n[pagination]\npagerSize = 100\n',
    "layouts/baseof.html": "<!DOCTYPE html>\n<html><head><title>{{ .Title }}</title></head><body>{{ block \"main\" . }}{{ end }}</body></html>\n",
    "layouts/single.html": '{{ define "main" }}<h1>{{ .Params.name }}</h1><p>{{ .Description }}</p>'
    '<ul>{{ range .GetTerms "tags" }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>{{ .Content }}{{ end }}\n',
    "layouts/list.html": '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range (.Paginate .RegularPagesRecursive).Pages }}'
    '<li><a href="{{ .RelPermalink }}">{{ .Params.name }}</a> {{ .Description }}</li>{{ end }}</ul>{{ end }}\n',
}


class Run:
    """A command that was run: how long it took, and how much memory at most."""

    def __init__(self, command, **options):
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds = time.monotonic() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} ended with status {process.returncode}")


def median(runs, what="seconds"):
    return statistics.median(getattr(run, what) for run in runs)


class Bench:
    def __init__(self, roster, folder):
        self.roster = roster
        self.folder = folder
        self.rows = []

    def generate(self, number):
        target = self.folder / f"agents-{number}"
        subprocess.run([sys.executable, HERE / "generate.py", str(number), target], check=True, stdout=subprocess.DEVNULL)
        time.sleep(SETTLING)
        return target

    def build(self, source, output, **options):
        # In a folder without a roster.yml: settings are no part of what is measured.
        options.setdefault("cwd", self.folder)
        command = [self.roster, "build", source, "--output", output, "--no-search", "--quiet", "--cache", self.folder / "cache"]
        return Run(command, **options)

    def row(self, what, runs, against=None, of="a full build"):
        seconds, cpu, memory = median(runs), median(runs, "cpu"), median(runs, "megabytes")
        ratio = f"{seconds / median(against):.2f} × {of}" if against else ""
        self.rows.append((what, f"{seconds:.2f} s", f"{cpu:.2f} s", f"{memory:.0f} MB", ratio))
        print(f"  {what}: {seconds:.2f} s {ratio}", file=sys.stderr, flush=True)

    def limit(self):
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libcmark-gfm"], check=True, capture_output=True, text=True)
        program = self.folder / "limit"
        subprocess.run(["cc", "-O2", HERE / "limit.c", "-o", program, *flags.stdout.split(), "-lcmark-gfm-extensions"], check=True)
        return program

    def fresh(self, name):
        if name == "site":
            # A full build finds no cache either.
            shutil.rmtree(self.folder / "cache", ignore_errors=True)
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        return path

    def hugo(self, source):
        site = self.fresh("hugo")
        for name, text in HUGO.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text)
        shutil.copytree(source, site / "content")
        return site

    def measure(self, agents, large, runs):
        source, program = self.generate(agents), self.limit()
        full, limit, hugo = [], [], []
        site = self.hugo(source) if shutil.which("hugo") else None
        for number in range(runs):
            full.append(self.build(source, self.fresh("site")))
            limit.append(Run([program, source, self.fresh("limit-site")]))
            if site and number < 3:
                hugo.append(Run(["hugo", "--quiet", "--source", site, "--destination", self.fresh("hugo-site")]))
        self.row(f"cmark-gfm alone, one core ({agents} files)", limit)
        self.row(f"Roster, full build of {agents} agents", full, limit, "cmark-gfm alone")
        if hugo:
            self.row(f"Hugo, bare theme, the same {agents} files", hugo, full)
        self.row("Roster, nothing changed", [self.build(source, self.folder / "site") for _ in range(runs)], full)
        changed = []
        files = sorted(source.rglob("*.md"))
        for number in range(runs):
            with open(files[number * len(files) // runs], "a") as file:
                file.write("\nOne more line.\n")
            changed.append(self.build(source, self.folder / "site"))
        self.row("Roster, one agent changed", changed, full)
        shutil.rmtree(source)
        for name in ("site", "limit-site", "hugo", "hugo-site"):
            self.fresh(name)
        if large:
            source = self.generate(large)
            self.row(f"Roster, full build of {large} agents", [self.build(source, self.fresh("site"))], full, f"that of {agents}")
            self.row(f"Roster, nothing of {large} changed", [self.build(source, self.folder / "site")])

    def table(self):
        head = ("", "wall", "CPU", "peak memory", "ratio")
        lines = ["| " + " | ".join(row) + " |" for row in (head, ("---",) + ("---:",) * 3 + ("---",), *self.rows)]
        return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roster", type=pathlib.Path, help="the program, as a release build")
    parser.add_argument("--agents", type=int, default=10_000, help="how many agents are published (default: %(default)s)")
    parser.add_argument("--large", type=int, default=100_000, help="how many in the large run; 0 leaves it out (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="how often each is run (default: %(default)s)")
    parser.add_argument("--folder", type=pathlib.Path, help="where files are made; a folder in memory is best (default: /dev/shm, or the usual)")
    arguments = parser.parse_args()
    parent = arguments.folder or (pathlib.Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None)
    with tempfile.TemporaryDirectory(prefix="roster-bench-", dir=parent) as folder:
        bench = Bench(arguments.roster.resolve(), pathlib.Path(folder).resolve())
        bench.measure(arguments.agents, arguments.large, arguments.runs)
    print(bench.table())


if __name__ == "__main__":
    main()
