"""Numbers in a track file: whole numbers, hours, weeks, days. A value is converted only where one is expected."""

import datetime
import re
from dataclasses import dataclass
from fractions import Fraction

from roadmap.problems import Report, quote
from roadmap.reading import Node, Scalar
from roadmap.scalars import Schema, shown, typed

HOURS = r"(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,4})?"
WEEKS = r"([1-9][0-9]{0,2})(?:-([1-9][0-9]{0,2}))?"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


@dataclass(frozen=True)
class Whole:
    """A whole number from 1 to `most`, typed without quotes."""

    most: int

    def read(self, node: Node, at: str, report: Report) -> int | None:
        """The number; None, with a problem reported, if it is not one."""
        text = typed(node, at, report, expected := f"a whole number from 1 to {self.most}")
        if text is None:
            return None
        if not unquoted(node) or not re.fullmatch("[1-9][0-9]{0,5}", text) or int(text) > self.most:
            report.add(node.line, at, f"is {shown(node)}; expected {expected}")
            return None
        return int(text)

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""
        return {"type": "integer", "minimum": 1, "maximum": self.most}


@dataclass(frozen=True)
class Hours:
    """Hours, typed as 4 or 0.5, read as whole minutes."""

    most: int

    def read(self, node: Node, at: str, report: Report) -> int | None:
        """The hours in minutes; None, with a problem reported, if they are not hours."""
        text = typed(node, at, report, expected := f"hours such as 4 or 0.5, above 0 and at most {self.most}")
        if text is None:
            return None
        if not unquoted(node) or not re.fullmatch(HOURS, text) or not 0 < Fraction(text) <= self.most:
            report.add(node.line, at, f"is {shown(node)}; expected {expected}")
            return None
        minutes = Fraction(text) * 60
        if minutes.denominator != 1:
            report.add(node.line, at, f"is {text} h, which is not a whole number of minutes; expected {expected}")
            return None
        return minutes.numerator

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""
        return {"type": "number", "exclusiveMinimum": 0, "maximum": self.most}


class Weeks:
    """The first and last week of a module, typed as 1-2 or, for a single week, as 5."""

    def read(self, node: Node, at: str, report: Report) -> tuple[int, int] | None:
        """The first and last week; None, with a problem reported, if they are not weeks."""
        text = typed(node, at, report, expected := "weeks such as 1-2, or 5 for a single one")
        if text is None:
            return None
        match = re.fullmatch(WEEKS, text)
        weeks = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if weeks[0] > weeks[1]:
            report.add(node.line, at, f"is {quote(text)}; expected {expected}")
            return None
        return weeks

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""
        return {"type": ["string", "integer"], "pattern": f"^(?:{WEEKS})$"}


class Day:
    """A day of the calendar, typed as 2026-11-23."""

    def read(self, node: Node, at: str, report: Report) -> str | None:
        """The day in ISO format; None, with a problem reported, if it is not one."""
        text = typed(node, at, report, expected := "a day such as 2026-11-23")
        if text is None:
            return None
        try:
            if re.fullmatch(DAY, text):
                return datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            pass  # told below: 2026-02-30
        report.add(node.line, at, f"is {quote(text)}; expected {expected}")
        return None

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""
        return {"type": "string", "pattern": f"^{DAY}$"}


def unquoted(node: Node) -> bool:
    """Whether a node was typed without quotes: "8" is a text, 8 a number."""
    return isinstance(node, Scalar) and not node.quoted
