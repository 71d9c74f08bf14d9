"""Discord's Markdown, as far as a test wants to read through it, and what of it would ring people's bells."""

import re

PING = re.compile(r"@(everyone|here)|<@(!?|&)([0-9]+)>")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
PRIVATE = 0xE000
"""Where escaped signs wait, out of the Markdown's sight: the private use area."""

FENCE = re.compile(r"```(?:[a-z0-9+-]*\n)?(.*?)```", re.DOTALL)
LINK = re.compile(r"\[([^\]\n]+)\]\(<?[^)\s]+>?\)")
HEAD = re.compile(r"^(?:#{1,3} |-# |>>> |> )", re.MULTILINE)
MARKS = [
    re.compile(rf"{mark}(?=\S)(.+?)(?<=\S){mark}", re.DOTALL)
    for mark in (r"\*\*\*", r"\*\*", "__", "~~", r"\|\|", "``", "`", r"\*")
]
UNDERSCORE = re.compile(r"(?<![^\W_])_(?=\S)(.+?)(?<=\S)_(?![^\W_])", re.DOTALL)


def plain(text: str) -> str:
    """A text as people read it: marks, headings and escapes gone, a link as what it says."""
    hidden = ESCAPED.sub(lambda match: chr(PRIVATE + ord(match[1])), text)
    hidden = FENCE.sub(lambda match: match[1], hidden)
    hidden = HEAD.sub("", LINK.sub(r"\1", hidden))
    for mark in MARKS:
        hidden = mark.sub(r"\1", hidden)
    hidden = UNDERSCORE.sub(r"\1", hidden)
    return "".join(chr(ord(sign) - PRIVATE) if PRIVATE <= ord(sign) < PRIVATE + 128 else sign for sign in hidden)


def pings(text: str) -> list[tuple[str, int]]:
    """Whom a text names so that it may ring: ("everyone", 0), ("users", id) or ("roles", id)."""
    pings: list[tuple[str, int]] = []
    for ping in PING.finditer(text):
        if ping[1]:
            pings.append(("everyone", 0))
        else:
            pings.append(("roles" if ping[2] == "&" else "users", int(ping[3])))
    return pings
