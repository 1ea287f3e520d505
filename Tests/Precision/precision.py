"""Counts the findings in a folder by rule and severity, and compares them with reviewed findings.

    precision.py FOLDER

FOLDER is the folder to check. `findings.tsv` next to this file lists findings that were reviewed in context: the rule, the
file (relative to FOLDER), the line, `right` or `wrong`, and the reason. For each rule, 19 of 20 warnings and errors must be
right, and 20 must be reviewed, or all if there are fewer. The program is `roster`, or the value of the environment variable
ROSTER. The exit code is 1 if too many findings of a rule are wrong, or too few are reviewed.
"""

import collections
import json
import os
import pathlib
import subprocess
import sys

WANTED, SHARE = 20, 0.95


def findings(folder):
    """All findings below a folder, with paths relative to it."""
    roster = os.environ.get("ROSTER", "roster")
    result = subprocess.run([roster, "check", folder.name, "--format", "json", "--fail-on", "never"], cwd=folder.parent, capture_output=True, text=True)
    if result.returncode or not result.stdout:
        sys.exit(f"roster check failed: {result.stderr.strip()}")
    found = json.loads(result.stdout)["findings"]
    return [{**finding, "path": finding["path"].removeprefix(folder.name + "/")} for finding in found]


def read(path):
    """The reviewed findings: whether each is right, by rule, file and line."""
    verdicts = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        rule, file, place, verdict, *_ = line.split("\t")
        if verdict not in ("right", "wrong"):
            sys.exit(f"{path.name}:{number}: “{verdict}” is neither right nor wrong")
        verdicts[rule, file, int(place) if place else None] = verdict == "right"
    return verdicts


def main():
    folder = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) == 2 else None
    if folder is None or not folder.is_dir():
        sys.exit("usage: precision.py FOLDER")
    found = findings(folder)
    verdicts = read(pathlib.Path(__file__).with_name("findings.tsv"))
    counts = collections.Counter((finding["severity"], finding["rule"]) for finding in found)
    # Findings of a rule on the same line count once.
    places = collections.Counter((severity, rule) for severity, rule, _, _ in {(f["severity"], f["rule"], f["path"], f["line"]) for f in found})
    seen = collections.defaultdict(dict)
    for finding in found:
        key = finding["rule"], finding["path"], finding["line"]
        if key in verdicts:
            seen[finding["severity"], finding["rule"]][key] = verdicts[key]
    failed = []
    print(f"{'severity':9}{'rule':24}{'findings':>9}{'read':>6}{'right':>7}")
    for severity in ("error", "warning", "note"):
        for (_, rule), count in sorted(((key, count) for key, count in counts.items() if key[0] == severity), key=lambda item: (-item[1], item[0])):
            verdict = seen[severity, rule].values()
            share = f"{sum(verdict) / len(verdict):.0%}" if verdict else "–"
            print(f"{severity:9}{rule:24}{count:9}{len(verdict):6}{share:>7}")
            if severity != "note" and verdict and sum(verdict) / len(verdict) < SHARE:
                failed.append(f"{rule}: only {sum(verdict)} of {len(verdict)} are right")
            if severity != "note" and len(verdict) < min(WANTED, places[severity, rule]):
                print(f"{'':9}{min(WANTED, places[severity, rule]) - len(verdict)} more to read")
                failed.append(f"{rule}: too few were read")
    gone = len(verdicts) - sum(len(keys) for keys in seen.values())
    if gone:
        print(f"\n{gone} findings of findings.tsv are no longer reported")
    print("\n".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
