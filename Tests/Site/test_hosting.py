"""The site on common servers with the settings from the guide, below a path and at the root: links, types and caching.
"""
import contextlib
import os
import pathlib
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import pytest

from conftest import ROOT, build
from crawl import crawl

GUIDE = (ROOT / "Documentation/hosting.md").read_text("utf-8")
# Servers are unpacked here, not installed, so that none starts by itself.
SERVERS = ROOT / ".build/servers"


def snippet(language):
    return re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL).group(1)


def program(name):
    unpacked = SERVERS / "usr/sbin" / name
    found = str(unpacked) if unpacked.is_file() else shutil.which(name, path="/usr/sbin:/usr/bin")
    if not found:
        pytest.skip(f"{name} is not there; make test brings it")
    return found


def below(path):
    """A file of a server's package, unpacked or installed."""
    return SERVERS / path if (SERVERS / path).exists() else pathlib.Path("/") / path


@contextlib.contextmanager
def running(command, port):
    libraries = ":".join(str(folder) for folder in SERVERS.glob("usr/lib/*-linux-gnu")) + ":" + os.environ.get("LD_LIBRARY_PATH", "")
    log = tempfile.TemporaryFile()
    process = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log, env={**os.environ, "LD_LIBRARY_PATH": libraries})
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if process.poll() is not None:
                log.seek(0)
                raise AssertionError(log.read().decode("utf-8", "replace"))
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_open_to_all(place):
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (place, *place.parents))


@pytest.fixture(scope="module")
def folder():
    """A folder that servers running as nobody can read."""
    usual = pathlib.Path(tempfile.gettempdir()).resolve()
    place = pathlib.Path(tempfile.mkdtemp(dir=usual if is_open_to_all(usual) else "/var/tmp"))
    place.chmod(0o755)
    result = build([ROOT / "Content"], place / "site", "--no-search", "--config", ROOT / "roster.yml", "--base-url", "http://127.0.0.1/agents/")
    assert result.returncode == 0, result.stderr
    yield place
    shutil.rmtree(place)


@contextlib.contextmanager
def nginx(folder, port, at_root):
    text = snippet("nginx").replace("127.0.0.1:8080", f"127.0.0.1:{port}").replace("include mime.types", f"include {below('etc/nginx/mime.types')}").replace("/srv/agents", str(folder / "site"))
    if at_root:
        # The guide's changes for a site at the root.
        text = text.replace("location /agents/ {", "location / {").replace(f"alias {folder}/site/;", f"root {folder}/site;").replace(f"alias {folder}/site/assets/$1;", f"root {folder}/site;").replace("/agents/", "/")
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(f"daemon off;\npid {folder}/nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{text}}}\n")
    with running([program("nginx"), "-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"], port):
        yield


@contextlib.contextmanager
def apache(folder, port, at_root):
    text = snippet("apache").replace("/srv/agents", str(folder / "site"))
    if at_root:
        text = text.replace('Alias "/agents"', 'Alias "/"').replace(f'"{folder}/site"\n', f'"{folder}/site/"\n', 1).replace("/agents/404.html", "/404.html")
    modules = below("usr/lib/apache2/modules")
    loaded = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in ("mpm_event", "authz_core", "alias", "dir", "mime", "headers"))
    mime = next(path for path in (pathlib.Path("/etc/mime.types"), SERVERS / "etc/mime.types") if path.exists())
    (folder / "apache.conf").write_text(f"ServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/apache.pid\nErrorLog /dev/stderr\n{loaded}TypesConfig {mime}\nUser nobody\nGroup nogroup\nMutex file:{folder}\n{text}")
    with running([program("apache2"), "-D", "FOREGROUND", "-f", folder / "apache.conf"], port):
        yield


@contextlib.contextmanager
def lighttpd(folder, port, at_root):
    text = snippet("lighttpd").replace("/srv/agents", str(folder / "site"))
    if at_root:
        text = text.replace('"/agents/" => ', '"/" => ').replace("^/agents/", "^/")
    modules = next(iter(SERVERS.glob("usr/lib/lighttpd")), pathlib.Path("/usr/lib/lighttpd"))
    (folder / "lighttpd.conf").write_text(f'server.bind = "127.0.0.1"\nserver.port = {port}\nserver.document-root = "{folder}"\nserver.modules = ()\n{text}')
    with running([program("lighttpd"), "-D", "-m", modules, "-f", folder / "lighttpd.conf"], port):
        yield


@pytest.mark.parametrize("at_root", (False, True), ids=("below a path", "at the root"))
@pytest.mark.parametrize("server", (nginx, apache, lighttpd), ids=lambda server: server.__name__)
def test_every_link_works_on(server, at_root, folder):
    port = free_port()
    with server(folder, port, at_root):
        start = f"http://127.0.0.1:{port}/" + ("" if at_root else "agents/")
        count, types, wrong = crawl(start)
        assert not wrong, "\n".join(wrong[:20])
        assert count > 100 and types["text/html"] > 60 and types["text/markdown"] > 10
        for name in ("catalog.ndjson", "catalog.schema.json", "portfolio.csv", "llms.txt", "sitemap.xml", "feed.xml" if (folder / "site" / "feed.xml").exists() else "robots.txt"):
            with urllib.request.urlopen(start + name) as answer:
                assert answer.status == 200 and answer.read() == (folder / "site" / name).read_bytes()
        with pytest.raises(urllib.error.HTTPError) as nowhere:
            urllib.request.urlopen(start + "agents/nobody.html")
        assert nowhere.value.code == 404 and "Page not found" in nowhere.value.read().decode("utf-8")
        with pytest.raises(urllib.error.HTTPError) as own:
            urllib.request.urlopen(start + ".roster/manifest")
        assert own.value.code in (403, 404)
        asset = next((folder / "site" / "assets").glob("style.*.css")).name
        with urllib.request.urlopen(start + "assets/" + asset) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
        with urllib.request.urlopen(start + "index.html") as answer:
            assert answer.headers["Cache-Control"] == "no-cache"
            tag = answer.headers["ETag"]
        with pytest.raises(urllib.error.HTTPError) as same:
            urllib.request.urlopen(urllib.request.Request(start + "index.html", headers={"If-None-Match": tag}))
        assert same.value.code == 304


@pytest.mark.parametrize("at_root", (False, True), ids=("below a path", "at the root"))
def test_every_link_works_on_pythons_server(at_root, folder):
    command = next(line for line in GUIDE.splitlines() if line.startswith("python3 -m http.server"))
    port = free_port()
    served = folder / "site" if at_root else folder
    parts = command.replace("8080", str(port)).replace("Output", str(served)).split()
    with running([sys.executable, *parts[1:]], port):
        count, _, wrong = crawl(f"http://127.0.0.1:{port}/" + ("" if at_root else "site/"), knows_types=False)
        assert not wrong and count > 100
