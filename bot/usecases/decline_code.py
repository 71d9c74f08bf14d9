"""Refuse the account or chat that has entered a code."""

from datetime import datetime

from bot.core.code import Code
from bot.ports.unit_of_work import UnitOfWork


def decline_code(uow: UnitOfWork, code: Code, now: datetime) -> None:
    """The code is void from now on. The caller has checked that it is the asker's."""
    uow.codes.use(code, now)
