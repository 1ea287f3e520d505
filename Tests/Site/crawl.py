"""Crawls a site over HTTP from its front page and reports broken links and wrong headers: `crawl.py ADDRESS`."""
import collections
import sys
import urllib.error
import urllib.parse
import urllib.request

import lxml.html

TYPES = {
    "": {"text/html"}, "html": {"text/html"}, "css": {"text/css"}, "js": {"text/javascript", "application/javascript", "application/x-javascript"},
    "json": {"application/json"}, "ndjson": {"application/x-ndjson"}, "md": {"text/markdown"}, "txt": {"text/plain"}, "csv": {"text/csv"},
    "xml": {"text/xml", "application/xml"}, "svg": {"image/svg+xml"}, "png": {"image/png"},
}


def links(text):
    root = lxml.html.fromstring(text)
    for element in root.iter("a", "link", "script", "img"):
        address = element.get("href") or element.get("src")
        if address and element.get("rel") != "canonical":
            yield address


def crawl(start, knows_types=True):
    """Crawls everything linked below an address. Returns the number of addresses, their types, and the problems."""
    waiting, seen, wrong, types = collections.deque([start]), {start}, [], collections.Counter()
    while waiting:
        address = waiting.popleft()
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                body, kind, charset = answer.read(), answer.headers.get_content_type(), answer.headers.get_content_charset()
                caching = answer.headers.get("Cache-Control", "")
        except urllib.error.HTTPError as error:
            wrong.append(f"{address}: {error.code}")
            continue
        path = urllib.parse.urlsplit(address).path
        name = path.rsplit("/", 1)[-1]
        ending = name.rsplit(".", 1)[-1] if "." in name else ""
        types[kind] += 1
        if knows_types and kind not in TYPES.get(ending, {kind}):
            wrong.append(f"{address}: is sent as {kind}")
        if knows_types and kind.startswith("text/") and charset not in ("utf-8", None if ending == "xml" else "utf-8"):
            wrong.append(f"{address}: is sent in {charset}")
        if knows_types and caching and ("immutable" in caching) != ("/assets/" in path):
            wrong.append(f"{address}: is kept as {caching}")
        if kind != "text/html":
            continue
        for link in links(body.decode("utf-8")):
            target = urllib.parse.urldefrag(urllib.parse.urljoin(address, link))[0].split("?")[0]
            if target.startswith(start) and target not in seen:
                seen.add(target)
                waiting.append(target)
            elif not target.startswith(start) and urllib.parse.urlsplit(target).netloc == urllib.parse.urlsplit(start).netloc:
                wrong.append(f"{address}: leads out of the site, to {target}")
    return len(seen), types, wrong


if __name__ == "__main__":
    count, types, wrong = crawl(sys.argv[1])
    print(f"{count} addresses: " + ", ".join(f"{number} {kind}" for kind, number in types.most_common()))
    for line in wrong[:40]:
        print(line)
    print(f"{len(wrong)} wrong")
    sys.exit(1 if wrong else 0)
