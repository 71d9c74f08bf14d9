"""What a roadmap is: frozen values, made by `roadmap.loader`, checked before they exist.

A roadmap is a list of modules; a module is a list of items (topics and projects); an item's planned minutes are laid
out in parts, each in one week of the roadmap. All parts in week order are the plan an hour is credited to.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Cost = Literal["free", "paid"]
Kind = Literal["topic", "project"]
Check = Literal["self", "peer", "auto"]
Verdict = Literal["correct", "renamed", "wrong"]


@dataclass(frozen=True)
class Link:
    """Something to read, watch or use. `minutes` is its whole length, if known."""

    title: str
    url: str
    minutes: int | None = None
    why: str | None = None
    cost: Cost = "free"
    checked: str | None = None
    """What was checked of it and when, where that is less than opening it and reading."""


@dataclass(frozen=True)
class Original:
    """What the original roadmap named, if this one names something else or uses another name."""

    text: str
    verdict: Verdict
    why: str = ""
    """Never empty unless the verdict is "correct"."""


@dataclass(frozen=True)
class Resource:
    """What a topic is learned from: the resource that really exists."""

    title: str
    url: str
    provider: str
    cost: Cost
    instructors: tuple[str, ...] = ()
    parent_url: str | None = None
    cost_note: str | None = None
    fit: str | None = None
    """Which share of the resource the planned hours cover, e.g. "8 of about 33 h"."""
    alternatives: tuple[Link, ...] = ()
    """Where a paid resource has one, the first is free."""
    bridge: tuple[Link, ...] = ()
    """Readings the module needs and the resource does not have."""
    checked: str | None = None
    """What was checked of it and when, where that is less than opening it and reading."""


@dataclass(frozen=True)
class Criterion:
    """One sentence of a project's "done when"."""

    id: str
    text: str
    check: Check
    path: str | None = None
    """The id of the project's path that it belongs to; None where it holds on all of them."""


@dataclass(frozen=True)
class Path:
    """One of several ways to do a project, such as a competition or an open-source contribution."""

    id: str
    title: str


@dataclass(frozen=True)
class Part:
    """A piece of an item in one week of the roadmap: what to do, and how long it is meant to take."""

    item: str
    week: int
    minutes: int
    do: str
    milestone: str | None = None
    """What is reached when this part is done, where the project names it."""
    reaches: tuple[str, ...] = ()
    """Ids of the project's criteria that are true once this part is done, and were not before."""
    links: tuple[Link, ...] = ()
    """What this step uses besides the item's own resource, or in place of it: shown with the step."""
    teaches: tuple[int, ...] = ()
    """The module's outcomes that this step serves, by their numbers from 1."""
    uses: tuple[int, ...] = ()
    """The module's outcomes that this step needs: earlier steps have taught them."""
    practice: str | None = None
    """The practice that is done in this step."""


@dataclass(frozen=True)
class Item:
    """What an hour can be credited to. `id` is unique in the roadmap, for ever."""

    id: str
    kind: Kind
    title: str
    minutes: int
    parts: tuple[Part, ...]
    ours: tuple[str, ...] = ()
    """What is ours and not the original's: some of "hours", "criteria", "resource", "parts"."""
    original: Original | None = None
    resource: Resource | None = None
    """Topics have one, projects none."""
    start_with: tuple[Link, ...] = ()
    done_when: tuple[Criterion, ...] = ()
    needs: str | None = None
    stretch: str | None = None
    core: bool = True
    """Whether it belongs to the core; what does not may be left out when time is short."""
    also: tuple[str, ...] = ()
    """Other names by which learners may call it: abbreviations, names in other languages."""
    paths: tuple[Path, ...] = ()
    """The ways to do a project, where there are several."""
    alone: str | None = None
    """What whoever studies alone does in place of what needs a peer."""

    @property
    def url(self) -> str | None:
        """The first address a learner opens for this item."""
        if self.resource:
            return self.resource.url
        return next((link.url for link in self.start_with if link.url), None)


@dataclass(frozen=True)
class Practice:
    """An optional exercise of ours; its time lies inside the hours of the item `inside`."""

    id: str
    title: str
    inside: str
    minutes: int
    text: str
    done_when: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Question:
    """A self-check question with its answer, asked in `week` of the roadmap."""

    id: str
    week: int
    question: str
    answer: str
    about: int | None = None
    """The module's outcome that it checks, by its number from 1."""


@dataclass(frozen=True)
class Module:
    """Some weeks of the roadmap with one theme. `weeks` are the first and last week, counted from 1."""

    id: str
    title: str
    weeks: tuple[int, int]
    minutes: int
    outcomes: tuple[str, ...]
    items: tuple[Item, ...]
    questions: tuple[Question, ...] = ()
    practice: tuple[Practice, ...] = ()
    requires: tuple[str, ...] = ()
    recommends: tuple[str, ...] = ()
    note: str | None = None
    """What the original's hours were and what we set."""


@dataclass(frozen=True)
class Retired:
    """An id that once existed: never reused, still resolved for learners' records."""

    id: str
    since: str
    replaced_by: str | None = None


@dataclass(frozen=True)
class Roadmap:
    """A whole track. `version` is semantic; `weeks` times `minutes_per_week` is `minutes`."""

    id: str
    version: str
    title: str
    summary: str
    locale: str
    weeks: int
    minutes_per_week: int
    minutes: int
    modules: tuple[Module, ...]
    outcomes: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    origin: str | None = None
    checked: str | None = None
    """The day on which the facts were last checked, ISO."""
    retired: tuple[Retired, ...] = ()

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its id, in the roadmap's order."""
        return {item.id: item for module in self.modules for item in module.items}

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The plan: every part, by week, within a week in the order of the file."""
        every = (part for item in self.items.values() for part in item.parts)
        return tuple(sorted(every, key=lambda part: part.week))

    @cached_property
    def module_of(self) -> dict[str, Module]:
        """The module of each item, by item id."""
        return {item.id: module for module in self.modules for item in module.items}
