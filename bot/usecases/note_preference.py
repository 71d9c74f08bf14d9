"""Note settings that an account chooses before it belongs to a learner."""

from zoneinfo import ZoneInfo

from bot.core.learner import Account
from bot.ports.unit_of_work import UnitOfWork


def note_preference(
    uow: UnitOfWork, account: Account, *, locale: str | None = None, zone: ZoneInfo | None = None
) -> None:
    """Keep a language or a time zone for an account that is no learner's yet.

    It is used when they start, and forgotten then.
    """
    uow.learners.set_preference(account, locale=locale, zone=zone)
