"""`roster serve` with real requests, real files and a real browser."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

import pytest
from playwright.sync_api import Error

from conftest import ROSTER

AGENT = "---\nname: {}\ndescription: Does {} things.\n---\n\nBody.\n"
SECONDS = 30


class Preview:
    """A running preview: its address and its output."""

    def __init__(self, folder, *arguments):
        self.temporary = pathlib.Path(tempfile.mkdtemp())
        self.process = subprocess.Popen(
            [str(ROSTER), "serve", *map(str, arguments)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "TMPDIR": str(self.temporary)})
        self.lines = []
        self.heard = threading.Condition()
        threading.Thread(target=self.listen, daemon=True).start()
        line = self.wait(r"Serving at (http://\S+:(\d+)/)")
        self.url, self.port = line.group(1), int(line.group(2))

    def listen(self):
        for line in self.process.stdout:
            with self.heard:
                self.lines.append(line)
                self.heard.notify_all()
        with self.heard:
            self.lines.append(None)
            self.heard.notify_all()

    def wait(self, pattern, start=0):
        """Waits for a line that matches a pattern, from a line number on."""

        def found():
            return next((found for line in self.lines[start:] if line and (found := re.search(pattern, line))), None)

        with self.heard:
            assert self.heard.wait_for(lambda: found() or None in self.lines, SECONDS) and found(), self.lines
            return found()

    def ask(self, target, method="GET", host=None, body=None, **fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        if host != "":
            connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        for name, value in fields.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def raw(self, content, patience=SECONDS):
        """Sends bytes and returns the answer, until the server closes or the time is up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as connection:
            answer = b""
            with contextlib.suppress(OSError):
                connection.sendall(content)
            with contextlib.suppress(OSError):
                while part := connection.recv(65536):
                    answer += part
            return answer

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        status = self.process.wait(SECONDS)
        left = list(self.temporary.iterdir())
        shutil.rmtree(self.temporary)
        return status, left


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "agents").mkdir()
    for name in ("one", "two"):
        (tmp_path / "agents" / f"{name}.md").write_text(AGENT.format(name, name))
    return tmp_path


@contextlib.contextmanager
def previewed(folder, *arguments):
    preview = Preview(folder, *arguments)
    try:
        yield preview
    finally:
        status, left = preview.end()
    assert status == 0 and left == [], (status, left, preview.lines)


@pytest.fixture(scope="module")
def still(tmp_path_factory):
    """A preview of files that don't change, for tests that only send requests."""
    folder = tmp_path_factory.mktemp("preview")
    (folder / "agents").mkdir()
    (folder / "agents" / "one.md").write_text(AGENT.format("one", "one"))
    (folder / "secret.txt").write_text("secret")
    with previewed(folder, "agents") as preview:
        yield preview


# Served files


def test_files_are_served_with_their_types_and_tags(still):
    for target, kind in [
        ("/", "text/html; charset=utf-8"), ("/agents/agents/one.html", "text/html; charset=utf-8"), ("/agents/agents/one.md", "text/markdown; charset=utf-8"),
        ("/catalog.json", "application/json"), ("/index.html?x=../..", "text/html; charset=utf-8"),
    ]:
        answer, content = still.ask(target)
        assert answer.status == 200 and answer.headers["content-type"] == kind, target
        assert answer.headers["cache-control"] == "no-cache" and answer.headers["x-content-type-options"] == "nosniff"
        tag = answer.headers["etag"]
        again, nothing = still.ask(target, If_None_Match=f'"other", W/{tag}')
        assert again.status == 304 and nothing == b"" and again.headers["etag"] == tag
        head, nothing = still.ask(target, method="HEAD")
        assert head.status == 200 and nothing == b"" and int(head.headers["content-length"]) == len(content)
    _, page = still.ask("/")
    addresses = re.findall(r'(?:href|src)="([^"#:_]+\.(?:css|js|svg))"', page.decode())
    assert len(addresses) >= 3
    for address in addresses:
        answer, _ = still.ask("/" + address.lstrip("/"))
        assert answer.status == 200 and answer.headers["content-type"].split(";")[0] in ("text/css", "text/javascript", "image/svg+xml"), address
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("page", ("/agents/agents/one.html", "/", "/nothing.html"))
def test_a_listening_page_receives_its_own_tag(still, page):
    head = still.raw(f"GET {page} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()).partition(b"\r\n\r\n")[0]
    tag = re.search(rb'(?i)\r\netag: ("[0-9a-f]+")', head)[1]
    events = still.raw(f"GET /_preview/events?page={page} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(), patience=1)
    assert b"event: changed\ndata: " + tag + b"\n" in events


def test_byte_ranges_are_served(still):
    answer, whole = still.ask("/catalog.json")
    tag, size = answer.headers["etag"], len(whole)
    for wish, part in [("bytes=0-9", whole[:10]), ("bytes=5-", whole[5:]), ("bytes=-7", whole[-7:]), (f"bytes=3-{10**30}", whole[3:]), (f"bytes=-{10**30}", whole)]:
        answer, content = still.ask("/catalog.json", Range=wish)
        assert answer.status == 206 and content == part, wish
        start = size - len(part) if part != whole[:10] else 0
        assert answer.headers["content-range"] == f"bytes {start}-{start + len(part) - 1}/{size}"
    for wish in (f"bytes={size}-", "bytes=-0", f"bytes={10**30}-"):
        answer, content = still.ask("/catalog.json", Range=wish)
        assert answer.status == 416 and answer.headers["content-range"] == f"bytes */{size}" and content == b"", wish
    for wish in ("bytes=9-5", "lines=1-2", "bytes=1-2,4-5", "bytes=", "bytes=a-b", "bytes=1"):
        answer, content = still.ask("/catalog.json", Range=wish)
        assert answer.status == 200 and content == whole, wish
    assert still.ask("/catalog.json", Range="bytes=0-1", If_Range=tag)[0].status == 206
    assert still.ask("/catalog.json", Range="bytes=0-1", If_Range='"old"')[0].status == 200


def test_missing_files_get_the_sites_own_page(still):
    answer, content = still.ask("/nothing/here.html")
    assert answer.status == 404 and b"Page not found" in content
    for address in re.findall(r'(?:href|src)="([^"]+)"', content.decode()):
        assert address.startswith(("/", "#")) and (address.startswith("#") or still.ask(address)[0].status == 200), address
    assert still.ask("/nothing", method="HEAD")[0].status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(still, method):
    answer, _ = still.ask("/", method=method)
    assert answer.status == 405 and answer.headers["allow"] == "GET, HEAD"


# Refused requests


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "/agents/../../secret.txt", "/agents/..%2f..%2fsecret.txt",
        "/..%252fsecret.txt", "/%c0%ae%c0%ae/secret.txt", "/..%c0%afsecret.txt", "/..\\secret.txt", "/..%5csecret.txt", "/....//secret.txt", "//etc/passwd",
        "/%2fetc/passwd", "/etc/passwd", "/agents/agents/one.html%00.txt", "/%00", "/.roster/outputs", "/.roster/manifest", "/%2eroster/outputs", "/agents/agents/./one.html",
        "/agents//agents/one.html", "//agents/agents/one.html", "/agents/agents/one.html/", "/agents/agents/one.html/.", "/AGENTS/AGENTS/ONE.HTML", "/agents/agents/one.html%20", "/~root",
        "/file:///etc/passwd", "/%ff%fe", "/a" * 2000,
    ])
def test_no_path_leads_out_of_the_site(still, path):
    """FlyingFox's folder handler serves `/..%2fsecret`."""
    content = still.raw(f"GET {path} HTTP/1.1\r\nHost: localhost:{still.port}\r\nConnection: close\r\n\r\n".encode("latin-1"))
    assert content.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400", b"HTTP/1.1 301")) or content == b"", content[:200]
    for secret in (b"root:", b"roster outputs", b"roster manifest", b"secret\n"):
        assert secret not in content
    if content.startswith(b"HTTP/1.1 301"):
        assert re.search(rb"\r\n[Ll]ocation: /[^/]", content)


def test_it_is_not_a_proxy(still):
    for target in ("http://evil.example/", "ftp://evil.example/", f"http://localhost:{still.port}/", "*", "localhost"):
        content = still.raw(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        # A target that names a host gets the preview's own file.
        assert content.startswith(b"HTTP/1.1 400") or "://" in target and b'<script src="/_preview/reload.js"' in content, content[:200]
    assert still.raw(b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").startswith((b"HTTP/1.1 400", b"HTTP/1.1 405"))


@pytest.mark.parametrize(
    "host, is_answered",
    [
        ("localhost", True), ("localhost:8000", True), ("LOCALHOST:1", True), ("127.0.0.1", True), ("127.0.0.1:8000", True), ("[::1]:8000", True), ("192.168.1.7:8000", True),
        ("evil.example", False), ("evil.example:8000", False), ("localhost.evil.example", False), ("127.0.0.1.evil.example", False), ("127.0.0.1.nip.io", False), ("", False),
        ("localhost:evil", False), ("localhost:99999", False), ("127.1", False), ("0x7f000001", False), ("2130706433", False), ("256.1.1.1", False), ("[evil]", False), ("[::1].evil.example", False),
        ("localhost@evil.example", False), ("evil.example#localhost", False), ("+1.2.3.4", False),
    ])
def test_dns_rebinding_is_refused(still, host, is_answered):
    content = still.raw(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert content.startswith(b"HTTP/1.1 200 " if is_answered else (b"HTTP/1.1 421 ", b"HTTP/1.1 400 ")), content[:100]
    assert (b"<title>" in content) is is_answered
    content = still.raw(f"GET /_preview/reload.js HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert (b"EventSource" in content) is is_answered


def test_it_listens_on_the_loopback_address_only(still):
    tables = [pathlib.Path(f"/proc/net/{name}") for name in ("tcp", "tcp6")]
    rows = [line.split() for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
    # Listening sockets: the address in reverse byte order and the port, both hexadecimal.
    assert [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{still.port:04X}")] == [f"0100007F:{still.port:04X}"]


def test_unfinished_requests_time_out(still):
    """Each request times out separately, and others are answered meanwhile."""
    started = [b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", b"G", b""]
    answers = [None] * len(started)

    def slow(number):
        with socket.create_connection(("127.0.0.1", still.port), timeout=60) as connection:
            connection.sendall(started[number])
            with contextlib.suppress(ConnectionError):
                answers[number] = connection.recv(1000)
            answers[number] = answers[number] or b""

    threads = [threading.Thread(target=slow, args=(number,)) for number in range(len(started))]
    for thread in threads:
        thread.start()
    for _ in range(20):
        assert still.ask("/")[0].status == 200
    for thread in threads:
        thread.join(60)
    assert all(answer is not None and not answer.startswith(b"HTTP/1.1 200") for answer in answers), answers


def memory(process):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{process.pid}/status").read_text()).group(1)) / 1024


def test_huge_requests_use_little_memory(still):
    before = memory(still.process)
    assert not still.raw(b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(b"HTTP/1.1 2")
    assert not still.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n").startswith(b"HTTP/1.1 2")
    assert not still.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 100_000 + b"\r\n").startswith(b"HTTP/1.1 2")
    assert not still.raw(b"\x16\x03\x01" + os.urandom(5000)).startswith(b"HTTP/1.1 2")
    for field in (b"Content-Length: 100000000000", b"Transfer-Encoding: chunked"):
        answer = still.raw(b"POST / HTTP/1.1\r\nHost: localhost\r\n" + field + b"\r\n\r\n" + b"10000\r\n" + b"a" * 50_000_000)
        assert answer.startswith((b"HTTP/1.1 413", b"HTTP/1.1 400")) or answer == b"", answer[:100]
    assert memory(still.process) - before < 60
    assert still.ask("/")[0].status == 200


def test_many_open_connections_do_not_block_others(still):
    held = [socket.create_connection(("127.0.0.1", still.port), timeout=SECONDS) for _ in range(150)]
    assert still.ask("/")[0].status == 200
    for connection in held:
        connection.close()


# Ports and signals


def test_a_used_port_gives_the_next_one_or_an_error(folder):
    with previewed(folder, "agents") as first, previewed(folder, "agents") as second:
        assert second.port > first.port
        result = subprocess.run([ROSTER, "serve", "agents", "--port", str(first.port)], cwd=folder, capture_output=True, text=True, timeout=SECONDS)
        assert result.returncode == 1 and f"port {first.port} is in use" in result.stderr
    result = subprocess.run([ROSTER, "serve", "agents", "--host", "203.0.113.9"], cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    assert result.returncode == 1 and "cannot serve at http://203.0.113.9" in result.stderr
    result = subprocess.run([ROSTER, "serve", "nowhere"], cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    assert result.returncode == 2 and "nowhere: no such folder" in result.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_on_signals_even_with_open_pages(folder, how):
    preview = Preview(folder, "agents")
    with socket.create_connection(("127.0.0.1", preview.port)) as events, socket.create_connection(("127.0.0.1", preview.port)):
        events.sendall(b"GET /_preview/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"text/event-stream" in events.recv(1000)
        preview.process.send_signal(how)
        assert preview.process.wait(SECONDS) == 0
    assert preview.end() == (0, [])


# Live reload


@pytest.fixture
def page(browser, folder):
    """A preview, a browser page that shows it, and the folder of its sources."""
    for number in range(40):
        # Each text differs. Similar agents link to each other, which would change the height of the page.
        (folder / "agents" / f"more-{number}.md").write_text(AGENT.format(f"more-{number}", "more") + f"Text {number}.\n\n" * 300)
    (folder / "roster.yml").write_text("title: Mine\ncontent: [agents]\n")
    with previewed(folder) as preview:
        context = browser.new_context()
        page = context.new_page()
        page.goto(preview.url + "agents/agents/more-3.html")
        yield preview, page, folder
        # Closing a browser during a reload may block forever, and a reload interrupts navigation. So try several times.
        for _ in range(5):
            with contextlib.suppress(Error):
                page.goto("about:blank")
                break
        context.close()


def edit(path, *replacements):
    """Saves as editors do: writes a new file, then renames it over the old one."""
    text = path.read_text()
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    path.with_suffix(".tmp").write_text(text)
    path.with_suffix(".tmp").rename(path)


def wait_until(holds):
    """Polls a condition. The pages' content security policy blocks Playwright's own waiting."""
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_page_shows_saved_changes_and_keeps_its_scroll_position(page):
    preview, page, folder = page
    page.evaluate("scrollTo(0, 1500)")
    path = folder / "agents" / "more-3.md"
    for text in ("First change.", "Second change."):
        edit(path, ("Body.", text)) if text.startswith("First") else edit(path, ("First change.", text))
        page.get_by_text(text).wait_for(state="attached")
        wait_until(lambda: page.evaluate("scrollY") == 1500)
    page.evaluate("window.mark = 1")
    edit(folder / "agents" / "more-7.md", ("Body.", "Another page's."))
    preview.wait("files? written", len(preview.lines))
    page.wait_for_timeout(500)
    assert page.evaluate("window.mark") == 1, "an unchanged page was reloaded"


def test_new_and_removed_files_and_folders_are_noticed(page):
    preview, page, folder = page
    page.goto(preview.url)
    (folder / "agents" / "deep" / "er").mkdir(parents=True)
    (folder / "agents" / "deep" / "er" / "new.md").write_text(AGENT.format("brand-new", "new"))
    page.get_by_text("brand-new").first.wait_for()
    edit(folder / "agents" / "deep" / "er" / "new.md", ("brand-new", "newer-still"))
    page.get_by_text("newer-still").first.wait_for()
    page.goto(preview.url + "agents/agents/newer-still.html")
    (folder / "agents" / "deep" / "er" / "new.md").unlink()
    page.get_by_text("Page not found").first.wait_for()
    (folder / "agents" / "deep" / "er" / "new.md").write_text(AGENT.format("newer-still", "new"))
    page.get_by_text("Does new things").first.wait_for()
    shutil.rmtree(folder / "agents")
    page.locator("roster-troubles").get_by_text("no such folder").wait_for()
    (folder / "agents").mkdir()
    (folder / "agents" / "x.md").write_text(AGENT.format("newer-still", "returned"))
    page.get_by_text("Does returned things").first.wait_for()
    page.locator("roster-troubles").wait_for(state="detached")


def test_an_error_is_shown_with_its_place_until_it_is_fixed(page):
    preview, page, folder = page
    overlay = page.locator("roster-troubles")
    edit(folder / "roster.yml", ("title: Mine", "title: Mine\ntilte: Other"))
    overlay.get_by_text("has no key “tilte”; did you mean “title”?").wait_for()
    assert overlay.locator(".where").inner_text() == "roster.yml:2:1"
    assert overlay.locator(".here").inner_text().split() == [">", "2", "tilte:", "Other"]
    edit(folder / "roster.yml", ("tilte: Other", "description: Ours"))
    overlay.wait_for(state="detached")
    edit(folder / "agents" / "more-9.md", ("description: Does", "description: Use it\nDoes"))
    overlay.get_by_text("invalid YAML").wait_for()
    assert overlay.locator(".where").inner_text() == "agents/more-9.md:4:1"
    assert "Indent" in overlay.locator(".help").inner_text()
    page.reload()
    overlay.get_by_text("invalid YAML").wait_for()
    page.keyboard.press("Escape")
    overlay.wait_for(state="detached")
    edit(folder / "agents" / "more-3.md", ("Body.", "<b>Still</b> built."))
    page.get_by_text("Still").wait_for(state="attached")
    edit(folder / "agents" / "more-9.md", ("Use it\nDoes", "Does"))
    overlay.wait_for(state="detached")
    preview.wait("The errors are fixed")


def test_the_theme_is_watched(page):
    preview, page, folder = page
    (folder / "look" / "Templates").mkdir(parents=True)
    (folder / "look" / "Assets").mkdir()
    edit(folder / "roster.yml", ("title: Mine", "title: Mine\ntheme: look"))
    (folder / "look" / "Templates" / "footer.mustache").write_text("<footer class=\"site\"><p>Our own foot.</p></footer>\n")
    page.get_by_text("Our own foot.").wait_for()
    (folder / "look" / "Templates" / "footer.mustache").write_text("<footer class=\"site\">{{#open}}</footer>\n")
    page.locator("roster-troubles .where").wait_for()
    assert page.locator("roster-troubles .where").inner_text().startswith("look/Templates/footer.mustache:1")
    (folder / "look" / "Templates" / "footer.mustache").unlink()
    page.locator("roster-troubles").wait_for(state="detached")


def test_published_pages_contain_nothing_of_the_preview(folder, tmp_path):
    subprocess.run([ROSTER, "build", "agents", "--output", tmp_path / "site"], cwd=folder, check=True, capture_output=True)
    with previewed(folder, "agents") as preview:
        for path in (tmp_path / "site").rglob("*.html"):
            published = path.read_bytes()
            assert b"_preview" not in published
            if path.name == "404.html":  # In a preview, its links begin at the root.
                continue
            _, shown = preview.ask("/" + path.relative_to(tmp_path / "site").as_posix())
            assert re.sub(rb'<script src="/_preview/reload.js" data-tag="[0-9a-f]{32}"></script>\n', b"", shown) == published, path
        assert json.loads(preview.ask("/catalog.json")[1]) == json.loads((tmp_path / "site" / "catalog.json").read_text())


def test_it_polls_if_the_system_reports_no_changes(folder):
    """Other programs can use up the system's limit of inotify instances."""
    limit = pathlib.Path("/proc/sys/fs/inotify/max_user_instances")
    if os.geteuid() != 0 or not os.access(limit, os.W_OK):
        pytest.skip("the system's limit cannot be set here")
    before = limit.read_text()
    limit.write_text("0")
    try:
        with previewed(folder, "agents") as preview:
            preview.wait("checking for changes every second")
            (folder / "agents" / "one.md").write_text(AGENT.format("one", "other"))
            deadline = time.monotonic() + SECONDS
            while b"Does other things" not in preview.ask("/agents/agents/one.html")[1]:
                assert time.monotonic() < deadline
                time.sleep(0.1)
    finally:
        limit.write_text(before)
