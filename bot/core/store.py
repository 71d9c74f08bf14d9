"""What the core asks of storage: one transaction's view of the books, noun by noun. `bot.storage` implements it.

Every instant is aware UTC, every date a learner's local date, every amount minutes. All writes of one transaction
become visible together or not at all.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.core.calendar import Weeks
from bot.core.catchup import Absence, AbsenceKind, Adjustment
from bot.core.catchup import Kind as BendKind
from bot.core.checkin import CheckIn, Feeling
from bot.core.code import Code
from bot.core.code import Kind as CodeKind
from bot.core.commitment import Commitment, Commitments
from bot.core.group import Call, Group, LiveMessage, Member, Place, Refused, Role, Shown, Studied, Why
from bot.core.keeping import Kept
from bot.core.learner import Account, Enrollment, Learner
from bot.core.ledger import Entry
from bot.core.ledger import Kind as EntryKind
from bot.core.merge import Merge
from bot.core.project import Decision, Review, Submission
from bot.core.quiz import Try
from bot.core.reminder import Delivery, Rule
from bot.core.reminder import Kind as ReminderKind
from bot.core.timer import Timer

T = TypeVar("T")
CHANGED = "changed"
"""Stands for the answer to a request that named somebody who has left or is deleted."""


class DatabaseTrouble(Exception):
    """The database cannot be used now, and nothing was written. It says why, for the log."""


class Unconfirmed(Exception):
    """The database did not say whether a commit succeeded: it may be written, or not."""


class Learners(Protocol):
    """People and their accounts."""

    def find(self, account: Account) -> Learner | None:
        """The learner behind an account, locked against other requests of theirs until the transaction ends."""

    def get(self, learner: int) -> Learner | None:
        """A learner by id."""

    def create(self, account: Account, *, locale: str, zone: ZoneInfo, now: datetime) -> Learner:
        """A new learner with their first account."""

    def attach(self, account: Account, learner: int) -> None:
        """One more account of a learner, that nobody had."""

    def accounts(self, learner: int) -> Sequence[Account]:
        """The doors a learner can be reached through, oldest first."""

    def seen(self, learner: int, account: Account, now: datetime, *, private: bool) -> None:
        """Note a sign of life, and the name and the private chat the account has now; in private it can be written to
        again."""

    def unreachable(self, account: Account, now: datetime) -> bool:
        """Note that an account cannot be written to; False where that was known."""

    def reachable(self, account: Account) -> None:
        """Note that an account can be written to (again)."""

    def talks_in(self, account: Account, chat: str | None) -> None:
        """Note the platform's id of the private chat with an account; None where the one that was known is no more."""

    def open_doors(self, learner: int) -> Sequence[Account]:
        """The accounts of a learner that can be written to, oldest first."""

    def set_zone(self, learner: int, zone: ZoneInfo) -> None:
        """From now on the learner's days are those of `zone`."""

    def prefer(self, account: Account, *, locale: str | None = None, zone: ZoneInfo | None = None) -> None:
        """What somebody who is no learner yet has chosen; it is forgotten when they become one."""

    def preference(self, account: Account) -> tuple[str | None, str | None]:
        """The language and the IANA zone that were chosen so, each None where it was not."""

    def forget_preference(self, account: Account) -> None:
        """Nothing is chosen so any more."""

    def set_weeks(self, learner: int, weeks: Weeks) -> None:
        """Where the learner's weeks begin, past and to come."""

    def set_day_begins(self, learner: int, minutes: int) -> None:
        """Change at how many minutes after midnight the learner's day begins."""

    def set_locale(self, learner: int, locale: str) -> None:
        """From now on the bot speaks this language."""


class Enrollments(Protocol):
    """Learners on roadmaps, and how much they mean to study."""

    def current(self, learner: int) -> Enrollment | None:
        """The roadmap the learner follows now."""

    def of(self, learner: int) -> Sequence[Enrollment]:
        """Every roadmap the learner has followed, the one followed now first."""

    def get(self, enrollment: int) -> Enrollment | None:
        """Anybody's way on a roadmap."""

    def enroll(self, learner: int, *, roadmap: str, version: str, start: date, now: datetime) -> Enrollment:
        """Follow a roadmap from `start` on; one followed before is taken up again as it was."""

    def decline(self, enrollment: int, version: str) -> None:
        """The learner stays on their version, and is not told of this one again."""

    def begin(self, enrollment: int, start: date) -> None:
        """Set the first day of an enrollment that has no entries yet."""

    def commitments(self, enrollment: int) -> Commitments:
        """Every commitment made, in order."""

    def commit(self, enrollment: int, commitment: Commitment, now: datetime) -> None:
        """Add a commitment; nothing that was there changes."""


class Bends(Protocol):
    """Bends of plans, and days of absence."""

    def adjustments(self, enrollment: int) -> Sequence[Adjustment]:
        """Every bend, the undone ones too, in order."""

    def adjust(
        self, enrollment: int, kind: BendKind, relieved: int, usual: int, returns: date | None, trims: Sequence[int],
        now: datetime,
    ) -> int:  # fmt: skip
        """One more bend: what it relieved, what was in force before it, the ledger lines of what it left out."""

    def absences(self, enrollment: int) -> Sequence[Absence]:
        """Every absence, the undone ones too, in order."""

    def be_absent(self, enrollment: int, first: date, last: date, now: datetime, kind: AbsenceKind = "illness") -> int:
        """One more absence."""

    def undo_adjustment(self, adjustment: int, now: datetime) -> bool:
        """It counts no more; False where it did not."""

    def undo_absence(self, absence: int, now: datetime) -> bool:
        """It counts no more; False where it did not."""


class Ledger(Protocol):
    """The append-only list of study entries."""

    def entries(self, enrollment: int) -> tuple[Entry, ...]:
        """Every line, in the order of recording."""

    def find(self, learner: int, entry: int) -> tuple[int, Entry] | None:
        """One line of this learner with its enrollment; None for a line of anyone else."""

    def finished(self, learners: Sequence[int], items: Mapping[str, int]) -> set[int]:
        """Those of the learners who have each of these items (with its minutes) behind them."""

    def add(
        self,
        enrollment: int,
        *,
        item: str,
        day: date,
        minutes: int,
        kind: EntryKind,
        now: datetime,
        note: str | None = None,
        reverses: int | None = None,
        part_of: int | None = None,
        moves: int | None = None,
    ) -> Entry:
        """One more line. Raises `AlreadyUndone` where `reverses` was reversed before."""


class Reminders(Protocol):
    """Rules for what the bot says unasked."""

    def rules(self, learner: int) -> Sequence[Rule]:
        """A learner's rules."""

    def put(
        self, learner: int, kind: ReminderKind, weekdays: Collection[int], at: time, zone: ZoneInfo,
        due: datetime | None,
    ) -> None:  # fmt: skip
        """Set the learner's rule of this kind: the days of the week on which it comes (0 is Monday), at one time."""

    def rules_of(self, group: int) -> Sequence[Rule]:
        """A group's rules."""

    def put_for(
        self, group: int, kind: ReminderKind, weekday: int, at: time, zone: ZoneInfo, due: datetime | None
    ) -> None:
        """Set the group's rule of this kind."""

    def due(self, now: datetime, limit: int) -> Sequence[Rule]:
        """Rules whose time has come, the oldest first."""

    def reschedule(self, rule: Rule, due: datetime) -> None:
        """The rule's next instant, unless the rule was changed since it was read."""

    def next(self) -> datetime | None:
        """The nearest due instant of all."""

    def ahead(self, horizon: datetime, after_id: int, limit: int) -> Sequence[Rule]:
        """Rules whose next instant lies behind `horizon`, by their ids, from behind `after_id` on."""


class Deliveries(Protocol):
    """Occasions of rules, from due to settled."""

    def plan(self, rule: Rule, occasion: date, due: datetime) -> None:
        """One more delivery to the rule's learner, or to each place of its group; none where there is one already."""

    def post(self, request: str, due: datetime, *, learner: int | None = None, place: int | None = None) -> None:
        """One errand more: a saved request (a button's token) to be said once at `due` to a learner or in a place.

        The same errand on the same day to the same recipient is said once; one that was withdrawn can be posted anew.
        """

    def posted(self, learner: int, request: str) -> datetime | None:
        """When the newest errand to a learner that begins with this request was due, if it was not withdrawn."""

    def withdraw(self, request: str, learner: int | None = None) -> None:
        """Take back the errands with this request (to this learner, or to anybody) that nobody has claimed yet."""

    def occasions(self, learner: int, since: date) -> AbstractSet[tuple[str, date]]:
        """Kind and local date of every delivery of a learner's rules from `since` on, whatever became of it."""

    def waiting(self, learner: int) -> Sequence[tuple[str, datetime]]:
        """The errands to a learner that are still to come: their requests, and when they are due."""

    def claim(self, platform: str, claim: str, now: datetime, until: datetime, limit: int) -> Sequence[Delivery]:
        """Take a platform's pending deliveries that are due and in nobody's hands, and hold them under `claim`."""

    def redirect(self, delivery: int, claim: str, platform: str, at: datetime) -> None:
        """Give a delivery back, to be sent on another platform at `at`."""

    def settle(self, delivery: int, claim: str, state: str, now: datetime, reason: str | None = None) -> bool:
        """The end of a delivery; False where the claim is not ours any more."""

    def retry(self, delivery: int, claim: str, at: datetime) -> None:
        """Give a delivery back, to be sent at `at`."""

    def overtaken(self, delivery: Delivery, now: datetime) -> bool:
        """Whether a newer message to the same learner is due as well."""

    def asked_since(self, learner: int, seen: datetime, before: datetime, weeks: Weeks) -> int:
        """Weeks about which check-ins were sent after `seen` and up to `before`."""

    def quiet_since(self, learner: int, seen: datetime) -> bool:
        """Whether the bot has said after `seen` that it will be quiet."""

    def last(self, learner: int) -> Delivery | None:
        """The learner's newest delivery that was sent."""

    def next(self, platforms: Sequence[str]) -> datetime | None:
        """When the nearest pending delivery of these platforms may be sent."""

    def set_right(self, now: datetime, held: timedelta, put_off: timedelta) -> int:
        """After the clock was wrong: what ended unsent at an instant that has not come yet is pending again; what is
        held for longer than `held` from now on is free, and what was put off for longer than `put_off` comes at its
        time. How many these were."""


class CheckIns(Protocol):
    """Answers to the weekly question."""

    def of(self, learner: int, monday: date) -> CheckIn | None:
        """The answer for a week."""

    def answer(self, learner: int, monday: date, feeling: Feeling, now: datetime, note: str | None = None) -> None:
        """Answer, or answer anew."""

    def take_back(self, learner: int, monday: date) -> None:
        """The week is unanswered again."""

    def answered(self, group: int, monday: date) -> int:
        """How many members of a group who are shown have answered for a week."""


class Quizzes(Protocol):
    """Attempts at self-check questions."""

    def tries(self, learner: int) -> Sequence[Try]:
        """Every attempt, oldest first."""

    def add(self, learner: int, attempt: Try) -> None:
        """One more attempt."""


class Groups(Protocol):
    """Study groups, their places and members."""

    named: set[int]
    """The groups whose members were read: an answer made from them may name them."""

    def at(self, place: Place) -> Group | None:
        """The group that meets in a place."""

    def found(self, place: Place, zone: ZoneInfo, now: datetime) -> Group:
        """The group of a place, made where there is none yet."""

    def settle(self, group: int, *, zone: ZoneInfo, locale: str, roadmap: str, start: date) -> None:
        """Say what a group follows, from when, in which zone and language."""

    def visit(self, place: int) -> tuple[Place, Group] | None:
        """A place by its id, with its group; None where the bot is no longer in it."""

    def homes(self, learner: int) -> Sequence[tuple[Place, Group, str]]:
        """The places of the groups in which the learner is shown, each with its group and the name they have there;
        none in which the bot cannot write."""

    def moved(self, platform: str, chat: str, to: str) -> None:
        """A chat with all its topics has another id from now on."""

    def gone(self, platform: str, chat: str, now: datetime) -> None:
        """The bot is no longer in a chat, nor in its topics."""

    def back(self, platform: str, chat: str) -> None:
        """The bot is in a chat again."""

    def get(self, group: int) -> Group | None:
        """A group by its id."""

    def create(self, title: str, zone: ZoneInfo, now: datetime) -> Group:
        """A group that has no place yet."""

    def move(self, place: Place, group: int) -> int:
        """From now on this place is the group's; the place's id."""

    def places(self, group: int) -> Sequence[tuple[int, Place]]:
        """The places of a group that the bot is in, with their ids."""

    def set_live(self, group: int, *, live: bool) -> None:
        """Whether a board stands in the group's places."""

    def of(self, learner: int) -> Sequence[tuple[Group, Member]]:
        """The groups a learner is in, as what they are there."""

    def put_out(self, group: int, learner: int) -> bool:
        """Whether an organiser has taken this learner out of the group."""

    def member(self, group: int, learner: int) -> Member | None:
        """What a learner is in a group; None where they are not in it."""

    def members(self, group: int) -> Sequence[Member]:
        """Everybody in a group, the hidden ones too: those are for nobody else's eyes."""

    def studied(self, group: int, first: date, last: date) -> Sequence[Studied]:
        """What each member who is shown studied on these local dates."""

    def join(self, group: int, learner: int, name: str, shown: Shown, now: datetime) -> None:
        """Become a member, or be shown otherwise from now on; who comes back is what they were."""

    def appoint(self, group: int, learner: int, role: Role) -> None:
        """Give a member another role."""

    def leave(self, group: int, learner: int, now: datetime) -> bool:
        """End a membership; False where there was none."""

    def hold(self, groups: Iterable[int]) -> None:
        """From here to the end of the transaction nobody else who holds one of these groups changes who is in it: two
        organisers who go at the same moment would each see the other stay."""

    def organised(self, group: int) -> bool:
        """Whether the group has an organiser."""

    def succeed(self, group: int) -> Member | None:
        """Where the group has members and no organiser, one becomes it: of those who are shown who came first, else of
        the others. Who that is; None where nothing had to change."""


class Places(Protocol):
    """Places in which the bot was refused: since when, why, and when it may try again."""

    def heard_from(self, place: Place, now: datetime, *, writable: bool | None) -> None:
        """Somebody speaks to the bot in a place, so it is there and may try again; not where it surely cannot write."""

    def refuses(self, place: Place, why: Why, now: datetime) -> int | None:
        """Note that the platform refuses what is written there, and let all that waits for the place wait a day; the
        place's id, None where it is no group's."""

    def accepts(self, place: Place, now: datetime) -> None:
        """Something was written there: nothing is refused any more, and what was held back goes on."""

    def changed(self, platform: str, chats: Sequence[str], now: datetime) -> None:
        """Something changed in these places: what was held back there is tried again now."""

    def refused(self, place: int) -> Refused | None:
        """What is refused in a place; None where nothing is."""

    def told(self, place: int, at: datetime | None) -> None:
        """Note that an organiser was told; None where that did not arrive."""


class Housekeeping(Protocol):
    """What has served its time."""

    def drop(self, what: Kept, before: datetime, most: int, after: int = 0) -> int | None:
        """Look at so many rows of a kind behind the one with the id `after`, and delete what is older than `before` and
        needed by nobody; the id to go on behind, None where nothing old is left."""


class Calls(Protocol):
    """Calls for help in groups."""

    def make(self, learner: int, group: int, module: str, note: str | None, now: datetime) -> int:
        """One more call; its id."""

    def get(self, call: int) -> Call | None:
        """A call by its id."""

    def made_since(self, learner: int, group: int, since: datetime) -> bool:
        """Whether a learner has called this group after an instant."""


class Codes(Protocol):
    """One-time codes; only digests of them are kept."""

    def make(self, code: str, kind: CodeKind, learner: int, group: int | None, now: datetime) -> None:
        """A code that a learner gives away; a new one to link accounts ends the ones before it."""

    def find(self, code: str, now: datetime) -> Code | None:
        """A code that still holds, with who has entered it."""

    def entered(self, learner: int, kind: CodeKind, now: datetime) -> Sequence[Code]:
        """The codes of a learner that somebody has entered and that wait for the learner's word, oldest first."""

    def enter(self, code: Code, account: Account, place: Place | None, now: datetime) -> None:
        """Note who enters a code that nobody has entered yet: it is good for nobody else from now on."""

    def use(self, code: Code, now: datetime) -> bool:
        """Use it up; False where that was done."""

    def failed(self, code: str, account: Account, place: Place | None, now: datetime) -> None:
        """Note that an account entered a code that is not good."""

    def wait(self, account: Account, place: Place | None, now: datetime) -> timedelta | None:
        """How long no code of this account, or from this chat, is tried any more; None where one may be."""


class Merges(Protocol):
    """Two learners who are one person."""

    def lock(self, learners: Sequence[int]) -> None:
        """Nobody else changes these learners until the transaction ends."""

    def merge(self, kept: int, absorbed: int, now: datetime) -> int:
        """What is `absorbed`'s becomes `kept`'s, as far as one person can have it twice; the rest rests."""

    def last(self, kept: int) -> Merge | None:
        """The newest merge of a learner that was not undone, else the newest."""

    def undo(self, merge: int, now: datetime) -> bool:
        """Give everything back; False where that was done."""

    def rests(self, absorbed: int) -> Mapping[str, bool]:
        """The kinds of reminders that a learner had when they were absorbed, and whether each was to come."""

    def absorbed(self, kept: int) -> Sequence[int]:
        """Whom a learner has absorbed."""

    def joined(self, kept: int) -> Mapping[int, datetime]:
        """The enrollments of a learner that were another's before a merge, with when that was."""

    def is_absorbed(self, learner: int) -> bool:
        """Whether a learner is part of another one."""


class Projects(Protocol):
    """Ticked criteria, submissions and reviews of projects."""

    def ticks(self, enrollment: int, item: str) -> frozenset[str]:
        """The criteria that a learner has ticked, and the path taken (`bot.core.project.PATH`)."""

    def ticked(self, enrollment: int) -> Mapping[str, frozenset[str]]:
        """The same of every project that has any, by item."""

    def tick(self, enrollment: int, item: str, criterion: str, now: datetime) -> None:
        """Tick a criterion, or take the tick away."""

    def submitted(self, enrollment: int, item: str) -> Submission | None:
        """The submission of a project that was not withdrawn."""

    def submit(self, enrollment: int, item: str, url: str, note: str | None, now: datetime) -> None:
        """Submit a project; an earlier submission is withdrawn."""

    def withdraw(self, enrollment: int, item: str, now: datetime) -> bool:
        """Withdraw it; False where there was nothing."""

    def ask(self, submission: int, group: int, now: datetime) -> int:
        """Ask a group for a review; its id."""

    def review(self, review: int) -> Review | None:
        """A review by its id; None where its submission was withdrawn."""

    def review_of(self, submission: int) -> Review | None:
        """The newest review of a submission."""

    def take(self, review: int, learner: int, now: datetime, before: datetime) -> bool:
        """Take a review that nobody has, or that somebody took before that instant; False where it is taken."""

    def meet(self, review: int, met: Iterable[str]) -> None:
        """Say which criteria are met."""

    def decide(self, review: int, learner: int, decision: Decision, words: str, now: datetime) -> bool:
        """End a review of one's own; False where it is not."""


class Timers(Protocol):
    """Timers; a learner's newest is the one that may run."""

    def last(self, learner: int) -> Timer | None:
        """The learner's newest timer."""

    def get(self, timer: int, learner: int) -> Timer | None:
        """A timer of this learner; None for anybody else's."""

    def start(self, learner: int, item: str, minutes: int, now: datetime) -> Timer:
        """One more timer."""

    def end(self, timer: int, now: datetime) -> bool:
        """It was stopped or is dealt with; False where it was before."""

    def logged(self, timer: int, entry: int) -> None:
        """Its time was logged, in the logging that begins with this line."""


class Roadmaps(Protocol):
    """What roadmaps say, version by version; a version once noted never changes."""

    def source(self, roadmap: str, version: str) -> str | None:
        """The text of a version that is or was in use; None for any other."""

    def newest(self, roadmap: str) -> str | None:
        """The version noted last, of those that are in use."""

    def note(self, roadmap: str, version: str, source: str, now: datetime) -> None:
        """Note what a version says, unless it is noted already."""

    def draft(self, group: int, roadmap: str, version: str, source: str, now: datetime) -> int:
        """Keep a file for a group until it says whether to use it, in place of the one before; its id."""

    def drafted(self, draft: int, group: int) -> tuple[str, str, str] | None:
        """Roadmap, version and text of a group's draft."""

    def use(self, draft: int, now: datetime) -> bool:
        """From now on the group's draft is in use; False where it was, or is gone."""

    def of(self, group: int) -> Sequence[str]:
        """The roadmaps a group has brought in use itself, the oldest first."""


class LiveMessages(Protocol):
    """Messages that stand in places and are edited as things change."""

    def stands(self, place: int, kind: str, occasion: date, message: str) -> None:
        """A message of this kind was sent in a place; one that stood there before is left as it is."""

    def touch(self, group: int, kind: str, at: datetime) -> None:
        """What such a message says has changed in every place of a group: show it anew at `at`, or before; later where
        the platform asked for a pause or refuses to take it."""

    def claim(self, platform: str, claim: str, now: datetime, until: datetime, limit: int) -> Sequence[LiveMessage]:
        """Take messages of a platform that are due to be shown anew and in nobody's hands, and hold them under `claim`;
        after `until` they are anybody's again."""

    def settle(
        self, live: LiveMessage, claim: str, message: str | None, digest: str | None, again: datetime | None
    ) -> bool:
        """What stands there now, and the end of the claim; False where it was not ours any more, and nothing is noted.

        `again`: not before then, whatever changes meanwhile. Without it, what was touched since the claim stays due.
        """

    def next(self, platforms: Sequence[str]) -> datetime | None:
        """When the nearest message of these platforms is to be shown anew."""

    def set_right(self, now: datetime, held: timedelta, put_off: timedelta) -> None:
        """After the clock was wrong: what is held for longer than `held` from now on is free, and what was put off for
        longer than `put_off` is due now."""


class Conversation(Protocol):
    """What was asked and not yet answered, and requests too long for a button."""

    def expect(self, account: Account, place: Place | None, asked: str | None, offered: str | None = None) -> None:
        """The open question of this account in this place, and the buttons that words may press; None for none."""

    def opened(self, account: Account, place: Place | None) -> tuple[str | None, str | None] | None:
        """The open question and the buttons; None where neither is open."""

    def keep(self, learner: int | None, request: str, now: datetime) -> int:
        """Keep a saved request; its number."""

    def kept(self, number: int, learner: int | None) -> str | None:
        """A saved request by its number; None where it was kept for somebody else."""


class Requests(Protocol):
    """Requests that were handled, with their answers."""

    def open(self, request: str, now: datetime) -> bool:
        """Enter a request; False where it was handled before."""

    def answer(self, request: str) -> str | None:
        """The answer given to it."""

    def close(self, request: str, account: Account | None, answer: str) -> None:
        """Note the answer, and whose it is; None for nobody's."""

    def names(self, request: str, groups: Collection[int]) -> None:
        """Note the groups whose members the answer may name."""

    def forget_names(self, group: int, account: Account | None = None) -> None:
        """Answers that may name members of a group are `CHANGED` from now on, but for those of this account."""


class Privacy(Protocol):
    """All that is kept of one person."""

    def export(self, learner: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Every row about the learner, by table."""

    def erase(self, learner: int) -> None:
        """Delete every row about the learner."""

    def forget(self, account: Account) -> None:
        """Delete what was asked of an account and answered to it, whether it is a learner's or not."""


class Store(Protocol):
    """The books, as one transaction sees and writes them."""

    @property
    def learners(self) -> Learners: ...
    @property
    def enrollments(self) -> Enrollments: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def checkins(self) -> CheckIns: ...
    @property
    def quizzes(self) -> Quizzes: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def places(self) -> Places: ...
    @property
    def bends(self) -> Bends: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def merges(self) -> Merges: ...
    @property
    def projects(self) -> Projects: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def roadmaps(self) -> Roadmaps: ...
    @property
    def live(self) -> LiveMessages: ...
    @property
    def conversation(self) -> Conversation: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def housekeeping(self) -> Housekeeping: ...
    @property
    def privacy(self) -> Privacy: ...

    def attempt(self, work: Callable[[], T]) -> T:
        """Run `work`; if it raises, everything it wrote is taken back and the exception goes on."""


class Database(Protocol):
    """Where the books are."""

    async def run(self, work: Callable[[Store], T]) -> T:
        """One hop to the database's own thread, one transaction around `work`, committed when it returns.

        Raises `DatabaseTrouble` where nothing was written, `Unconfirmed` where nobody knows; within ten seconds.
        """

    async def read(self, work: Callable[[Store], T]) -> T:
        """The same for work that writes nothing: beside the writers, from what is committed when it begins."""
