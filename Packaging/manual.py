"""Writes the manual page from the program's help: `roster --experimental-dump-help | python3 manual.py > roster.1`.

The page uses the macros of man(7). Its text is the program's own help, so the two cannot differ.
"""
import json
import os
import re
import sys
import time


def escaped(text):
    """A text, escaped for roff."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def paragraphs(text):
    """Formats a discussion: indented lines are kept as they are, other lines become paragraphs."""
    lines, kept = [], False
    for line in text.splitlines():
        stands_in = line.startswith("  ") and line.strip()
        if stands_in and not kept:
            lines += [".PP", ".nf", ".RS 2"]
        if kept and not stands_in:
            lines += [".RE", ".fi"]
        kept = bool(stands_in)
        if stands_in:
            lines.append(escaped(line[2:]))
        elif line.strip():
            lines += [".PP", escaped(line)]
    return lines + ([".RE", ".fi"] if kept else [])


def names(argument):
    """The names of an option with their dashes."""
    dashes = {"short": "-", "long": "--", "longWithSingleDash": "-"}
    return ", ".join("\\fB" + escaped(dashes[name["kind"]] + name["name"]) + "\\fR" for name in argument.get("names", []))


def argument(one):
    value = escaped(one.get("valueName", "value"))
    if one["kind"] == "positional":
        head = f"\\fI{value}\\fR" + (" ..." if one.get("isRepeating") else "")
    else:
        head = names(one) + (f" \\fI{value}\\fR" if one["kind"] == "option" else "")
    words = one.get("abstract", "")
    values = one.get("allValues")
    if values:
        words += f" (one of: {', '.join(values)})"
    if one.get("defaultValue") and one["kind"] == "option":
        words += f" (default: {one['defaultValue']})"
    return [".TP", head, escaped(words)]


def synopsis(command, path):
    parts = ["\\fB" + escaped(" ".join(path)) + "\\fR"]
    for one in command.get("arguments", []):
        if one["kind"] == "positional":
            name = f"\\fI{escaped(one.get('valueName', 'value'))}\\fR" + (" ..." if one.get("isRepeating") else "")
            parts.append(f"[{name}]" if one.get("isOptional") else name)
    return " ".join(parts + ["[\\fIoptions\\fR]"])


def shown(arguments):
    hidden = {"help", "version"}
    return [one for one in arguments if one.get("shouldDisplay", True) and not hidden & {name["name"] for name in one.get("names", [])}]


def sections(text):
    """Splits the description from the exit status and the environment variables, which have separate sections."""
    before, _, rest = text.partition("Exit status:")
    status, _, environment = rest.partition("Environment variables")
    return before, status.strip(), environment


def main():
    root = json.load(sys.stdin)["command"]
    commands = [one for one in root["subcommands"] if one["commandName"] != "help" and one.get("shouldDisplay", True)]
    day = time.strftime("%Y-%m-%d", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))))
    before, _, environment = sections(root["discussion"])
    lines = [f'.TH ROSTER 1 "{day}" "Roster" "User Commands"', ".SH NAME", f"roster \\- {escaped(root['abstract'].rstrip('.')[0].lower() + root['abstract'].rstrip('.')[1:])}", ".SH SYNOPSIS"]
    for command in commands:
        lines += [synopsis(command, ["roster", command["commandName"]]), ".br"]
    lines.pop()
    description, _, examples = before.partition("Examples:")
    lines += [".SH DESCRIPTION", *paragraphs(description)[1:], ".SH COMMANDS"]
    for command in commands:
        lines += [f".SS \"roster {command['commandName']}\"", escaped(command["abstract"]), *paragraphs(command.get("discussion", ""))]
        for one in shown(command.get("arguments", [])):
            lines += argument(one)
    lines += [".SH OPTIONS", ".TP", "\\fB\\-\\-version\\fR", "Show the version.", ".TP", "\\fB\\-h\\fR, \\fB\\-\\-help\\fR", "Show help. Works for each command."]
    lines += [".SH EXIT STATUS", ".TP", "0", "Success.", ".TP", "1", "Findings that fail the command, or another error.", ".TP", "2", "Usage error: an invalid option, configuration file or theme."]
    lines += [".SH ENVIRONMENT", "These override roster.yml. Options override them."]
    for line in environment.splitlines()[1:]:
        if line.strip():
            name, meaning = line.split(maxsplit=1)
            lines += [".TP", f"\\fB{escaped(name)}\\fR", escaped(meaning)]
    lines += [".TP", "\\fBNO_COLOR\\fR", "If set, output has no colors."]
    lines += [".SH FILES", ".TP", "roster.yml", "The configuration, in the current folder. \\fBroster init\\fR creates one.", ".TP", "\\&.approvals/", "Recorded approvals, in a folder next to the agents."]
    lines += [".SH EXAMPLES", *paragraphs(examples)[1:]]
    lines += [".SH SEE ALSO", "\\fBgit\\fR(1)"]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
