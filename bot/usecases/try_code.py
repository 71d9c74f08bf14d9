"""Check a typed one-time code; several invalid ones block further tries for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.core.code import Code
from bot.core.group import Asker
from bot.ports.unit_of_work import UnitOfWork


class TooManyTries(Exception):
    """The account or the chat has entered several invalid codes; `wait` is how long it must wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


def try_code(uow: UnitOfWork, asker: Asker, typed: str, is_good: Callable[[Code], bool], now: datetime) -> Code | None:
    """The typed code, where it is valid for the asker; else None, with the failed try counted.

    Raises `TooManyTries`.
    """
    check_tries(uow, asker, now)
    code = uow.codes.find(typed, now)
    if code is None or not is_good(code):
        uow.codes.record_failure(typed, asker.account, asker.place, now)
        return None
    return code


def check_tries(uow: UnitOfWork, asker: Asker, now: datetime) -> None:
    """Raise `TooManyTries` for an account or a chat that has entered too many invalid codes."""
    wait = uow.codes.blocked_for(asker.account, asker.place, now)
    if wait is not None:
        raise TooManyTries(wait)


def entered_by_another(uow: UnitOfWork, asker: Asker, code: Code) -> bool:
    """Whether another learner has entered the code before, so that it is valid for them alone."""
    if code.entry is None:
        return False
    own_accounts = uow.learners.accounts(asker.learner.id) if asker.learner else (asker.account,)
    entered = code.entry.account
    return all(
        (entered.platform, entered.external_id) != (account.platform, account.external_id) for account in own_accounts
    )
