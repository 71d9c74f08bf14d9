"""The script language: a conversation as a file.

# a remark
u1: /start              u1 says something in private
u1: [8 h a week]        u1 presses a button (without "u1:" whoever spoke last does)
u1@cafe: /leaderboard   u1 speaks in the group cafe
u1@cafe: @studybuddy did 45 minutes     u1 speaks to the bot in the group cafe
u1: /group join {code}  {code} is the one-time code that the bot has shown last
+7d                     the clock moves: w, d, h, m, also together (+1d 2h)
=2026-03-02T09:00       the clock moves to an instant (UTC unless it says otherwise); as the first line: it begins there
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_SPEECH = re.compile(r"(?P<who>[\w.-]+)(?:@(?P<group>[\w.-]+))?:\s*(?P<what>.*)")
CODE = "{code}"
_AMOUNT = re.compile(r"(\d+)\s*([wdhm])")
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}


class ScriptError(Exception):
    """A line that cannot be played; the message begins with its number."""


@dataclass(frozen=True)
class Speech:
    """`who` says `what`, in `group` or in private; `press` where it is a button's label."""

    line: int
    who: str
    group: str | None
    what: str
    press: bool


@dataclass(frozen=True)
class Move:
    """The clock moves on by `by`, or to `to`."""

    line: int
    by: timedelta | None
    to: datetime | None


Step = Speech | Move


def parse(script: str) -> Iterator[Step]:
    """The steps of a script. Raises `ScriptError` at the first line that is none."""
    last: tuple[str, str | None] | None = None
    for number, raw in enumerate(script.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line[0] in "+=":
            yield _move(number, line)
            continue
        match = _SPEECH.fullmatch(line)
        if match:
            last = match["who"], match["group"]
            words = match["what"].strip()
        elif line.startswith("[") and last:
            words = line
        else:
            raise ScriptError(f"line {number}: expected “who: what”, “[button]”, “+7d” or “=2026-03-02T09:00”: {line}")
        press = words.startswith("[") and words.endswith("]")
        yield Speech(number, *last, words[1:-1].strip() if press else words, press)


def begins_at(steps: Sequence[Step]) -> datetime | None:
    """The instant at which a script begins, if its first line names one."""
    first = steps[0] if steps else None
    return first.to if isinstance(first, Move) else None


def _move(number: int, line: str) -> Move:
    if line[0] == "=":
        try:
            to = datetime.fromisoformat(line[1:].strip())
        except ValueError:
            raise ScriptError(f"line {number}: expected an instant such as =2026-03-02T09:00: {line}") from None
        return Move(number, None, to.astimezone(UTC) if to.tzinfo else to.replace(tzinfo=UTC))
    amounts = _AMOUNT.findall(line)
    if not amounts or _AMOUNT.sub("", line[1:]).strip():
        raise ScriptError(f"line {number}: expected a time such as +7d or +1d 2h: {line}")
    by = timedelta()
    for amount, unit in amounts:
        by += timedelta(**{_UNITS[unit]: int(amount)})
    return Move(number, by, None)
