"""What is wrong with a track file, in words with which its author can fix it."""

from dataclasses import dataclass

MOST = 50
"""So many problems are told one by one; the rest are counted."""

WHOLE_FILE = "(file)"
"""The key of a problem that belongs to no key."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the file, the line (from 1), the key, and what was expected instead."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.message}"


class RoadmapErrors(Exception):
    """A track file with problems. `problems` are in the order of lines; `more` counts those beyond `MOST`."""

    def __init__(self, problems: tuple[Problem, ...], more: int = 0) -> None:
        super().__init__(problems, more)
        self.problems = problems
        self.more = more

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        if self.more:
            lines.append(f"... and at least {self.more} more")
        return "\n".join(lines)


class Report:
    """Collects the problems of one file, so that its author sees all of them at once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._more = 0

    @property
    def full(self) -> bool:
        """Whether no further problem will be listed: then nothing has to be explained any more."""
        return len(self._problems) >= MOST

    def add(self, line: int, key: str, message: str) -> None:
        """Report a problem; beyond `MOST` only the number is kept."""
        if self.full:
            self._more += 1
        else:
            self._problems.append(Problem(self._file, line, key or WHOLE_FILE, message))

    def errors(self) -> RoadmapErrors | None:
        """All reported problems, by line; None if there are none."""
        return self._errors() if self._problems else None

    def fatal(self, line: int, message: str) -> RoadmapErrors:
        """An exception with all problems and one more, after which reading cannot go on. The caller raises it."""
        if self.full:  # the reason to stop is worth more than the last of many
            self._problems.pop()
            self._more += 1
        self.add(line, WHOLE_FILE, message)
        return self._errors()

    def _errors(self) -> RoadmapErrors:
        return RoadmapErrors(tuple(sorted(self._problems, key=lambda problem: problem.line)), self._more)


def quote(text: str, most: int = 40) -> str:
    """The author's words in a message: shortened, with control characters escaped."""
    shown = text if len(text) <= most else text[: most - 3] + "..."
    return "'" + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown) + "'"
