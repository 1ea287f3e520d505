"""A rebuild after any changes must equal a clean build."""
import pathlib
import random
import shutil

import pytest

from conftest import build

NAMES = ["linter", "Linter", "reviewer", "tester", "planner", "doc writer", "architect"]
PATHS = ["a.md", "b.md", "sub/a.md", "sub/b.md", "other/c.md", "sub/deep/d.md", "e.md", "SKILL.md", "x.agent.md"]
NOTES = ["notes.md", "sub/notes.md"]
FIELDS = {
    "model": ["opus", "sonnet", "haiku"], "tags": ["[api, code]", "code", "[new, 'x y']"], "tools": ["Read", "Read, Bash", "'*'"],
    "category": ["one", "two"], "color": ["red", "blue"], "extra": ["{deep: [1, 2]}", "yes"], "broken": ["a: b: c", "[1"],
}
SETTINGS = [
    "title: Agents\n", "title: Others\ndescription: Some.\n", "base-url: https://example.org/x/\n",
    "source-url: https://example.org/blob/{path}\n", "taxonomies:\n  tags: false\n",
    "compare:\n  pinned:\n    - title: Pinned\n      agents: [linter, reviewer, tester]\n", "footer: Ours.\n",
]
THEME = {
    "Templates/footer.mustache": "<footer>{{siteTitle}} {{generator}}</footer>\n", "Templates/legend.mustache": "<p>No legend.</p>\n",
    "Assets/style.css": "body { color: red }\n", "Assets/own.svg": "<svg/>",
}


STEADY = "---\nname: steady\ndescription: Always there.\n---\n\nPrompt.\n"


class Workplace:
    """A folder with agents, a theme, a configuration, a cache and a site."""

    def __init__(self, root: pathlib.Path):
        self.root = root
        for folder in ("agents", "theme/Templates", "theme/Assets"):
            (root / folder).mkdir(parents=True)
        self.write("roster.yml", "title: Agents\n")

    def write(self, name, text):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def files(self, *folders):
        return sorted(str(file.relative_to(self.root)) for folder in folders for file in (self.root / folder).rglob("*") if file.is_file())

    def build(self, output="site", cache="cache", jobs=2):
        options = ("--config", self.root / "roster.yml", "--theme", self.root / "theme", "--no-search", "--quiet", "--jobs", jobs)
        return build([self.root / "agents"], self.root / output, *options, "--cache", self.root / cache)

    def content(self, site="site"):
        """Every published file of a site. The program's own files in `.roster` do not count."""
        folder = self.root / site
        return {
            str(file.relative_to(folder)): file.read_bytes()
            for file in folder.rglob("*") if file.is_file() and ".roster" not in file.relative_to(folder).parts
        }

    def clean(self):
        """What a build without a cache publishes into an empty folder."""
        result = self.build("clean", "clean-cache")
        assert result.returncode == 0, result.stderr
        content = self.content("clean")
        for folder in ("clean", "clean-cache"):
            shutil.rmtree(self.root / folder)
        return content


def agent(dice):
    lines = ["---"]
    if dice.random() < 0.9:
        lines.append(f"name: {dice.choice(NAMES)}")
    link = dice.choice(["a.md", "sub/b.md", "../c.md", "notes.md"])
    lines.append(f"description: {dice.choice(['Reviews code', 'Tests the API', 'Plans'])}. Use it {dice.randrange(9)} times. See [it]({link}).")
    lines += [f"{key}: {dice.choice(values)}" for key, values in FIELDS.items() if dice.random() < 1 / 3]
    lines += ["---", "", "# Title", ""]
    for _ in range(dice.randrange(4)):
        link = dice.choice(["a.md#title", "sub/b.md", "notes.md", "#part-1", "https://example.org"])
        lines += [f"## Part {dice.randrange(5)}", "", f"Words [there]({link}) of {dice.randrange(1000)}.", ""]
    return "\n".join(lines) + "\n"


def change(place, dice):
    """Makes a random change, as people do between builds. Returns what it did."""
    root, sources = place.root, place.files("agents")
    source = root / dice.choice(sources) if sources else None
    published = [name for name in place.files("site") if "/.roster/" not in name]
    own = place.files("site/.roster", "cache")
    match dice.randrange(16):
        case 0 | 1 | 2:
            path = dice.choice(PATHS)
            place.write(f"agents/{path}", agent(dice))
            return f"wrote {path}"
        case 3:
            path = dice.choice(NOTES)
            place.write(f"agents/{path}", f"# Notes {dice.randrange(3)}\n\n[a](a.md)\n")
            return f"wrote {path}"
        case 4 | 5 if source:
            source.write_text(source.read_text("utf-8") + f"\nMore {dice.randrange(1000)}.\n", "utf-8")
            return f"appended to {source}"
        case 6 if source:
            # The same length, so that only the modification time reveals the change.
            source.write_text(source.read_text("utf-8").replace("e", "a"), "utf-8")
            return f"changed letters in {source}"
        case 7 if source:
            target = root / "agents" / dice.choice(PATHS)
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
            return f"moved {source} to {target}"
        case 8 if source:
            source.unlink()
            return f"removed {source}"
        case 9:
            settings = dice.choice(SETTINGS)
            place.write("roster.yml", settings)
            return f"set {settings}"
        case 10:
            name, text = dice.choice(list(THEME.items()))
            if (root / "theme" / name).exists():
                (root / "theme" / name).unlink()
            else:
                place.write(f"theme/{name}", text)
            return f"switched theme/{name}"
        case 11 if published:
            path = dice.choice(published)
            place.write(path, "spoilt")
            return f"spoilt {path}"
        case 12 if published:
            path = dice.choice(published)
            (root / path).unlink()
            return f"removed {path}"
        case 13 | 14 if own:
            path = dice.choice(own)
            content = bytearray((root / path).read_bytes())
            match dice.randrange(4):
                case 0:
                    content.clear()
                case 1:
                    del content[len(content) // 2:]
                case 2 if content:
                    content[dice.randrange(len(content))] ^= 0x55
                case _:
                    (root / path).unlink()
                    return f"removed {path}"
            (root / path).write_bytes(content)
            return f"broke {path}"
        case 15 if source:
            source.touch()
            return f"touched {source}"
    return "nothing"


def differing(first, second):
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


@pytest.mark.parametrize("seed", range(1, 5))
def test_a_rebuild_after_random_changes_equals_a_clean_build(tmp_path, seed):
    dice = random.Random(seed)
    place = Workplace(tmp_path)
    for path in PATHS[:6]:
        place.write(f"agents/{path}", agent(dice))
    steady, history = place.root / "agents" / "steady.md", []
    for round in range(50):
        done = [change(place, dice) for _ in range(dice.randint(1, 3))]
        history.append(done)
        # Without any agent, nothing would be published.
        if not steady.exists() or steady.read_text("utf-8") != STEADY:
            place.write("agents/steady.md", STEADY)
        result = place.build(jobs=1 if round % 2 == 0 else 3)
        if result.returncode:
            # This happens only if no record of the written pages is left. The user must then remove the folder.
            assert "contains files that Roster did not write" in result.stderr, (history[-3:], result.stderr)
            assert any(item.endswith("/manifest") for item in done) and any(item.endswith(("/outputs", "/key")) for item in done), done
            shutil.rmtree(place.root / "site")
            assert place.build().returncode == 0
        assert differing(place.content(), place.clean()) == [], (f"round {round}", history[-3:])


def growing_agent(number):
    """An agent of a growing catalog. Every fifth shares a name, every third nearly a prompt, and some share tags."""
    name = "reviewer" if number % 5 == 0 else f"agent-{number}"
    alike = [f"Line {line} of a prompt that several agents of group {number % 4} have nearly alike." for line in range(14)]
    body = "\n".join(alike) if number % 3 == 0 else f"Body {number}."
    description = f"Does task {number % 11} of many. Use it for task {number}."
    fields = f"name: {name}\ndescription: {description}\ntags: [t{number % 6}, all]\nmodel: m{number % 3}\n"
    return f"---\n{fields}---\n\n# Agent {number}\n\n{body}\n\nSee [the next]({number + 1}.md).\n"


# Parts of lists and data begin at multiples of 8, of 64 and of 100. A stale page stays stale, so not every count matters.
COMPARED = {*range(1, 35), *range(60, 68), *range(97, 104), *range(126, 131), 140}


def test_adding_and_removing_140_agents_one_by_one_gives_the_same_as_clean_builds(tmp_path):
    place = Workplace(tmp_path)
    place.write("roster.yml", "title: Agents\nbase-url: https://example.org/agents/\n")
    clean = {}
    for count in range(1, 141):
        place.write(f"agents/{count}.md", growing_agent(count))
        assert place.build().returncode == 0
        if count in COMPARED:
            clean[count] = place.clean()
            assert differing(place.content(), clean[count]) == [], f"growing to {count}"
    for count in range(139, 0, -1):
        (place.root / "agents" / f"{count + 1}.md").unlink()
        assert place.build().returncode == 0
        if count in COMPARED:
            assert differing(place.content(), clean[count]) == [], f"shrinking to {count}"
