"""What differs between two versions of a roadmap, and whether learners have to decide about it. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

from roadmap.model import Item, Module, Question, Roadmap

Weight = Literal["correction", "change"]
"""A correction applies at once; a change is each learner's to take, because their plan is another with it."""
What = Literal[
    "gone",
    "unnamed",
    "new",
    "reused",
    "kind",
    "minutes",
    "weeks",
    "core",
    "criteria",
    "worded",
    "question gone",
    "question new",
    "question worded",
    "length",
    "texts",
    "modules",
    "modules worded",
]
"""What is different about an item, a question or the roadmap as a whole."""


@dataclass(frozen=True)
class Difference:
    """One thing that is different.

    `id` is the item's or question's; empty where it is about the roadmap as a whole. `before` and `after` say more:
    "gone": minutes it had, the id that its hours count for (or None); "unnamed": gone, but `retired` does not name it;
    "new": None, minutes; "reused": new under an id that was retired; "kind", "minutes", "core": what it was and is;
    "worded": None, the names of the fields; "length": (weeks, minutes a week) each.
    """

    weight: Weight
    what: What
    id: str = ""
    before: object = None
    after: object = None


def differences(old: Roadmap, new: Roadmap) -> list[Difference]:
    """Everything that is different, what is gone first; empty for the same content."""
    return [*_of_ids(old, new), *_of_items(old, new), *_of_questions(old, new), *_of_the_rest(old, new)]


def only_corrections(changes: Iterable[Difference]) -> bool:
    """Whether nobody's plan changes."""
    return all(difference.weight == "correction" for difference in changes)


def corrected(old: Roadmap, new: Roadmap) -> Roadmap:
    """The old plan with the new version's wording: what a learner sees who has not taken the changes.

    If there are only corrections it is the new roadmap itself. An item that was changed stays entirely as it was.
    """
    if only_corrections(differences(old, new)):
        return new
    same = {id_: item for id_, item in new.items.items() if id_ in old.items and not _is_other(old.items[id_], item)}
    modules = {module.id: module for module in new.modules}
    questions = {question.id: question for module in new.modules for question in module.questions}
    return replace(
        new,
        version=old.version,
        weeks=old.weeks,
        minutes_per_week=old.minutes_per_week,
        minutes=old.minutes,
        modules=tuple(_module(module, modules.get(module.id), same, questions) for module in old.modules),
    )


def _module(old: Module, new: Module | None, same: Mapping[str, Item], questions: Mapping[str, Question]) -> Module:
    ids = [item.id for item in old.items]
    if new and new.weeks == old.weeks and [item.id for item in new.items] == ids and same.keys() >= set(ids):
        return new
    asked = [replace(questions[q.id], week=q.week) for q in old.questions if q.id in questions]
    return replace(old, items=tuple(same.get(item.id, item) for item in old.items), questions=tuple(asked))


def _of_ids(old: Roadmap, new: Roadmap) -> Iterator[Difference]:
    retired = {record.id: record.replaced_by for record in new.retired}
    for id_, item in old.items.items():
        if id_ not in new.items:
            yield Difference("change", "gone", id_, item.minutes, retired.get(id_))
            if id_ not in retired:
                yield Difference("change", "unnamed", id_)
    retired_ids = {record.id for record in old.retired}
    for id_, item in new.items.items():
        if id_ not in old.items:
            yield Difference("change", "new", id_, None, item.minutes)
            if id_ in retired_ids:
                yield Difference("change", "reused", id_)


def _of_items(old: Roadmap, new: Roadmap) -> Iterator[Difference]:
    for id_, after in new.items.items():
        before = old.items.get(id_)
        if before is None or before == after:
            continue
        yield from _of_plan(before, after)
        words = tuple(field.name for field in fields(Item) if _words(before, field.name) != _words(after, field.name))
        if words:
            yield Difference("correction", "worded", id_, None, words)


def _of_plan(before: Item, after: Item) -> Iterator[Difference]:
    if before.kind != after.kind:
        yield Difference("change", "kind", before.id, before.kind, after.kind)
    if before.minutes != after.minutes:
        yield Difference("change", "minutes", before.id, before.minutes, after.minutes)
    elif _weeks(before) != _weeks(after):
        yield Difference("change", "weeks", before.id)
    if before.core != after.core:
        yield Difference("change", "core", before.id, before.core, after.core)
    if [c.id for c in before.done_when] != [c.id for c in after.done_when]:
        yield Difference("change", "criteria", before.id)


def _is_other(before: Item, after: Item) -> bool:
    return any(True for _ in _of_plan(before, after))


def _weeks(item: Item) -> Mapping[int, int]:
    weeks: dict[int, int] = {}
    for part in item.parts:
        weeks[part.week] = weeks.get(part.week, 0) + part.minutes
    return weeks


def _words(item: Item, name: str) -> object:
    """A field without what is the plan's: for parts what is to be done, in order; for criteria their sentences."""
    if name in {"id", "kind", "minutes", "core"}:
        return None
    if name == "parts":
        return [(part.do, part.milestone, part.reaches) for part in item.parts]
    if name == "done_when":
        return sorted((criterion.text, criterion.check) for criterion in item.done_when)
    return getattr(item, name)


def _of_questions(old: Roadmap, new: Roadmap) -> Iterator[Difference]:
    before, after = ({q.id: q for module in r.modules for q in module.questions} for r in (old, new))
    yield from (Difference("correction", "question gone", id_) for id_ in before if id_ not in after)
    yield from (Difference("correction", "question new", id_) for id_ in after if id_ not in before)
    for id_ in after:
        if id_ in before and before[id_] != after[id_]:
            yield Difference("correction", "question worded", id_)


def _of_the_rest(old: Roadmap, new: Roadmap) -> Iterator[Difference]:
    if (old.weeks, old.minutes_per_week) != (new.weeks, new.minutes_per_week):
        lengths = (old.weeks, old.minutes_per_week), (new.weeks, new.minutes_per_week)
        yield Difference("change", "length", "", *lengths)
    plain = {"id": "", "version": "", "modules": (), "weeks": 0, "minutes_per_week": 0, "minutes": 0, "retired": ()}
    if replace(old, **plain) != replace(new, **plain):  # type: ignore[arg-type]
        yield Difference("correction", "texts")
    outlines = [[(m.id, m.weeks, [item.id for item in m.items]) for m in r.modules] for r in (old, new)]
    if outlines[0] != outlines[1] and old.items.keys() == new.items.keys():
        yield Difference("change", "modules")
    was = {module.id: _shell(module) for module in old.modules}
    if any(was.get(module.id, _shell(module)) != _shell(module) for module in new.modules):
        yield Difference("correction", "modules worded")


def _shell(module: Module) -> Module:
    """A module's own words."""
    return replace(module, items=(), questions=(), minutes=0, weeks=(0, 0))
