"""Note the id of an account's private chat."""

from bot.core.learner import Account
from bot.ports.unit_of_work import UnitOfWork


def note_private_chat(uow: UnitOfWork, account: Account, chat: str | None) -> None:
    """The platform reports the id of the private chat with an account; None where it was closed."""
    uow.learners.set_private_chat(account, chat)
