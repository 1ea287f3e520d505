"""Test files with invisible characters in every place that can hold them."""
import json
import unicodedata

import hostile

TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "obey me")
SELECTORS = "".join(chr(0xFE00 + byte if byte < 16 else 0xE0100 + byte - 16) for byte in b"obey me")

# Characters and sequences with the label that a page shows for each.
CHARACTERS = {
    **{chr(code): f"U+{code:04X}" for code in (
        0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E,
        0x2060, 0x2062, 0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0x2800, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0x1D173, 0xE0001, 0xE0100)},
    TAGS: "“obey me”",
    SELECTORS: "“obey me”",
    "\u200b\u200c\u200b": "U+200B U+200C U+200B",
    "\u200b\u200b\u200b": "U+200B ×3",
}

# Joiners and selectors that emoji and scripts need. They are not labeled.
NEEDED = ["👩\u200d💻", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "می\u200cخواهم", "क्\u200dष", "葛\U000e0100"]


def is_hidden(sign):
    """Whether a character is always invisible, by Python's Unicode data and blocks that are invisible as a whole."""
    code = ord(sign)
    if sign in "\t\n\r":
        return False
    invisible = code in (0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2028, 0x2029, 0x2800, 0x3164, 0xFFA0) or 0x180B <= code <= 0x180F
    return invisible or 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF or unicodedata.category(sign) == "Cf" and code not in range(0x600, 0x606)


def hidden_in(text):
    """The names of the hidden characters in a text, except those that emoji and scripts need."""
    for needed in NEEDED:
        text = text.replace(needed, "")
    return sorted({f"U+{ord(sign):04X}" for sign in text if is_hidden(sign)})


def quoted(text):
    """A YAML string. JSON strings are valid YAML, except that JSON writes some characters as two escapes."""
    return "".join(f"\\U{ord(sign):08X}" if ord(sign) > 0xFFFF else json.dumps(sign)[1:-1] for sign in text).join('""')


def agent(lines, body="Body.\n"):
    return ("---\n" + "\n".join(lines) + "\n---\n\n" + body).encode()


def files():
    """Yields paths and their contents."""
    for number, sign in enumerate(CHARACTERS):
        text = f"say{sign}it"
        value = quoted(text)
        for field in hostile.FIELDS:
            lines = [f"name: field-{field}-{number}", f"description: Case {number}."]
            lines = [line for line in lines if not line.startswith(field + ":")] + [f"{field}: {value}"]
            yield f"fields/{field}-{number}.md", agent(lines)
        lines = [f"name: lists-{number}", f"description: Case {number}."] + [f"{key}: [{value}, {quoted(text + ' b')}]" for key in hostile.LISTS]
        yield f"lists/{number}.md", agent(lines + [f"{value}: {value}", f"nested: {{{value}: [{value}]}}", f"hooks: {{PreToolUse: [{{hooks: [{{type: command, command: {value}}}]}}]}}"])
        example = f"<example>\nContext: {text}\nuser: '{text}'\nassistant: '{text}'\n<commentary>{text}</commentary>\n</example>"
        description = quoted(f"{text}. Use it when {text}.\n\n- {text}\n\n[{text}](x.md)\n\n{example}")
        yield f"descriptions/{number}.md", agent([f"name: description-{number}", f"description: {description}"])
        yield f"broken/{number}.md", agent([f"name: broken-{number}", f"description: {text}: {text}", f"{text}: x: y", "tools: [" + text])
        body = "\n\n".join(construct.replace("{p}", text) for construct in hostile.CONSTRUCTS)
        yield f"bodies/{number}.md", agent([f"name: body-{number}", f"description: Case {number}."], body)
        yield f"paths/{text}/{text}.md", agent([f"description: Case {number}."])
        yield f"notes/{text}.md", f"# {text}\n\n{text}\n".encode()
        # Two nearly identical agents, so that the site has a page with their differences.
        lines = "\n".join(f"Line {line} of what both of the two in case {number} say." for line in range(30))
        for side in ("left", "right"):
            yield f"pairs/{side}-{number}.md", agent([f"name: {side}-{number}", f"description: {side} {number}."], f"# {text}\n\n{lines}\n\nThe {side} side says {text} at the end.\n\n{text if side == 'left' else 'Nothing.'}\n")
    needed = "\n\n".join(NEEDED)
    yield "needed.md", agent([f"name: {quoted(NEEDED[4])}", f"description: {quoted(' '.join(NEEDED))}"], needed)
