"""Loading a track file: it becomes a `Roadmap`, or all its problems are raised.

The format is declared in `roadmap.schema`, the rules between values are in `roadmap.rules`; docs/roadmap-format.md
is the page for authors.
"""

from functools import cache
from pathlib import Path

from roadmap.building import build
from roadmap.fields import Record
from roadmap.model import Roadmap
from roadmap.problems import Problem, Report, RoadmapErrors
from roadmap.reading import MOST_BYTES, decode, tree
from roadmap.rules import check
from roadmap.schema import ROADMAP
from roadmap.teaching import look

BUILT_IN = Path(__file__).parent / "tracks"

__all__ = ["Problem", "RoadmapErrors", "advice", "builtin", "load", "loads", "notes", "tracks", "translations"]


def load(path: Path) -> Roadmap:
    """The roadmap in a file. Raises `RoadmapErrors`, also if there is no such file; never another exception."""
    return loads(_source(path), str(path))


def _source(path: Path) -> bytes:
    name = str(path)
    try:
        if not path.is_file():  # a pipe would never end, a folder cannot be read
            raise Report(name).fatal(1, "is not there, or is not a file; expected a track file (.yaml)")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise Report(name).fatal(1, f"cannot be opened ({reason}); expected a readable file") from None


def loads(text: str | bytes, name: str) -> Roadmap:
    """The roadmap in a text; `name` is the file's name in problems. Raises `RoadmapErrors`, nothing else."""
    return build(_read(text, name))


def advice(path: Path) -> tuple[Problem, ...]:
    """Where the track in a file does not teach in order (`roadmap.teaching`). Raises like `load`."""
    return notes(_source(path), str(path))


def notes(text: str | bytes, name: str) -> tuple[Problem, ...]:
    """As `advice`, for a text; `name` is the file's name in problems."""
    report = Report(name)
    look(_read(text, name), report)
    errors = report.errors()
    return errors.problems if errors else ()


def _read(text: str | bytes, name: str) -> Record:
    report = Report(name)
    root = ROADMAP.read(tree(decode(text, report), report), "", report)
    if root is not None:
        check(root, report)
    errors = report.errors()
    if errors or root is None:
        raise errors or report.fatal(1, "is not a roadmap")
    return root


def tracks(folder: Path = BUILT_IN) -> dict[str, Path]:
    """The track files of a folder by id, in order, unread; translations are left out."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml")) if "." not in path.stem}


def translations(track: Path) -> dict[str, Path]:
    """The translations beside a track file by language ("de": tea.de.yaml)."""
    files = sorted(track.parent.glob(f"{track.stem}.*.yaml"))
    return {path.stem.removeprefix(f"{track.stem}."): path for path in files}


@cache
def builtin(track: str) -> Roadmap:
    """A built-in track by its id, read once. Raises `LookupError` for an unknown id, `RoadmapErrors` for a broken
    file."""
    path = tracks().get(track)
    if path is None:
        raise LookupError(f"there is no roadmap {track!r}; there are: {', '.join(tracks())}")
    roadmap = load(path)
    if roadmap.id != track:
        raise Report(str(path)).fatal(1, f"has the id {roadmap.id!r}; expected the file's own name, {track!r}")
    return roadmap
