"""Whether a track teaches in order, as far as a program can see: `studybuddy roadmap check` reports where it does
not.

These rules refuse no file: a track that breaks them can be followed. They use what the author has declared
(`teaches`, `uses`, `about`, `practice`, `reaches`, `links`) and names that steps share with links of the same file.
"""

import re
from collections.abc import Iterator, Sequence

from roadmap.fields import Record
from roadmap.naming import pairs
from roadmap.problems import Report, quote
from roadmap.rules import in_hours

_ADDRESS = re.compile(r"(?<![@\w])(?:https?://)?(?:[a-z0-9-]+\.)+(?:org|com|edu|io|net|ai|dev)(?:/[^\s)]*)?")
_PLACE = re.compile(r"\b(?:lecture|chapter|section|lesson|course week|module)s? \d", re.IGNORECASE)


def look(roadmap: Record, report: Report) -> None:
    """Report every place where the track does not teach in order. The file must have no other problems."""
    named = dict(_named(roadmap))
    for module in roadmap.every("modules"):
        _outcomes_are_taught(module, report)
        _taught_before_used(module, report)
        _questions_after_lessons(module, report)
        _practices_have_room(module, report)
        for item in module.every("items"):
            _criteria_are_reached(item, report)
            _alone_too(item, report)
            for part in item.every("parts"):
                _linked(part, item, named, report)


def _plan(module: Record) -> list[tuple[int, Record]]:
    """The module's steps in the order of doing, with their weeks."""
    steps = [(part["week"], part) for item in module.every("items") for part in item.every("parts")]
    return sorted(steps, key=lambda step: step[0])


def _outcomes_are_taught(module: Record, report: Report) -> None:
    taught = {number for _, part in _plan(module) for number in part.every("teaches")}
    if not taught:
        module.note(report, "outcomes", "are taught by no step; expected steps that say which they teach (teaches)")
        return
    for number, outcome in enumerate(module.every("outcomes"), start=1):
        if number not in taught:
            module.note(report, "outcomes", f"promise {quote(outcome)} ({number}); expected a step that teaches it")


def _taught_before_used(module: Record, report: Report) -> None:
    taught: set[int] = set()
    for week, part in _plan(module):
        for number in part.every("uses"):
            if number not in taught:
                problem = f"needs outcome {number} in week {week}, before any step has taught it"
                part.note(report, "uses", f"{problem}; expected it taught in an earlier step")
        taught |= set(part.every("teaches"))


def _questions_after_lessons(module: Record, report: Report) -> None:
    for question in module.every("questions"):
        if not any(part.every("teaches") for _, part in _plan(module)):
            return  # that is told already
        number, week = question["about"], question["week"]
        if number is None:
            question.note(report, "about", "is missing; expected the number of the outcome that it checks")
        elif not any(number in part.every("teaches") for at, part in _plan(module) if at <= week):
            problem = f"is outcome {number}, which no step up to week {week} teaches"
            question.note(report, "about", f"{problem}; expected a later week, or a step before it")


def _practices_have_room(module: Record, report: Report) -> None:
    for practice in module.every("practice"):
        steps = [part for _, part in _plan(module) if part["practice"] and part["practice"].id == practice["id"]]
        available = sum(part["hours"] for part in steps)
        if available < practice["hours"]:
            problem = f"is {in_hours(practice['hours'])} h; the steps that name it have {in_hours(available)} h for it"
            practice.note(report, "hours", f"{problem}; expected steps with room for it")


def _criteria_are_reached(item: Record, report: Report) -> None:
    reached = [named.id for part in item.every("parts") for named in part.every("reaches")]
    for criterion in item.every("done_when"):
        steps = reached.count(criterion["id"])
        if steps == 0:
            criterion.note(report, "id", f"{quote(criterion['id'])} is reached by no step; expected one that names it")
        elif steps > 1:
            problem = f"{quote(criterion['id'])} is reached by {steps} steps, and asked for by the first of them"
            criterion.note(report, "id", f"{problem}; expected the one after which it is true")


def _alone_too(item: Record, report: Report) -> None:
    peers = any(criterion["check"] == "peer" for criterion in item.every("done_when"))
    if peers and item["alone"] is None:
        item.note(report, "alone", "is missing; expected what to do in place of a peer, for who studies alone")


def _linked(part: Record, item: Record, named: dict[tuple[str, str], str], report: Report) -> None:
    """A step that names something links it."""
    do, links = part["do"], part.every("links")
    if (address := _ADDRESS.search(do)) is not None:
        part.note(report, "do", f"has the address {quote(address[0])}; expected it among the step's links")
    resource = item["resource"]
    shown = [link["title"] for link in links]
    shown += [resource["title"], resource["provider"], *resource.every("instructors")] if resource else []
    # As `naming.links_of` shows them: a project's first address is shown with its first step, and where it is named.
    start = next((link["title"] for link in item.every("start_with") if link["url"]), None)
    begins = start is not None and part is item.every("parts")[0]
    shown += [start] if start and not (resource or links) else []
    visible = {pair for title in shown for pair in pairs(title)}
    missing = [pair for pair in pairs(do) if pair in named and pair not in visible]
    if missing:
        words = " ".join(missing[0])
        title = named[missing[0]]
        part.note(
            report, "do", f"names {quote(words)}, as the link {quote(title)} does; expected that link with the step"
        )
    elif not (links or resource or begins) and (place := _PLACE.search(do)):
        part.note(report, "do", f"names {quote(place[0])} of what it does not link; expected a link with the step")


def _named(roadmap: Record) -> Iterator[tuple[tuple[str, str], str]]:
    """What links are called, by pairs of words of their titles; the later ones first, so that the first one counts."""
    titles: list[str] = []
    for item in [item for module in roadmap.every("modules") for item in module.every("items")]:
        resource = item["resource"]
        links: Sequence[Record] = item.every("start_with")
        if resource:
            titles.append(resource["title"])
            links = [*resource.every("alternatives"), *resource.every("bridge")]
        links = [*links, *(link for part in item.every("parts") for link in part.every("links"))]
        titles += [link["title"] for link in links]
    for title in reversed(titles):
        for pair in pairs(title):
            yield pair, title
