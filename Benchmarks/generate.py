#!/usr/bin/env python3
"""Generates a folder of agent files for benchmarks. The same number gives the same files on every machine.

    generate.py NUMBER FOLDER [--likeness real|none|one] [--clean]

The files are as long, as varied and as similar to each other as published ones. alike.py measures this, and
CONTRIBUTING.md has the table.

--likeness  real: one in nine files is a copy of another, in another folder and with the same name. One in three is
            based on one of a few originals, with sections of others. The rest share less than half of their
            sections with others.
            none: files have hardly anything in common.
            one: every file is a variation of one original with some different words.
--clean     strict YAML, for programs that read nothing else. By default, a few descriptions contain unquoted colons
            and quotation marks, as people write them.
"""
import argparse
import functools
import json
import pathlib
import random

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

    def sections(self, length):
        """The sections of a body with at least a given length."""
        sections = [self.paragraph()]
        while sum(map(len, sections)) < length:
            sections.append(self.section(self.dice.choice([2, 2, 2, 3])))
        return sections

    def length(self):
        return min(40_000, max(1_200, int(self.dice.lognormvariate(8.75, 0.6))))

    def description(self):
        pick = self.dice.choice
        text = f"{self.sentence()} Use it when {pick(SUBJECTS)} {pick(VERBS)} {pick(OBJECTS)}."
        return " ".join([text, *(self.sentence() for _ in range(self.dice.choice([1, 1, 2, 4])))])

    def examples(self):
        """Example dialogs, as in the descriptions of Claude Code's own agents."""
        return "".join(
            f"\\n\\n<example>\\nContext: {self.sentence()}\\nuser: {self.sentence()}\\nassistant: {self.sentence()}\\n"
            f"<commentary>\\n{self.sentence()}\\n</commentary>\\n</example>" for _ in range(self.dice.randint(1, 3)))


class Generator:
    def __init__(self, number, likeness, clean):
        self.likeness = likeness
        self.clean = clean
        self.originals = max(1, number // 55)

    @functools.lru_cache(maxsize=None)
    def original(self, number):
        writer = Writer(random.Random(f"original {number}"))
        return writer.description(), writer.sections(writer.length())

    def frontmatter(self, dice, name, description):
        writer, pick = Writer(dice), dice.choice
        style = dice.random()
        if self.clean or style < 0.25:
            written = json.dumps(description)
        elif style < 0.27:
            written = description + writer.examples()
        elif style < 0.28:
            written = f"{pick(TONES).title()}: {description} Knows the \"{pick(TOPICS)}\" #{dice.randint(1, 99)}"
        elif style < 0.34:
            written = "|\n  " + description.replace(". ", ".\n  ")
        else:
            written = description
        fields = [f"name: {name}", f"description: {written}"]
        tools = dice.sample(TOOLS, dice.randint(1, 6))
        if dice.random() < 0.7:
            fields.append("tools: " + (", ".join(tools) if dice.random() < 0.8 else f"[{', '.join(tools)}]"))
        for key, value in (("model", pick(MODELS)), ("color", pick(COLORS))):
            if value:
                fields.append(f"{key}: {value}")
        if dice.random() < 0.5:
            fields.append("tags:\n" + "\n".join(f"  - {tag}" for tag in dice.sample(TOPICS, dice.randint(1, 4))))
        return "---\n" + "\n".join(fields) + "\n---\n\n"

    def body(self, dice, name, sections):
        return f"# {name.replace('-', ' ').title()}\n\n" + "".join(sections)

    def mixed(self, dice):
        writer = Writer(dice)
        if self.likeness == "none":
            return writer.description(), writer.sections(writer.length())

        def others(most):
            return [dice.choice(self.original(dice.randrange(self.originals))[1]) for _ in range(dice.randint(0, most))]

        if dice.random() < 0.33:
            description, sections = self.original(dice.randrange(self.originals))
            return description, sections[:dice.choice([6, 12, 24])] + others(6)
        return writer.description(), writer.sections(writer.length()) + others(2)

    def varied(self, dice):
        description, sections = self.original(0)
        sections = list(sections)
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(sections))
            sections[place] = sections[place].replace(dice.choice(TOPICS), dice.choice(TOPICS)) + Writer(dice).paragraph()
        return description, sections

    def agent(self, number):
        """The name and the text of a file."""
        dice = random.Random(number)
        if number and self.likeness == "real" and dice.random() < 0.11:
            name, text = self.agent(dice.randrange(number))
            # Copies sometimes have another model.
            return name, text.replace("\nmodel: ", "\nmodel: inherit #", 1) if dice.random() < 0.1 and not self.clean else text
        description, sections = self.varied(dice) if self.likeness == "one" else self.mixed(dice)
        own = number if dice.random() >= 0.02 else dice.randrange(max(1, number // 40 + 1))
        name = f"{TONES[own % len(TONES)]}-{TOPICS[own // 12 % len(TOPICS)]}-{ROLES[own // 240 % len(ROLES)]}-{own}"
        return name, self.frontmatter(dice, name, description) + self.body(dice, name, sections)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--likeness", choices=("real", "none", "one"), default="real")
    parser.add_argument("--clean", action="store_true")
    options = parser.parse_args()
    generator = Generator(options.number, options.likeness, options.clean)
    total = 0
    for index in range(options.number):
        name, text = generator.agent(index)
        path = options.folder / TOPICS[index % len(TOPICS)] / f"{index:06}-{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        total += path.write_text(text)
    print(f"{options.number} files, {total} bytes")


if __name__ == "__main__":
    main()
