"""What is different between two versions of a roadmap, and whether learners have to decide about it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

from roadmap.model import Item, Roadmap

Weight = Literal["correction", "change"]
"""A correction applies at once; a change is each learner's to take, because their plan is another with it."""


@dataclass(frozen=True)
class Difference:
    """One thing that is different. `item` is its id; empty where it is about the roadmap as a whole."""

    weight: Weight
    item: str
    what: str


def differences(old: Roadmap, new: Roadmap) -> list[Difference]:
    """Everything that is different, what is gone first; empty for the same content."""
    return [*_of_ids(old, new), *_of_items(old, new), *_of_questions(old, new), *_of_the_rest(old, new)]


def only_corrections(found: list[Difference]) -> bool:
    """Whether nobody's plan is another one."""
    return all(one.weight == "correction" for one in found)


def _of_ids(old: Roadmap, new: Roadmap) -> Iterator[Difference]:
    retired = {one.id: one.replaced_by for one in new.retired}
    for id_, item in old.items.items():
        if id_ not in new.items:
            after = retired.get(id_)
            kept = f"; hours count for {after}" if after else "; hours stay with it"
            missing = "" if id_ in retired else "; retired does not name it"
            yield Difference("change", id_, f"is gone ({item.minutes / 60:g} h){kept}{missing}")
    for id_, item in new.items.items():
        if id_ not in old.items:
            again = "; the id was retired before and must not come back" if id_ in _gone(old) else ""
            yield Difference("change", id_, f"is new ({item.minutes / 60:g} h){again}")


def _gone(roadmap: Roadmap) -> set[str]:
    return {one.id for one in roadmap.retired}


def _of_items(old: Roadmap, new: Roadmap) -> Iterator[Difference]:
    for id_, after in new.items.items():
        before = old.items.get(id_)
        if before is None or before == after:
            continue
        plan = list(_of_plan(before, after))
        yield from (Difference("change", id_, what) for what in plan)
        if words := [field.name for field in fields(Item) if _words(before, field.name) != _words(after, field.name)]:
            yield Difference("correction", id_, f"is worded otherwise: {', '.join(words)}")


def _of_plan(before: Item, after: Item) -> Iterator[str]:
    if before.kind != after.kind:
        yield f"is a {after.kind} now, not a {before.kind}"
    if before.minutes != after.minutes:
        yield f"takes {after.minutes / 60:g} h, not {before.minutes / 60:g} h"
    elif _weeks(before) != _weeks(after):
        yield "is laid out in other weeks"
    if before.core != after.core:
        yield "belongs to the core now" if after.core else "is no longer core"
    if [c.id for c in before.done_when] != [c.id for c in after.done_when]:
        yield "is done by other criteria"


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
        return [(part.do, part.milestone) for part in item.parts]
    if name == "done_when":
        return sorted(criterion.text for criterion in item.done_when)
    return getattr(item, name)


def _of_questions(old: Roadmap, new: Roadmap) -> Iterator[Difference]:
    before, after = ({q.id: q for module in r.modules for q in module.questions} for r in (old, new))
    for id_ in before.keys() - after.keys():
        yield Difference("correction", "", f"question {id_} is gone")
    for id_ in after.keys() - before.keys():
        yield Difference("correction", "", f"question {id_} is new")
    for id_ in sorted(before.keys() & after.keys()):
        if before[id_] != after[id_]:
            yield Difference("correction", "", f"question {id_} is asked otherwise")


def _of_the_rest(old: Roadmap, new: Roadmap) -> Iterator[Difference]:
    if (old.weeks, old.minutes_per_week) != (new.weeks, new.minutes_per_week):
        told = (
            f"{new.weeks} weeks of {new.minutes_per_week / 60:g} h, not {old.weeks} of {old.minutes_per_week / 60:g} h"
        )
        yield Difference("change", "", told)
    plain = {"version": "", "modules": (), "weeks": 0, "minutes_per_week": 0, "minutes": 0, "retired": ()}
    if replace(old, **plain) != replace(new, **plain):  # type: ignore[arg-type]
        yield Difference("correction", "", "the roadmap's own texts are worded otherwise")
    shells = [[replace(module, items=(), questions=()) for module in r.modules] for r in (old, new)]
    if [m.id for m in shells[0]] != [m.id for m in shells[1]]:
        yield Difference("change", "", "the modules are others, or in another order")
    elif shells[0] != shells[1]:
        yield Difference("correction", "", "modules are worded otherwise")
