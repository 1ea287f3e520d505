"""No link is broken or absolute, and nothing is loaded from other sites."""
import html.parser
import pathlib
import urllib.parse

from addresses import leads_to


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links = []
        self.loaded = []
        self.ids = []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in ("link", "script", "img", "iframe", "source", "video", "audio", "object", "embed"):
            if values.get("rel") == "canonical":
                return
            self.loaded.append(values.get("href") or values.get("src") or "")


def read(page):
    reader = Links()
    reader.feed(page.read_text("utf-8"))
    return reader


def test_links_of_a_review(review_site):
    test_links(review_site)


def test_links(site):
    folder = site.folder
    pages = {page: read(page) for page in site.pages()}
    ids = {page: set(reader.ids) for page, reader in pages.items()}
    broken = []
    for page, reader in pages.items():
        if len(reader.ids) != len(ids[page]):
            broken.append(f"{page.relative_to(folder)}: an id stands there twice")
        for link in reader.links + reader.loaded:
            if page.name == "404.html" and link in reader.loaded:
                # It is shown at addresses of any depth, so it tries every parent folder.
                while link.startswith("../"):
                    link = link[3:]
            url = urllib.parse.urlsplit(link)
            if url.scheme in ("http", "https", "mailto"):
                if link in reader.loaded:
                    broken.append(f"{page.relative_to(folder)} loads {link}")
                continue
            target = page
            if url.path:
                target = (page.parent / urllib.parse.unquote(url.path)).resolve()
            if url.scheme or url.netloc or link.startswith("/") or not target.is_relative_to(folder.resolve()):
                broken.append(f"{page.relative_to(folder)} leads out of the site: {link}")
            elif not target.is_file():
                broken.append(f"{page.relative_to(folder)} leads nowhere: {link}")
            elif url.fragment and target.suffix == ".html":
                if urllib.parse.unquote(url.fragment) not in ids[pathlib.Path(target)]:
                    broken.append(f"{page.relative_to(folder)} leads to no such place: {link}")
    assert not broken, "\n".join(broken[:40])


def test_every_page_can_be_reached(site):
    seen = set()
    pending = [site.folder / "index.html"]
    while pending:
        page = pending.pop().resolve()
        if page in seen or page.suffix != ".html":
            continue
        seen.add(page)
        for link in read(page).links:
            url = urllib.parse.urlsplit(link)
            if not url.scheme and url.path:
                pending.append(page.parent / urllib.parse.unquote(url.path))
    # Redirects exist for old links only, so no page links to them.
    unreached = {page.resolve() for page in site.pages() if leads_to(page) == page} - seen - {(site.folder / "404.html").resolve()}
    assert not unreached, sorted(unreached)[:20]
