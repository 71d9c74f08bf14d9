"""Opening a learner's page: a link that works once, or what a platform's app has proved, becomes a session."""

from datetime import datetime

from bot.core.ids import LearnerId
from bot.core.learner import Account, Learner
from bot.core.site import Site
from bot.core.web_key import WebKey, new_secret
from bot.ports.unit_of_work import UnitOfWork


def offer_page(uow: UnitOfWork, learner: Learner, site: Site, request: str, now: datetime) -> str:
    """An address that opens the learner's page once, within fifteen minutes: the same one for a request that comes
    again."""
    secret = site.secret_of("link", request)
    uow.web_keys.create("link", secret, now, learner=learner.id)
    return site.link(secret)


def enter_by_link(uow: UnitOfWork, secret: str, now: datetime) -> str | None:
    """The secret of a new session for a link that is good, which then is not any more; else None."""
    link = uow.web_keys.find(secret, "link", now)
    if link is None or link.learner is None or not uow.web_keys.use(link, now):
        return None
    return _session(uow, link.learner, now)


def enter_as(uow: UnitOfWork, account: Account, now: datetime) -> str | None:
    """The secret of a new session of the learner with this account, who was proved to be there; None for nobody's."""
    learner = uow.learners.find(account)
    return _session(uow, learner.id, now) if learner else None


def leave_page(uow: UnitOfWork, session: WebKey, now: datetime) -> None:
    """End one session."""
    uow.web_keys.use(session, now)


def close_pages(uow: UnitOfWork, learner: Learner, now: datetime) -> int:
    """End every session and link of a learner; returns how many browsers the page was open in."""
    uow.web_keys.revoke("link", now, learner=learner.id)
    return uow.web_keys.revoke("session", now, learner=learner.id)


def _session(uow: UnitOfWork, learner: LearnerId, now: datetime) -> str:
    secret = new_secret()
    uow.web_keys.create("session", secret, now, learner=learner)
    return secret
