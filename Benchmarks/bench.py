#!/usr/bin/env python3
"""Measures builds of Roster and prints the results as a table.

    bench.py ROSTER [--agents N] [--alike N] [--large N] [--runs N] [--folder DIR]

Each figure is the median of several runs. Ratios compare alternating runs, because times vary between machines and from
minute to minute, but ratios hardly do. The generated files are as similar to each other as real ones (see generate.py and
alike.py). Hugo is measured if it is on the PATH, on the same files with strict YAML. The columns “read” and “written” count
all bytes that a run requests from the system, including caches.
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
SETTLING = 2.2  # The next run rereads a file that changed within two seconds, because its time may hide a later change.

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
    """A finished command: its duration, its peak memory, and the megabytes that it read and wrote."""

    def __init__(self, command, **options):
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        self.seconds = time.monotonic() - start
        self.read, self.written = self.transferred(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        self.cpu = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} exited with status {process.returncode}")


    @staticmethod
    def transferred(number):
        """The megabytes that an ended process read and wrote, or None if the system doesn't report them."""
        try:
            lines = dict(line.split(": ") for line in pathlib.Path(f"/proc/{number}/io").read_text().splitlines())
            return int(lines["rchar"]) / 1e6, int(lines["wchar"]) / 1e6
        except (OSError, KeyError, ValueError):
            return None, None


def median(runs, what="seconds"):
    return statistics.median(getattr(run, what) for run in runs)


def megabytes(runs, what):
    return "" if getattr(runs[0], what) is None else f"{median(runs, what):,.0f} MB"


def content(folder):
    """The number of files in a folder and their megabytes, without Roster's own files."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file() and ".roster" not in path.parts]
    return len(sizes), sum(sizes) / 1e6


class Bench:
    def __init__(self, roster, folder):
        self.roster = roster
        self.folder = folder
        self.rows = []
        self.notes = []

    def generate(self, number, *options):
        target = self.folder / "-".join(("agents", str(number), *options))
        subprocess.run([sys.executable, HERE / "generate.py", str(number), target, *options], check=True, stdout=subprocess.DEVNULL)
        time.sleep(SETTLING)
        return target

    def build(self, source, output, **options):
        # In a folder without a roster.yml, so that settings don't affect the result.
        options.setdefault("cwd", self.folder)
        command = [self.roster, "build", source, "--output", output, "--quiet", "--cache", self.folder / "cache"]
        return Run(command, **options)

    def row(self, what, runs, against=None, of="a full build"):
        ratio = ""
        if against:
            ratio = f"{median(runs) / median(against):.2f} × wall, {median(runs, 'cpu') / median(against, 'cpu'):.2f} × CPU of {of}"
        self.rows.append((
            what, f"{median(runs):.2f} s", f"{median(runs, 'cpu'):.2f} s", megabytes(runs, "read"), megabytes(runs, "written"),
            megabytes(runs, "megabytes"), ratio))
        print(f"  {what}: {median(runs):.2f} s {ratio}", file=sys.stderr, flush=True)

    def limit(self):
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libcmark-gfm"], check=True, capture_output=True, text=True)
        program = self.folder / "limit"
        subprocess.run(["cc", "-O2", HERE / "limit.c", "-o", program, *flags.stdout.split(), "-lcmark-gfm-extensions"], check=True)
        return program

    def fresh(self, name):
        if name == "site":
            # A full build has no cache.
            shutil.rmtree(self.folder / "cache", ignore_errors=True)
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        return path

    def hugo(self, source):
        site = self.fresh("hugo")
        for name, text in HUGO.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text)
        source.rename(site / "content")
        return site

    def measure(self, agents, runs):
        """Measures a full build, one after a change, and one without changes. Returns the full builds."""
        source, program = self.generate(agents), self.limit()
        full, limit, hugo = [], [], []
        site = self.hugo(self.generate(agents, "--clean")) if shutil.which("hugo") else None
        for number in range(runs):
            full.append(self.build(source, self.fresh("site")))
            limit.append(Run([program, source, self.fresh("limit-site")]))
            if site and number < 3:
                hugo.append(Run(["hugo", "--quiet", "--source", site, "--destination", self.fresh("hugo-site")]))
        (sources, read), (files, written) = content(source), content(self.folder / "site")
        self.notes.append(
            f"The site of {sources:,} agents ({read:,.0f} MB) has {files:,} files ({written:,.0f} MB), {written / read:.1f} × the size of the sources.")
        self.row(f"cmark-gfm alone, one core ({agents:,} files)", limit)
        self.row(f"Roster, full build of {agents:,} agents", full, limit, "cmark-gfm alone")
        if hugo:
            self.row(f"Hugo, bare theme, the same {agents:,} files", hugo, full)
        self.row("Roster, nothing changed", [self.build(source, self.folder / "site") for _ in range(runs)], full)
        changed = []
        files = sorted(source.rglob("*.md"))
        for number in range(runs):
            with open(files[number * len(files) // runs], "a") as file:
                file.write("\nOne more line.\n")
            changed.append(self.build(source, self.folder / "site"))
        self.row("Roster, one agent changed", changed, full)
        self.remove(source, "site", "limit-site", "hugo", "hugo-site")
        return full

    def measure_alike(self, number, runs):
        """Compares variations of one agent with unrelated agents."""
        sources = {likeness: self.generate(number, "--likeness", likeness) for likeness in ("none", "one")}
        builds = {"none": [], "one": []}
        for _ in range(runs):
            for likeness, source in sources.items():
                builds[likeness].append(self.build(source, self.fresh("site")))
        self.row(f"Roster, {number:,} unrelated agents", builds["none"])
        self.row(f"Roster, {number:,} variations of one agent", builds["one"], builds["none"], "unrelated agents")
        self.remove(*sources.values(), "site")

    def measure_large(self, number, agents, full):
        source = self.generate(number)
        self.row(f"Roster, full build of {number:,} agents", [self.build(source, self.fresh("site"))], full, f"a full build of {agents:,}")
        self.row(f"Roster, nothing changed, {number:,} agents", [self.build(source, self.folder / "site")])
        self.remove(source, "site")

    def remove(self, *names):
        for name in names:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def table(self):
        head = ("", "wall", "CPU", "read", "written", "peak memory", "ratio")
        lines = ["| " + " | ".join(row) + " |" for row in (head, ("---",) + ("---:",) * 5 + ("---",), *self.rows)]
        return "\n".join([*lines, "", *self.notes])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roster", type=pathlib.Path, help="a release build of the program")
    parser.add_argument("--agents", type=int, default=10_000, help="number of agents (default: %(default)s)")
    parser.add_argument("--alike", type=int, default=3_000, help="number of variations of one agent; 0 to skip (default: %(default)s)")
    parser.add_argument("--large", type=int, default=0, help="number of agents in a large run, such as 100000, which takes minutes (default: no large run)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each build (default: %(default)s)")
    parser.add_argument("--folder", type=pathlib.Path, help="folder for generated files, preferably in memory (default: /dev/shm if writable, else the temporary folder)")
    arguments = parser.parse_args()
    parent = arguments.folder or (pathlib.Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None)
    with tempfile.TemporaryDirectory(prefix="roster-bench-", dir=parent) as folder:
        bench = Bench(arguments.roster.resolve(), pathlib.Path(folder).resolve())
        full = bench.measure(arguments.agents, arguments.runs)
        if arguments.alike:
            bench.measure_alike(arguments.alike, min(3, arguments.runs))
        if arguments.large:
            bench.measure_large(arguments.large, arguments.agents, full)
    print(bench.table())


if __name__ == "__main__":
    main()
