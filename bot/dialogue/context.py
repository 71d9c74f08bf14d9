"""What a command knows while it runs: who asks, from where, when, and the database as this transaction sees it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.calendar import MONDAYS, Weeks, local_date
from bot.core.group import Place
from bot.core.learner import Enrollment, Learner
from bot.core.reminder import Rule
from bot.core.site import Site
from bot.core.study import Study
from bot.dialogue.platform_words import ANY_PLATFORM, PlatformWords
from bot.dialogue.refusal import RankUnknown, Refusal
from bot.dialogue.reminder import MayRemind, Reminder, reminder_kinds
from bot.dialogue.reply import Button, Reply
from bot.dialogue.request import Request
from bot.dialogue.text import Text, Typed
from bot.dialogue.wording import Wording, nearest
from bot.ports.changes import Change, EntryAdded, StudyChange
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.roadmap_catalog import RoadmapCatalog
from bot.usecases.studies import StudyLoader
from roadmap.model import Roadmap

RECENT = timedelta(days=27)
"""How many days back the minutes of each are read with a study; those before only where they are needed."""
_HOURS = {"study", "done", "reversal"}
"""Kinds of entries that change nothing about a study but its entries; unless a version was taken, which a reversal may
take back."""


class KnownCommand(MayRemind, Protocol):
    """What one command may know of another through the context: whether people may ask for it, how to
    run it, and what makes it a reminder.

    All the rest of a declaration is in `bot.dialogue.command`, which knows contexts and is not known by them.
    """

    @property
    def hidden(self) -> bool:
        """Whether only buttons and the schedule use it."""

    @property
    def run(self) -> Callable[..., Reply]:
        """Its function; the context comes first, then its options."""


@dataclass
class Context:
    """What one request is handled with. `now` was read once, when the request came in."""

    uow: UnitOfWork
    request: Request
    now: datetime
    learner: Learner | None
    catalog: RoadmapCatalog
    commands: Mapping[str, KnownCommand]
    """Every command by its name."""
    new_code: Callable[[], str]
    """Makes a one-time code."""
    forgotten: bool = False
    """Whether this command has deleted everything about who asks: nothing may be noted of them any more."""
    reminder_rules: Sequence[Rule] = ()
    """The learner's reminders and study times, where a reminder is composed."""
    _loaded: tuple[Enrollment, Study] | None = None
    _changes_seen: int = 0
    site: Site | None = None
    """Where the bot's pages on the web are, if it has any."""
    shows_secret: bool = False
    """Whether the answer has an address that opens something for whoever knows it: it is not kept, either."""
    names_others: bool = False
    """Whether a command that writes nothing has named other people: its answer is not kept, and made anew should the
    request come again."""
    platform_words: Mapping[str, PlatformWords] = field(default_factory=dict)
    """What platforms call their rights and chats, by the platforms' names."""

    @property
    def locale(self) -> str:
        """The language to speak."""
        return self.learner.locale if self.learner else nearest(self.request.locale)

    @property
    def zone(self) -> ZoneInfo:
        """The learner's zone, or the platform's guess."""
        return self.learner.zone if self.learner else ZoneInfo(self.request.zone or "UTC")

    @property
    def today(self) -> date:
        """The learner's date. What the schedule says keeps to midnight, as its hours do."""
        return local_date(self.now, self.zone) if self.request.occasion else self.date_at(self.now)

    @property
    def weeks(self) -> Weeks:
        """The learner's weeks."""
        return self.learner.weeks if self.learner else MONDAYS

    def date_at(self, moment: datetime) -> date:
        """The learner's date at a moment: until their day begins it is the day before."""
        return local_date(moment, self.zone, self.learner.day_begins if self.learner else 0)

    @property
    def who(self) -> Learner:
        """The learner; refuses whom we do not know yet."""
        if self.learner is None:
            raise _not_started()
        return self.learner

    @cached_property
    def reminder_kinds(self) -> Mapping[str, Reminder]:
        """The reminders there are, by the names of their kinds, in the order of the week."""
        return reminder_kinds(self.commands.values())

    @property
    def roadmaps(self) -> Mapping[str, Roadmap]:
        """The roadmaps that are there for everybody, by id."""
        return self.catalog.files

    def roadmap(self, id_: str) -> Roadmap:
        """A roadmap in its newest version, in the language to speak as far as it has texts in it."""
        return self.catalog.newest(self.uow, id_, self.locale)

    @property
    def enrollment(self) -> Enrollment:
        """The enrollment that the learner follows; refuses who has none."""
        return self._current()[0]

    @property
    def study(self) -> Study:
        """The learner on their roadmap, with all that was written until now; refuses who has no roadmap."""
        return self._current()[1]

    def _current(self) -> tuple[Enrollment, Study]:
        """Enrollment and study, loaded when they are first asked for and again when what they are made of changes."""
        changes = self.uow.changes
        if self._loaded is None or not self._brought_up_to_date(changes.since(self._changes_seen)):
            self._loaded = self._studies.current(self.who.id)
            if self._loaded is None:
                raise _not_started()
        self._changes_seen = len(changes)
        return self._loaded

    def _brought_up_to_date(self, changes: Sequence[Change]) -> bool:
        """Whether these changes could be added to what is loaded, without asking the database."""
        if self._loaded is None:
            return False
        enrollment, study = self._loaded
        added = [change for change in changes if isinstance(change, StudyChange)]
        entries = [
            change.entry for change in added if isinstance(change, EntryAdded) and change.enrollment == enrollment.id
        ]
        kinds = {entry.kind for entry in entries}
        if len(entries) < len(added) or not kinds <= _HOURS or ("reversal" in kinds and study.summary.versions):
            return False
        if entries:
            self._loaded = enrollment, study.plus(*entries)
        return True

    def keep_study(self) -> None:
        """Store what was derived of the study that this request was about, for the next one."""
        if self._loaded is None or self.learner is None or self.forgotten:
            return
        with suppress(Refusal):  # whoever has no roadmap any more
            self._studies.keep(self.study)

    def study_of(self, enrollment: Enrollment) -> Study:
        """Anybody on a roadmap: what is shown of it, and to whom, is the command's to decide."""
        return self._studies.load(enrollment)

    def study_now(self, enrollment: Enrollment) -> Study:
        """The same, with all that was written until now; one that this request is about is not loaded again."""
        loaded = self._current() if self._loaded else None
        return loaded[1] if loaded and loaded[0].id == enrollment.id else self.study_of(enrollment)

    @property
    def _studies(self) -> StudyLoader:
        return StudyLoader(self.uow, self.catalog, self.locale, self.learner, self.today - RECENT)

    @property
    def newer(self) -> Roadmap | None:
        """The newest version of the learner's roadmap, where taking it would change their plan."""
        newest = self.roadmap(self.study.roadmap.id)
        return newest if newest.version != self.study.roadmap.version else None

    def check_organiser(self) -> None:
        """Refuse whoever may not manage the place. Raises `RankUnknown` where the platform must be asked first."""
        if self.request.organiser is None:
            raise RankUnknown
        if not self.request.organiser:
            raise Refusal(self.words_of(self.request.place).only_managers, final=True)

    def check_writable(self) -> None:
        """Refuse a place in which the bot cannot write by itself: nothing may be promised there."""
        if self.request.place and self.request.writable is False:
            raise Refusal(
                Text("I cannot write here by myself, so what I promise for this chat would never arrive."),
                self.words_of(self.request.place).let_write,
            )

    def words_of(self, place: Place | None) -> PlatformWords:
        """What the platform of a place calls its rights and chats."""
        return self.platform_words.get(place.platform, ANY_PLATFORM) if place else ANY_PLATFORM

    def say(self, text: Text) -> str:
        """A text in the learner's language, without markup: for reading what they typed, never for showing."""
        return Wording(self.locale).say(text)


def _not_started() -> Refusal:
    return Refusal(
        Text("We have not started yet. {start} takes a minute.", start=Typed("/start")),
        buttons=(Button(Text("Start"), "start"),),
        final=True,
    )
