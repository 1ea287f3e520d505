#!/usr/bin/env python3
"""Measures how build time grows with the size of one file, for each family of texts that slow down parsers.

    doublings.py ROSTER [--families NAME,…] [--runs N]

Each family is built at doubling sizes, up to the largest file that is read as Markdown. The script prints the largest
ratio between the times of consecutive sizes, if the larger takes long enough to measure. A ratio above 2.5 or more than
300 MB fails the run. Times are CPU seconds, the minimum of several runs.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Tests/Site"))

from families import body, families  # noqa: E402

SIZES = [12_000 << step for step in range(7)]
# Shorter times, in seconds, are ignored. Up to half of this may be program start and the page around the text, which
# don't grow.
MEASURABLE = 0.03
RATIO, MEGABYTES = 2.5, 300


def cost(roster, text, folder, runs):
    """The CPU seconds and megabytes that a build of one file takes."""
    path = folder / "slow.md"
    path.write_bytes(text)
    seconds, megabytes = [], 0
    for run in range(runs):
        site, cache = folder / f"site-{run}", folder / "cache"
        command = [roster, "build", path, "--output", site, "--no-search", "--quiet", "--jobs", "1", "--cache", cache]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{path} exited with status {process.returncode}")
        subprocess.run(["rm", "-rf", site, cache], check=True)
        seconds.append(usage.ru_utime + usage.ru_stime)
        megabytes = max(megabytes, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024))
    return min(seconds), megabytes


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("roster", type=pathlib.Path)
    parser.add_argument("--families", default="")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    chosen = set(filter(None, options.families.split(",")))
    failed, doublings, worst = [], 0, (0, "")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        base, _ = cost(options.roster, body("x").encode(), folder, 5)
        for name, make in families():
            if chosen and name not in chosen:
                continue
            length = max(1, (len(make(2000).encode("utf-8", "surrogatepass")) - 60) / 2000)
            costs = []
            for size in SIZES:
                text = make(max(1, int(size / length))).encode("utf-8", "surrogatepass")
                if len(text) > 1 << 20:
                    break
                costs.append(cost(options.roster, text, folder, options.runs))
            ratios = [
                (later - base) / max(earlier - base, MEASURABLE / 4)
                for (earlier, _), (later, _) in zip(costs, costs[1:]) if later - base > MEASURABLE
            ]
            doublings += len(costs) - 1
            ratio, megabytes = max(ratios, default=0), max(megabytes for _, megabytes in costs)
            worst = max(worst, (ratio, name))
            line = f"{name:28} {ratio:5.2f} ×  {max(seconds for seconds, _ in costs):6.2f} s  {megabytes:4.0f} MB"
            if ratio > RATIO or megabytes > MEGABYTES:
                failed.append(line)
            print(line, flush=True)
    print(f"\n{doublings} doublings, maximum ratio {worst[0]:.2f} × ({worst[1]})")
    if failed:
        sys.exit("Over the limit:\n" + "\n".join(failed))


if __name__ == "__main__":
    main()
