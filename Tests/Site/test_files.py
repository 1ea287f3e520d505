"""Unusual entries in folders, and files that change during a build: correct messages and exit status, nothing lost."""
import contextlib
import os
import shutil
import socket
import subprocess
import threading

import pytest

from addresses import pages_of
from conftest import ROSTER

AGENT = "---\nname: {}\ndescription: Does it.\n---\n\nBody.\n"


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "agents"
    folder.mkdir()
    (folder / "one.md").write_text(AGENT.format("one"))
    return folder


def roster(*arguments, before=(), **options):
    command = [*before, str(ROSTER), "build", *map(str, arguments), "--no-search"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)


def names(site):
    return sorted(path.stem for path in pages_of(site))


def test_links_out_of_the_source_are_not_followed_and_loops_end(sources, tmp_path):
    (tmp_path / "secret.md").write_text(AGENT.format("secret"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "far.md").write_text(AGENT.format("far"))
    (sources / "in.md").symlink_to("one.md")
    (sources / "out.md").symlink_to("../secret.md")
    (sources / "absolute.md").symlink_to(tmp_path / "secret.md")
    (sources / "passwd.md").symlink_to("/etc/passwd")
    (sources / "nowhere.md").symlink_to("nothing.md")
    (sources / "self.md").symlink_to("self.md")
    (sources / "loop").symlink_to(".")
    (sources / "up").symlink_to("..")
    (sources / "elsewhere").symlink_to(tmp_path / "elsewhere")
    result = roster(sources, "--output", tmp_path / "site")
    assert result.returncode == 0
    assert names(tmp_path / "site") == ["one"]
    assert "out.md: a link that leads out of the source" in result.stderr
    assert "secret" not in (tmp_path / "site" / "catalog.json").read_text()


def test_devices_pipes_and_sockets_do_not_block(sources, tmp_path, monkeypatch):
    os.mkfifo(sources / "pipe.md")
    (sources / "null.md").symlink_to("/dev/zero")
    listener = socket.socket(socket.AF_UNIX)
    # Socket names are limited to about 100 bytes.
    monkeypatch.chdir(sources)
    listener.bind("socket.md")
    result = roster(sources, "--output", tmp_path / "site")
    listener.close()
    assert result.returncode == 0
    assert names(tmp_path / "site") == ["one"]
    assert "socket.md" in result.stderr or "socket.md" in roster(sources, "--output", tmp_path / "site", "--verbose").stdout


# Without these capabilities, file permissions also apply to root.
ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def test_unreadable_files_are_reported(sources, tmp_path):
    as_root = os.geteuid() == 0
    if as_root and subprocess.run([*ORDINARY, "true"], capture_output=True).returncode != 0:
        pytest.skip("nothing is unreadable to root, who cannot do without his rights here")
    (sources / "closed.md").write_text(AGENT.format("closed"))
    (sources / "closed.md").chmod(0)
    (sources / "shut").mkdir(mode=0)
    result = roster(sources, "--output", tmp_path / "site", before=ORDINARY if as_root else [])
    (sources / "shut").chmod(0o700)
    assert result.returncode == 0
    assert "closed.md: Permission denied; it is not in the catalog" in result.stderr and "shut: the folder cannot be opened" in result.stderr
    assert names(tmp_path / "site") == ["one"]


def test_depth_and_width(sources, tmp_path):
    folder = sources
    descriptor = os.open(folder, os.O_RDONLY)
    for _ in range(500):
        os.mkdir("d", dir_fd=descriptor)
        deeper = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = deeper
    file = os.open("deep.md", os.O_CREAT | os.O_WRONLY, dir_fd=descriptor)
    os.write(file, AGENT.format("deep").encode())
    os.close(file)
    os.close(descriptor)
    (sources / "wide").mkdir()
    for number in range(100_000):
        (sources / "wide" / f"{number}.txt").touch()
    result = roster(sources, "--output", tmp_path / "site")
    assert result.returncode == 0
    assert names(tmp_path / "site") == ["deep", "one"]
    assert "Skipped: 100,000 files of other types" in result.stdout


def test_files_may_change_while_they_are_read(sources, tmp_path):
    for number in range(300):
        (sources / f"{number}.md").write_text(AGENT.format(f"agent-{number}") + "Text.\n" * 200)
    stop = threading.Event()

    def disturb():
        number = 0
        while not stop.is_set():
            number = (number + 1) % 300
            path = sources / f"{number}.md"
            if number % 3 == 0:
                path.unlink(missing_ok=True)
            elif number % 3 == 1:
                # Limits the size. Otherwise slow builds would see ever larger files and become slower still.
                is_small = path.exists() and path.stat().st_size < 40_000
                with open(path, "a" if is_small else "w") as file:
                    file.write(("" if is_small else AGENT.format(f"agent-{number}")) + "More.\n" * 50)
            else:
                path.write_text(AGENT.format(f"agent-{number}"))

    thread = threading.Thread(target=disturb)
    thread.start()
    results = [roster(sources, "--output", tmp_path / "site") for _ in range(6)]
    stop.set()
    thread.join()
    for result in results:
        assert result.returncode == 0 or result.returncode == 1 and "changed while it was being read" in result.stderr, result.stderr
    assert roster(sources, "--output", tmp_path / "site").returncode == 0
    assert roster(sources, "--output", tmp_path / "clean").returncode == 0
    for path in (tmp_path / "clean").rglob("*"):
        relative = path.relative_to(tmp_path / "clean")
        if path.is_file() and relative.parts[0] != ".roster":
            assert (tmp_path / "site" / relative).read_bytes() == path.read_bytes(), relative


def test_the_output_may_be_inside_a_source_but_not_contain_it(sources, tmp_path):
    assert roster(sources, "--output", sources / "site").returncode == 0
    again = roster(sources, "--output", sources / "site")
    assert again.returncode == 0 and again.stdout.startswith("1 agent")
    refused = roster(sources, "--output", tmp_path)
    assert refused.returncode == 2 and "contains the source" in refused.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["agents"]


def test_an_output_that_is_a_file_or_holds_links_is_refused(sources, tmp_path):
    (tmp_path / "file").write_text("mine")
    assert roster(sources, "--output", tmp_path / "file").returncode == 2
    (tmp_path / "site").mkdir()
    (tmp_path / "target").mkdir()
    (tmp_path / "site" / ".roster").symlink_to(tmp_path / "target")
    refused = roster(sources, "--output", tmp_path / "site")
    assert refused.returncode == 1 and "does not write through links" in refused.stderr
    assert list((tmp_path / "target").iterdir()) == []
    assert (tmp_path / "file").read_text() == "mine"


@pytest.fixture
def small_disk(tmp_path):
    if os.geteuid() != 0 or subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
        pytest.skip("no disk can be made here")
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=800k", "tmpfs", folder], capture_output=True)
    if made.returncode != 0:
        pytest.skip("no disk can be made here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_read_only_disk_is_reported(sources, tmp_path, small_disk):
    site = small_disk / "site"
    assert roster(sources, "--output", site).returncode == 0
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    (sources / "two.md").write_text(AGENT.format("two"))
    for output in (site, small_disk / "other"):
        result = roster(sources, "--output", output)
        assert result.returncode == 1 and "Read-only file system" in result.stderr and str(small_disk) in result.stderr, result.stderr
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_a_full_disk_is_reported_and_loses_nothing(sources, tmp_path, small_disk):
    site = small_disk / "site"
    assert roster(sources, "--output", site).returncode == 0
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file() and ".roster" not in path.parts}
    for number in range(100):
        (sources / f"{number}.md").write_text(AGENT.format(f"agent-{number}") + "Text.\n" * 2000)
    result = roster(sources, "--output", site)
    assert result.returncode == 1
    assert "No space left on device" in result.stderr and str(site) in result.stderr
    for path in site.rglob("*"):
        if path.is_file() and path.suffix == ".html":
            assert path.read_bytes().endswith(b"</html>\n"), path
    shutil.rmtree(sources)
    sources.mkdir()
    (sources / "one.md").write_text(AGENT.format("one"))
    assert roster(sources, "--output", site).returncode == 0
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file() and ".roster" not in path.parts} == before


def test_a_full_disk_leaves_no_partial_files(small_disk):
    def run(*arguments):
        return subprocess.run([ROSTER, *arguments], cwd=small_disk, capture_output=True, text=True)

    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", *arguments], cwd=small_disk, check=True, capture_output=True)

    git("init", "--quiet", "--template=")
    (small_disk / "agents").mkdir()
    (small_disk / "agents" / "one.md").write_text(AGENT.format("one"))
    git("add", ".")
    git("commit", "--quiet", "--message", "One")
    (small_disk / "summary.md").write_text("what was there")
    with contextlib.suppress(OSError), (small_disk / "rest").open("wb", buffering=0) as rest:
        while rest.write(b"." * 4096):
            pass

    def files():
        return {path: path.read_bytes() for path in small_disk.rglob("*") if path.is_file()}

    before = files()
    output = small_disk.parent / "review"
    for arguments in (["init"], ["new", "two", "--folder", "agents"], ["approve", "one", "--by", "Ada"], ["review", "HEAD", "agents", "--output", output, "--summary", "summary.md"]):
        result = run(*arguments)
        assert result.returncode == 1 and "No space left on device" in result.stderr, (arguments, result)
        assert files() == before, arguments
    # A named pipe is written to and stays a pipe.
    pipe = small_disk.parent / "pipe"
    os.mkfifo(pipe)
    ours = os.open(pipe, os.O_RDWR)
    assert run("review", "HEAD", "agents", "--output", output, "--summary", pipe).returncode == 0
    assert os.read(ours, 65536).startswith(b"<!-- roster review -->") and pipe.is_fifo()
    os.close(ours)
