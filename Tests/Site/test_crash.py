"""A killed build leaves complete files, old or new, and the next build gives the same result as a first build."""
import hashlib
import os
import random
import subprocess
import time

from conftest import ROSTER

AGENT = "---\nname: agent-{0}\ndescription: Does {0}.\ntags: [t{1}, u]\n---\n\n# Part\n\nRound {2}, [next](agent-{3}.md).\n"
NUMBER = 60
KILLS = 100


def content(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).digest()
        for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != ".roster"
    }


def run(sources, output):
    return subprocess.Popen([ROSTER, "build", sources, "--output", output, "--no-search", "--quiet"])


def finished(sources, output):
    assert run(sources, output).wait() == 0
    return content(output)


def test_a_hundred_killed_builds(tmp_path):
    dice = random.Random(20)
    sources = tmp_path / "agents"
    sources.mkdir()

    def write(number, turn):
        text = AGENT.format(number, number % 7, turn, (number + 1) % NUMBER)
        (sources / f"agent-{number}.md").write_text(text)

    for number in range(NUMBER):
        write(number, 0)
    before = finished(sources, tmp_path / "site")
    killed, turn = 0, 0
    duration = 0.2
    while killed < KILLS:
        turn += 1
        assert turn < KILLS * 6, f"only {killed} of {turn} builds could be killed"
        for number in dice.sample(range(NUMBER), NUMBER // 2):
            write(number, turn)
        start = time.monotonic()
        process = run(sources, tmp_path / "site")
        time.sleep(dice.uniform(0, duration))
        process.kill()
        if process.wait() == -9:
            killed += 1
        else:
            # Builds are faster on this machine: kill them earlier.
            duration = min(duration, time.monotonic() - start) * 0.9 + 0.001
        between = content(tmp_path / "site")
        after = finished(sources, tmp_path / "site")
        torn = [name for name, digest in between.items() if digest not in (before.get(name), after.get(name))]
        assert not torn, f"turn {turn}: {torn[:3]}"
        if turn % 10 == 0:
            assert after == finished(sources, tmp_path / f"clean-{turn}"), f"turn {turn}"
        before = after


def test_two_builds_at_once(tmp_path):
    """The second build waits or reports that another build is writing. The site is complete either way."""
    sources = tmp_path / "agents"
    sources.mkdir()
    for number in range(NUMBER):
        (sources / f"agent-{number}.md").write_text(AGENT.format(number, number % 7, 0, number))
    for _ in range(10):
        processes = [
            subprocess.Popen(
                [ROSTER, "build", sources, "--output", tmp_path / "site", "--no-search"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            for _ in range(4)
        ]
        said = [process.communicate()[1] for process in processes]
        statuses = [process.returncode for process in processes]
        assert 0 in statuses
        for status, words in zip(statuses, said):
            assert status == 0 or status == 1 and "another build is writing to this folder" in words
        os.utime(sources / "agent-1.md")
    assert finished(sources, tmp_path / "site") == finished(sources, tmp_path / "clean")
