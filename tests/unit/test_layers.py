"""Commands read, and words are made of what they read; what writes is a use case in `bot/usecases/`.

Which imports are allowed is import-linter's to say, in `pyproject.toml`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pytest

from bot.ports.unit_of_work import UnitOfWork

ROOT = Path(__file__).parents[2]
TALKING = sorted(
    path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("bot/commands/**/*.py"), ROOT / "bot/dialogue/context.py"]
)

READS: dict[str, set[str]] = {
    "adjustments": {"of", "absences"},
    "boards": {"board", "together", "met", "somebody_met"},
    "calls": {"get", "made_since"},
    "checkins": {"of", "answered"},
    "congratulations": {"givers"},
    "codes": {"find", "entered", "blocked_for"},
    "conversation": {"open_question", "saved_request"},
    "deliveries": {
        "last_one_off_due",
        "occasions",
        "pending_one_offs",
        "overtaken",
        "asked_since",
        "announced_quiet_since",
        "last_sent",
        "next_due",
    },
    "enrollments": {"current", "of", "get", "commitments"},
    "groups": {
        "at",
        "get_place",
        "places_of_member",
        "get",
        "places",
        "of",
        "was_removed",
        "member",
        "members",
        "has_organiser",
    },
    "housekeeping": set(),
    "learners": {"find", "get", "accounts", "reachable_accounts", "preference"},
    "ledger": {"entries", "enrollment_of", "finished", "minutes_by_item", "newest"},
    "live_messages": {"next_due", "last_event"},
    "merges": {"last", "reminders_before", "absorbed", "merged_enrollments", "is_absorbed"},
    "places": {"refusal"},
    "privacy": {"export"},
    "projects": {"ticks", "ticked", "submitted", "review", "review_of"},
    "quizzes": {"tries"},
    "reminders": {"rules", "rules_of_group", "due", "next_due", "ahead"},
    "requests": {"answer"},
    "roadmaps": {"source", "newest", "drafted", "of"},
    "sessions": {
        "get",
        "ahead",
        "next_due",
        "coming",
        "presences",
        "get_series",
        "series_of",
    },
    "studies": {"facts", "days", "after", "between"},
    "sums": {"page", "missing", "missing_owed", "wrong", "wrong_owed"},
    "timers": {"last", "get"},
    "web_keys": {"find", "newest"},
}
"""What only reads, by the repository of the unit of work; whatever is not named here counts as writing."""


def writes(source: str) -> Iterator[str]:
    """What a module does through a unit of work besides reading, as `repository.method`.

    A repository that is kept in a variable or handed on counts, too: nobody could see what is done with it.
    """
    tree = ast.parse(source)
    above = {below: node for node in ast.walk(tree) for below in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr in READS and _is_unit_of_work(node.value)):
            continue
        parent = above[node]
        method = parent.attr if isinstance(parent, ast.Attribute) else ""
        if method not in READS[node.attr]:
            yield f"{node.attr}.{method}".rstrip(".")


def renames(source: str) -> Iterator[str]:
    """Variables and parameters that hold a unit of work under another name, where `writes` would not see them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg) and node.annotation and "UnitOfWork" in ast.unparse(node.annotation):
            yield from [node.arg] if node.arg != "uow" else []
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value and _is_unit_of_work(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (name for target in targets if (name := ast.unparse(target)) != "uow")


def _is_unit_of_work(node: ast.expr) -> bool:
    """Whether an expression is `uow`, `ctx.uow`, `self.uow` and the like."""
    return (isinstance(node, ast.Name) and node.id == "uow") or (isinstance(node, ast.Attribute) and node.attr == "uow")


@pytest.mark.parametrize("path", TALKING)
def test_what_talks_writes_nothing_by_itself(path: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    written = sorted(set(writes(source)))
    assert not written, f"{path} writes: move that to bot/usecases/; or add to READS in {__file__} what only reads"
    assert not list(renames(source)), "call a unit of work uow"


def test_every_repository_is_known_with_what_it_reads() -> None:
    repositories = {
        name: get_type_hints(value.fget)["return"]
        for name, value in vars(UnitOfWork).items()
        if isinstance(value, property) and name != "changes"
    }
    assert READS.keys() == repositories.keys()
    for name, methods in READS.items():
        assert not methods - vars(repositories[name]).keys(), name


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("ctx.uow.groups.at(place)", []),
        ("ctx.uow.groups.join(group)", ["groups.join"]),
        ("uow.ledger.add(line)", ["ledger.add"]),
        ("groups = ctx.uow.groups", ["groups"]),
        ("work(self.uow.codes.use)", ["codes.use"]),
        ("ctx.groups.join(group)", []),
    ],
)
def test_writing_is_seen(source: str, expected: list[str]) -> None:
    assert list(writes(source)) == expected


def test_a_unit_of_work_under_another_name_is_seen() -> None:
    assert list(renames("def f(storage: UnitOfWork): ...")) == ["storage"]
    assert list(renames("storage = ctx.uow")) == ["storage"]
    assert list(renames("uow = ctx.uow")) == []
