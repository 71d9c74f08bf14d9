"""A learner's private calendar feed: an address that nobody can guess, renewed or switched off at any time."""

from datetime import datetime
from typing import NamedTuple

from bot.core.learner import Learner
from bot.core.site import Site
from bot.core.web_key import WebKey, new_secret
from bot.ports.unit_of_work import UnitOfWork


class Feed(NamedTuple):
    """A feed that is on. `address` is None where the host's secret has changed since: it works, but only a new one can
    be shown."""

    key: int
    since: datetime
    address: str | None


def begin_feed(uow: UnitOfWork, learner: Learner, site: Site, now: datetime) -> Feed:
    """The learner's feed, switched on where it was not."""
    feed = _current(uow, learner, site, now)
    return feed or _new(uow, learner, site, now)


def renew_feed(uow: UnitOfWork, learner: Learner, site: Site, replaced: int, now: datetime) -> Feed:
    """The learner's feed at a new address, after which the one of the key `replaced` opens nothing.

    Where that was replaced already, the address it was replaced by.
    """
    feed = _current(uow, learner, site, now)
    if feed and feed.key != replaced:
        return feed
    uow.web_keys.revoke("feed", now, learner=learner.id)
    return _new(uow, learner, site, now)


def end_feed(uow: UnitOfWork, learner: Learner, now: datetime) -> None:
    """Switch the learner's feed off: no address of theirs opens anything from now on."""
    uow.web_keys.revoke("feed", now, learner=learner.id)


def _current(uow: UnitOfWork, learner: Learner, site: Site, now: datetime) -> Feed | None:
    key = uow.web_keys.newest("feed", now, learner=learner.id)
    return _feed(uow, key, site, now) if key else None


def _new(uow: UnitOfWork, learner: Learner, site: Site, now: datetime) -> Feed:
    salt = new_secret()
    uow.web_keys.create("feed", site.secret_of("feed", salt), now, learner=learner.id, salt=salt)
    key = uow.web_keys.newest("feed", now, learner=learner.id)
    assert key is not None  # noqa: S101 - just made
    return _feed(uow, key, site, now)


def _feed(uow: UnitOfWork, key: WebKey, site: Site, now: datetime) -> Feed:
    secret = site.secret_of("feed", key.salt or "")
    known = uow.web_keys.find(secret, "feed", now)
    return Feed(key.id, key.made_at, site.feed(secret) if known and known.id == key.id else None)
