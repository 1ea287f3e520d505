#!/usr/bin/env python3
"""Measures how similar the agents of a folder are to each other, to compare generated folders with real ones.

    alike.py FOLDER … [--run N]

The similarity of two prompts is the share of runs of N words (5, as in Roster) that are in both, among those in either
(the Jaccard index). Sketches of 128 numbers find the pairs, which are then counted exactly. About one in a hundred
pairs near 0.5 may be missed. Files without frontmatter are ignored.
"""
import argparse
import hashlib
import itertools
import pathlib
import re
import statistics
import zlib
from collections import defaultdict

BINS, ROWS = 128, 3
WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]+")
FRONTMATTER = re.compile(rb"\A\xef?\xbb?\xbf?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.S)


class Agent:
    def __init__(self, path):
        data = path.read_bytes()
        self.size = len(data)
        found = FRONTMATTER.match(data)
        self.fields = found.group(1) if found else None
        self.body = data[found.end():] if found else data

    def field(self, name):
        """The value of a field as written, with its continuation lines."""
        found = re.search(rb"(?m)^" + name + rb":[ \t]*(.*(?:\r?\n[ \t]+.*)*)", self.fields)
        return found.group(1).strip().decode("utf-8", "replace") if found else None

    def runs(self, length):
        words = WORD.findall(self.body.lower())
        return {zlib.crc32(b" ".join(words[i:i + length])) for i in range(max(1, len(words) - length + 1))}


def sketch(runs):
    """The smallest run in each of several bins."""
    least = [None] * BINS
    for run in runs:
        mixed = run * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
        place = mixed >> 57
        if least[place] is None or mixed < least[place]:
            least[place] = mixed
    return least


def pairs(agents, length):
    """Yields the pairs with a similarity of at least 0.5, and that similarity."""
    all_runs = [agent.runs(length) for agent in agents]
    buckets = defaultdict(list)
    for number, runs in enumerate(all_runs):
        numbers = sketch(runs)
        for start in range(0, BINS - ROWS + 1, ROWS):
            band = tuple(numbers[start:start + ROWS])
            if None not in band or len(runs) < BINS:
                buckets[start, band].append(number)
    candidates = set()
    for members in buckets.values():
        # Hundreds in one bucket are copies of one prompt or section. Each is compared only with its neighbors.
        reach = 60
        for place, left in enumerate(members):
            candidates.update((left, right) for right in members[place + 1:place + 1 + reach])
    for left, right in candidates:
        common = len(all_runs[left] & all_runs[right])
        share = common / (len(all_runs[left]) + len(all_runs[right]) - common)
        if share >= 0.5:
            yield left, right, share


def is_sloppy(value):
    """Whether a one-line description is invalid YAML or means something else, due to a colon, number sign, bracket or
    quote.
    """
    if value[:1] in ("'", '"'):
        return not re.fullmatch(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"", value, re.S)
    return value[:1] not in "|>" and ("\n" not in value) and bool(re.search(r": |:$| #|^[&*!%@`\[{]", value))


def share(count, total):
    return f"{100 * count / max(1, total):.1f}%"


def measures(folder, length):
    agents = [agent for path in sorted(pathlib.Path(folder).rglob("*.md")) if (agent := Agent(path)).fields is not None]
    total = len(agents)
    sizes = sorted(agent.size for agent in agents)
    bodies, names = defaultdict(int), defaultdict(int)
    for agent in agents:
        bodies[hashlib.sha256(b" ".join(agent.body.split())).digest()] += 1
        if name := agent.field(b"name"):
            names[name.strip("'\"")] += 1
    found = list(pairs(agents, length))
    near = [pair for pair in found if pair[2] < 1]
    described = [text for agent in agents if (text := agent.field(b"description"))]
    yield "agents", f"{total}"
    yield "bytes", f"{sum(sizes) / 1e6:.1f} MB"
    yield "size: median, mean, 90th percentile", f"{statistics.median(sizes):.0f}, {statistics.mean(sizes):.0f}, {sizes[total * 9 // 10]}"
    yield "agents with a copy", share(sum(count for count in bodies.values() if count > 1), total)
    yield "pairs at least 50% similar, per agent", f"{len(found) / total:.3f}"
    yield "of these, not identical", f"{len(near) / total:.3f}"
    yield "agents in such a pair", share(len(set(itertools.chain.from_iterable(pair[:2] for pair in found))), total)
    yield "agents that share a name", share(sum(count for count in names.values() if count > 1), total)
    lengths = sorted(map(len, described)) or [0]
    yield "description: median, mean, 90th percentile", f"{statistics.median(lengths):.0f}, {statistics.mean(lengths):.0f}, {lengths[len(lengths) * 9 // 10]}"
    yield "description with `<example>`", share(sum("<example>" in text for text in described), total)
    yield "description invalid or misread as YAML", share(sum(map(is_sloppy, described)), total)
    for name in (b"tools", b"model", b"tags", b"color"):
        yield f"with {name.decode()}", share(sum(agent.field(name) is not None for agent in agents), total)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--run", type=int, default=5, help="number of words in a run (default: %(default)s)")
    arguments = parser.parse_args()
    columns = [list(measures(folder, arguments.run)) for folder in arguments.folders]
    print("|  | " + " | ".join(arguments.folders) + " |\n| --- |" + " ---: |" * len(columns))
    for rows in zip(*columns):
        print(f"| {rows[0][0]} | " + " | ".join(value for _, value in rows) + " |")


if __name__ == "__main__":
    main()
