"""Note where somebody is written to in private."""

from bot.core.learner import Account
from bot.ports.unit_of_work import UnitOfWork


def note_private_chat(uow: UnitOfWork, account: Account, chat: str | None) -> None:
    """The platform says that the private chat with an account has this id; None where it is no more."""
    uow.learners.set_private_chat(account, chat)
