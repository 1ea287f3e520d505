"""Builds sites with the program as a person would, once for a run, and looks at what came out."""
import contextlib
import functools
import http.server
import importlib.util
import os
import pathlib
import subprocess
import threading

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ROSTER = pathlib.Path(os.environ.get("ROSTER", ROOT / ".build/debug/roster"))


def build(sources, output, *options, environment=None):
    command = [str(part) for part in (ROSTER, "build", *sources, "--output", output, *options)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **(environment or {})}
    )


def path_with_pagefind():
    """The search path with Pagefind on it, which lies beside the other tools of these tests."""
    package = importlib.util.find_spec("pagefind_bin")
    return os.pathsep.join([*package.submodule_search_locations, os.environ["PATH"]])


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def served_folder(folder):
    """The address of a plain server of this machine that shows a folder."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


class Site:
    """A site that was built: its folder, the folder of its sources, and what the program said."""

    def __init__(self, folder, sources, result):
        self.folder = folder
        self.sources = sources
        self.result = result

    def pages(self):
        return sorted(self.folder.rglob("*.html"))


def published(tmp_path_factory, name, sources, *options):
    folder = tmp_path_factory.mktemp("sites") / name
    result = build(sources, folder, "--no-search", *options)
    assert result.returncode == 0, result.stderr
    return Site(folder, [pathlib.Path(source) for source in sources], result)


@pytest.fixture(scope="session")
def content_site(tmp_path_factory):
    return published(tmp_path_factory, "content", [ROOT / "Content"], "--config", ROOT / "roster.yml")


@pytest.fixture(scope="session")
def searchable_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sites") / "searchable"
    result = build([ROOT / "Content"], folder, environment={"PATH": path_with_pagefind()})
    assert result.returncode == 0, result.stderr
    return Site(folder, [ROOT / "Content"], result)


@pytest.fixture(scope="session")
def hard_site(tmp_path_factory):
    """Files in the shapes that are found in the wild and that other tools fail on."""
    return published(tmp_path_factory, "hard", [ROOT / "Tests/Site/Hard"])


@pytest.fixture(scope="session")
def seeds_site(tmp_path_factory):
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the seeds are not beside the checkout")
    return published(tmp_path_factory, "seeds", [SHARED / "seeds"])


@pytest.fixture(scope="session")
def corpora_site(tmp_path_factory):
    if not (SHARED / "corpora").is_dir():
        pytest.skip("the corpora are not beside the checkout")
    return published(tmp_path_factory, "corpora", [SHARED / "corpora"])


@pytest.fixture(params=["content_site", "hard_site", "seeds_site", "corpora_site"], scope="session")
def site(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["content_site", "hard_site", "seeds_site"], scope="session")
def small_site(request):
    return request.getfixturevalue(request.param)
