"""What the handlers of pages have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.adapters.flood import Flood
from bot.core.learner import Account
from bot.core.site import Site
from bot.core.web_key import WebKey
from bot.dialogue.dispatcher import Dispatcher
from bot.ports.database import Database
from bot.ports.unit_of_work import UnitOfWork

Introduce = Callable[[str, datetime], Account | None]
"""Whose page a platform's app opens, by what it was given (`bot.adapters.plugin.Plugin.opens_page`)."""


@dataclass(frozen=True)
class Backend:
    """The application as pages see it. `clock` returns aware UTC."""

    database: Database
    dispatcher: Dispatcher
    site: Site
    clock: Callable[[], datetime]
    flood: Flood
    introduce: Mapping[str, Introduce] = field(default_factory=dict)
    """By the platform's name."""


def account_of(uow: UnitOfWork, key: WebKey | None) -> Account | None:
    """The account by which the owner of a key is known; None for nobody's."""
    if key is None or key.learner is None:
        return None
    accounts = uow.learners.accounts(key.learner)
    return accounts[0] if accounts else None
