"""A roadmap as plain text for people, and as plain data for programs."""

import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from roadmap.model import Criterion, Item, Link, Module, Part, Practice, Resource, Roadmap

WIDTH = 100


def outline(roadmap: Roadmap) -> str:
    """The whole track as plain text in `WIDTH` columns (addresses may be longer); the questions without answers."""
    return "\n".join(_roadmap(roadmap)) + "\n"


def as_json(roadmap: Roadmap) -> dict[str, Any]:
    """The whole track as lists, mappings, texts and numbers (minutes), with the keys of `roadmap.model` in order."""
    data: dict[str, Any] = _plain(asdict(roadmap))
    return data


def hours(minutes: int) -> str:
    """Minutes in words: 480 is "8 h", 90 "1.5 h", 20 "20 min"."""
    return f"{minutes / 60:g} h" if minutes % 15 == 0 and minutes >= 30 else f"{minutes} min"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _roadmap(roadmap: Roadmap) -> Iterator[str]:
    yield from _wrap(f"{roadmap.title} ({roadmap.id} {roadmap.version})")
    size = f"{roadmap.weeks} weeks of {hours(roadmap.minutes_per_week)}, {hours(roadmap.minutes)} in all."
    yield size + (f" Facts checked {roadmap.checked}." if roadmap.checked else "")
    yield ""
    yield from _wrap(roadmap.summary)
    if roadmap.origin:
        yield from _wrap(f"Origin: {roadmap.origin}")
    yield from _bullets("What it assumes", roadmap.assumes)
    yield from _bullets("What you can do at the end", roadmap.outcomes)
    for module in roadmap.modules:
        yield ""
        yield from _module(module)


def _module(module: Module) -> Iterator[str]:
    first, last = module.weeks
    weeks = f"Week {first}" if first == last else f"Weeks {first}-{last}"
    heading = f"{weeks}: {module.title} [{module.id}], {hours(module.minutes)}"
    yield heading
    yield "=" * len(heading)
    if module.note:
        yield from _wrap(f"Hours: {module.note}")
    if module.requires:
        yield from _wrap("Builds on: " + ", ".join(module.requires))
    if module.recommends:
        yield from _wrap("Helped by: " + ", ".join(module.recommends))
    yield from _bullets("What you can do afterwards", module.outcomes)
    for item in module.items:
        yield ""
        yield from _item(item)
    for practice in module.practice:
        yield ""
        yield from _practice(practice)
    if module.questions:
        asked = [f"Week {question.week}: {question.question} [{question.id}]" for question in module.questions]
        yield ""
        yield from _bullets("Self-check questions", tuple(asked))


def _item(item: Item) -> Iterator[str]:
    ours = f" (ours: {', '.join(item.ours)})" if item.ours else ""
    yield from _wrap(f"{item.kind.capitalize()}: {item.title} [{item.id}], {hours(item.minutes)}{ours}")
    if item.original:
        verdict = "" if item.original.verdict == "correct" else f" ({item.original.verdict})"
        why = f" {item.original.why}" if item.original.why else ""
        yield from _wrap(f"In the original: {item.original.text}{verdict}.{why}", 2)
    if item.resource:
        yield from _resource(item.resource)
    if item.needs:
        yield from _wrap(f"Needs: {item.needs}", 2)
    yield from _links("Start with", item.start_with)
    for part in item.parts:
        milestone = f" Milestone: {part.milestone}" if part.milestone else ""
        yield from _wrap(f"Week {part.week}, {hours(part.minutes)}: {part.do}{milestone}", 2)
        yield from _links("With", part.links)
    yield from _done_when(item.done_when, item.parts)
    if not item.core:
        yield "  Extra: may be left out when time is short."
    if item.alone:
        yield from _wrap(f"Alone: {item.alone}", 2)
    if item.stretch:
        yield from _wrap(f"Stretch: {item.stretch}", 2)


def _resource(resource: Resource) -> Iterator[str]:
    by = f", with {', '.join(resource.instructors)}" if resource.instructors else ""
    yield from _wrap(f"{resource.title}. {resource.provider}{by}.", 2)
    yield f"  {resource.url}"
    if resource.parent_url:
        yield f"  see also {resource.parent_url}"
    cost = f"Cost: {resource.cost}." + (f" {resource.cost_note}" if resource.cost_note else "")
    yield from _wrap(cost, 2)
    if resource.fit:
        yield from _wrap(f"Fit: {resource.fit}.", 2)
    yield from _links("Instead of it", resource.alternatives)
    yield from _links("Beside it", resource.bridge)


def _practice(practice: Practice) -> Iterator[str]:
    size = f"{hours(practice.minutes)} inside {practice.inside}"
    yield from _wrap(f"Practice (ours, optional): {practice.title} [{practice.id}], {size}")
    yield from _wrap(practice.text, 2)
    yield from _done_when(practice.done_when)


def _links(heading: str, links: tuple[Link, ...]) -> Iterator[str]:
    if not links:
        return
    yield f"  {heading}:"
    for link in links:
        size = f", {hours(link.minutes)}" if link.minutes else ""
        why = f": {link.why}" if link.why else ""
        paid = " (paid)" if link.cost == "paid" and "paid" not in link.title else ""
        yield from _wrap(f"- {link.title}{paid}{size}{why}", 4)
        if link.url:
            yield f"      {link.url}"


def _done_when(criteria: tuple[Criterion, ...], parts: tuple[Part, ...] = ()) -> Iterator[str]:
    if criteria:
        yield "  Done when:"
    for criterion in criteria:
        week = next((f", week {part.week}" for part in parts if criterion.id in part.reaches), "")
        path = f", {criterion.path}" if criterion.path else ""
        yield from _wrap(f"- {criterion.text} [{criterion.id}, {criterion.check}{week}{path}]", 4)


def _bullets(heading: str, texts: tuple[str, ...]) -> Iterator[str]:
    if texts:
        yield f"{heading}:"
    for text in texts:
        yield from _wrap(f"- {text}", 2)


def _wrap(text: str, indent: int = 0) -> list[str]:
    """The lines of a text; a continuation is indented by two more, so that a bullet stays visible."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
