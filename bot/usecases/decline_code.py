"""Say no to whoever has entered one of one's codes."""

from datetime import datetime

from bot.core.code import Code
from bot.ports.unit_of_work import UnitOfWork


def decline_code(uow: UnitOfWork, code: Code, now: datetime) -> None:
    """The code is good for nobody any more. The caller has loaded it as one of who asks."""
    uow.codes.use(code, now)
