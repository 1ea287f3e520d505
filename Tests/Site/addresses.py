"""Finds the pages and published files of items in a built site."""
import pathlib
import re
import urllib.parse


def leads_to(path):
    """The page that a redirect leads to, or the page itself."""
    path = pathlib.Path(path)
    text = path.read_text("utf-8", "replace")
    if '<body class="moved">' not in text:
        return path
    href = re.search(r'<p><a href="([^"]+)">', text)[1]
    return leads_to(pathlib.Path(path.parent, urllib.parse.unquote(href)).resolve())


def page_of(folder, name, kind="agents"):
    """The page of the only item with a name."""
    return leads_to(pathlib.Path(folder, kind, f"{name}.html"))


def source_of(folder, name, kind="agents"):
    """The published source file of the only item with a name."""
    page = page_of(folder, name, kind)
    return next(path for path in page.parent.glob(f"{page.stem}.*") if path.suffix != ".html")


def pages_of(folder, kind="agents"):
    """The pages of all items of a kind, without redirects and pages that list items with the same name."""
    return sorted(path for path in pathlib.Path(folder, kind).glob("*/**/*.html") if leads_to(path) == path)


def sources_of(folder, kind="agents"):
    """The published source files of all items of a kind."""
    return sorted(path for path in pathlib.Path(folder, kind).rglob("*") if path.is_file() and path.suffix != ".html")
