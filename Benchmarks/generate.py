#!/usr/bin/env python3
"""Make a folder of agent files to measure with: the same files for the same number, wherever it runs.

    generate.py NUMBER FOLDER

Files are about as long and as varied as real ones: 8 kB on average, most between 3 and 15; headings, lists, tables, code, links,
task lists. Three of a hundred share their name with another. The frontmatter is strict YAML, so that other programs read it too.
"""
import pathlib
import random
import sys

SUBJECTS = """the service|the caller|each request|the schema|a failing test|the release|the index|every handler|the queue|a reviewer|the
migration|the cache|a stale lock|the report|the team|a new module|the parser|an open question|the budget|the dashboard""".replace("\n", " ").split("|")
VERBS = """keeps|returns|measures|rejects|records|depends on|replaces|explains|delays|protects|writes|compares|owns|hides|repeats|names|bounds|proves|
loses|reuses""".replace("\n", "").split("|")
OBJECTS = """what was agreed|its own errors|the slowest path|a smaller interface|the order of events|one source of truth|a second copy|the public
contract|more than it needs|the wrong layer|a clear message|the previous version|an empty list|its oldest entry|the whole table|a safe
default|the cost of waiting|three retries|an honest number|what nobody reads""".replace("\n", " ").split("|")
ENDINGS = ["before anything is merged", "under load", "while it is rolled out", "in every environment", "without a note", "as the plan says",
           "for as long as it runs", "when nobody is looking", "at the border of the system", "once a week"]
TOPICS = """api backend frontend database security testing deployment logging caching search billing onboarding documentation accessibility
observability messaging storage scheduling authentication migration""".split()
ROLES = "reviewer architect tester planner writer analyst auditor designer operator researcher debugger mentor".split()
TONES = "careful patient brisk quiet plain thorough sharp steady frugal curious stubborn friendly".split()
TOOLS = "Read Write Edit Bash Grep Glob WebFetch WebSearch Task NotebookEdit".split()
MODELS = ["sonnet", "opus", "haiku", "inherit", None]
COLORS = ["blue", "green", "red", "purple", "orange", None, None]
CODE = {
    "python": "def {a}({b}):\n    for item in {b}:\n        if not item:\n            continue\n        yield {a}_one(item)\n",
    "bash": "set -euo pipefail\nfor file in {a}/*.{b}; do\n  echo \"$file\" && wc -l < \"$file\"\ndone\n",
    "json": "{{\n  \"{a}\": [1, 2, 3],\n  \"{b}\": {{\"kept\": true, \"note\": null}}\n}}\n",
    "sql": "select {a}, count(*) as {b}\nfrom events\nwhere kind <> 'test'\ngroup by {a}\norder by {b} desc;\n",
}


class Writer:
    def __init__(self, dice):
        self.dice = dice

    def sentence(self):
        pick = self.dice.choice
        words = f"{pick(SUBJECTS)} {pick(VERBS)} {pick(OBJECTS)}"
        if self.dice.random() < 0.5:
            words += f" {pick(ENDINGS)}"
        if self.dice.random() < 0.15:
            words = words.replace(" the ", f" the **{pick(TOPICS)}** ", 1)
        if self.dice.random() < 0.1:
            words += f" (see `{pick(TOPICS)}.{pick(ROLES)}`)"
        return words[0].upper() + words[1:] + "."

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.dice.randint(2, 6))) + "\n\n"

    def section(self, level):
        pick = self.dice.choice
        text = f"{'#' * level} {pick(TONES).title()} {pick(TOPICS)} {self.dice.randint(1, 99)}\n\n" + self.paragraph()
        kind = self.dice.random()
        if kind < 0.45:
            mark = pick(["-", "*", "1."])
            text += "".join(f"{mark} {self.sentence()}\n" for _ in range(self.dice.randint(3, 9))) + "\n"
        elif kind < 0.6:
            language = pick(sorted(CODE))
            text += f"```{language}\n{CODE[language].format(a=pick(TOPICS), b=pick(ROLES))}```\n\n"
        elif kind < 0.7:
            rows = "".join(f"| {pick(TOPICS)} | {pick(OBJECTS)} | {self.dice.randint(0, 999)} |\n" for _ in range(self.dice.randint(2, 8)))
            text += f"| Part | Rule | Weight |\n| --- | --- | ---: |\n{rows}\n"
        elif kind < 0.78:
            text += "".join(f"- [{pick(' x')}] {self.sentence()}\n" for _ in range(self.dice.randint(2, 6))) + "\n"
        elif kind < 0.86:
            text += f"> {self.sentence()} Read [the guide](https://example.org/{pick(TOPICS)}) or [its neighbour]({pick(TOPICS)}.md).\n\n"
        return text

    def agent(self, number):
        dice, pick = self.dice, self.dice.choice
        own = number if dice.random() >= 0.03 else dice.randrange(max(1, number // 40 + 1))
        name = f"{TONES[own % len(TONES)]}-{TOPICS[own // 12 % len(TOPICS)]}-{ROLES[own // 240 % len(ROLES)]}-{own}"
        fields = [f"name: {name}", f'description: "{self.sentence()} Use it when {pick(SUBJECTS)} {pick(VERBS)} {pick(OBJECTS)}. {self.sentence()}"']
        tools = dice.sample(TOOLS, dice.randint(1, 6))
        if dice.random() < 0.7:
            fields.append("tools: " + (", ".join(tools) if dice.random() < 0.5 else f"[{', '.join(tools)}]"))
        for key, value in (("model", pick(MODELS)), ("color", pick(COLORS))):
            if value:
                fields.append(f"{key}: {value}")
        if dice.random() < 0.6:
            fields.append("tags:\n" + "\n".join(f"  - {tag}" for tag in dice.sample(TOPICS, dice.randint(1, 4))))
        body = f"# {name.replace('-', ' ').title()}\n\n" + self.paragraph()
        length = min(40_000, max(1_500, int(dice.lognormvariate(8.85, 0.55))))
        while len(body) < length:
            body += self.section(pick([2, 2, 2, 3]))
        return name, "---\n" + "\n".join(fields) + "\n---\n\n" + body


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    number, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    total = 0
    for index in range(number):
        name, text = Writer(random.Random(index)).agent(index)
        path = folder / TOPICS[index % len(TOPICS)] / f"{index:06}-{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        total += path.write_text(text)
    print(f"{number} files, {total} bytes")


if __name__ == "__main__":
    main()
