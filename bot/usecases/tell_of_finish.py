"""Tell a learner's groups that they have finished a roadmap, in whatever way they have."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta

from bot.core.group import Membership
from bot.core.ids import EntryId
from bot.core.ledger import Entry
from bot.core.position import covered_by
from bot.core.study import Study
from bot.core.summary import summarize
from bot.ports.changes import Change, EntriesJoined, EntryAdded
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.one_offs import finish_told, post_to_group

_AFTER = timedelta(minutes=10)
"""So long a last entry may still be taken back before anybody hears of it."""


def tell_of_finish(
    uow: UnitOfWork,
    memberships: Sequence[Membership],
    study: Callable[[], Study],
    changes: Iterable[Change],
    now: datetime,
) -> None:
    """Schedule one line in every place of the groups in which the learner is shown, if these changes of one
    enrollment's ledger finish the roadmap; withdraw it while it is unsent, if they undo that.

    `study` has all that was written. It is asked for only where there is a group to tell.
    """
    added = [change.entry for change in changes if isinstance(change, EntryAdded)]
    joined = {id_ for change in changes if isinstance(change, EntriesJoined) for id_ in change.entries}
    shown = [group for group, member in memberships if not member.hidden]
    if not shown or not (added or joined):
        return
    after = study()
    if not after.position.finished:
        if any(entry.kind != "study" for entry in added):
            for group in shown:
                for place, _ in uow.groups.places(group.id):
                    uow.deliveries.withdraw(finish_told(after.enrollment), place=place)
    elif not _finished_before(after, added, joined):
        for group in shown:
            post_to_group(uow, group.id, finish_told(after.enrollment), now + _AFTER)


def _finished_before(after: Study, added: Sequence[Entry], joined: Collection[EntryId]) -> bool:
    """Whether the roadmap was finished without these entries; of two learners who were merged, by one of them."""
    minutes = sum(entry.minutes for entry in added)
    only_hours = not joined and all(entry.kind == "study" and entry.moves is None for entry in added)
    if only_hours and not after.summary.versions:
        # What exceeds the plan tells it without a look at the whole ledger: all of the hours, where nothing was left.
        return after.position.extra >= minutes
    new = {entry.id for entry in added} | set(joined)
    return _finished(after, lambda entry: entry.id not in new) or _finished(after, lambda entry: entry.id in joined)


def _finished(study: Study, which: Callable[[Entry], bool]) -> bool:
    """Whether some of the ledger's entries alone cover the whole plan."""
    entries = [entry for entry in study.entries if which(entry)]
    return bool(entries) and covered_by(summarize(entries, study.plans).crediting).finished
