"""Addresses that open something for whoever has them, until they are replaced or switched off: a learner's calendar
feed, and the page of a group's board."""

from datetime import datetime
from typing import NamedTuple

from bot.core.group import Asker, Group
from bot.core.learner import Learner
from bot.core.site import Site
from bot.core.web_key import KeyKind, WebKey, new_secret
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import decide


class Address(NamedTuple):
    """An address that is on, by the number of its key. `url` is None where the host's secret has changed since: it
    works, but only a new one can be shown."""

    key: int
    since: datetime
    url: str | None


def begin_feed(uow: UnitOfWork, learner: Learner, site: Site, now: datetime) -> Address:
    """The address of a learner's calendar feed, which is switched on where it was not."""
    return _current(uow, learner, site, now) or _new(uow, learner, site, now)


def renew_feed(uow: UnitOfWork, learner: Learner, site: Site, replaced: int, now: datetime) -> Address:
    """A new address of a learner's calendar feed, after which the one of the key `replaced` opens nothing.

    Where that was replaced already, the address it was replaced by.
    """
    return _renewed(uow, learner, site, replaced, now)


def end_feed(uow: UnitOfWork, learner: Learner, now: datetime) -> None:
    """Switch a learner's calendar feed off: no address of theirs opens one from now on."""
    uow.web_keys.revoke("feed", now, learner=learner.id)


def board_page(uow: UnitOfWork, group: Group, site: Site, now: datetime) -> Address | None:
    """The address of the page of a group's board; None where it is off. Writes nothing."""
    return _current(uow, group, site, now)


def begin_board_page(uow: UnitOfWork, asker: Asker, group: Group, site: Site, now: datetime) -> Address:
    """The address of the page of a group's board, which is switched on where it was not.

    Raises `NotOrganiser` or `NotManager`.
    """
    decide(uow, asker, group, now)
    return _current(uow, group, site, now) or _new(uow, group, site, now)


def renew_board_page(uow: UnitOfWork, asker: Asker, group: Group, site: Site, replaced: int, now: datetime) -> Address:
    """A new address of that page, as `renew_feed` does it. Raises `NotOrganiser` or `NotManager`."""
    decide(uow, asker, group, now)
    return _renewed(uow, group, site, replaced, now)


def end_board_page(uow: UnitOfWork, asker: Asker, group: Group, now: datetime) -> None:
    """Switch the page of a group's board off. Raises `NotOrganiser` or `NotManager`."""
    decide(uow, asker, group, now)
    uow.web_keys.revoke("board", now, group=group.id)


def _current(uow: UnitOfWork, owner: Learner | Group, site: Site, now: datetime) -> Address | None:
    if isinstance(owner, Learner):
        key = uow.web_keys.newest("feed", now, learner=owner.id)
    else:
        key = uow.web_keys.newest("board", now, group=owner.id)
    return _address(uow, key, site, now) if key else None


def _renewed(uow: UnitOfWork, owner: Learner | Group, site: Site, replaced: int, now: datetime) -> Address:
    address = _current(uow, owner, site, now)
    if address and address.key != replaced:
        return address
    if isinstance(owner, Learner):
        uow.web_keys.revoke("feed", now, learner=owner.id)
    else:
        uow.web_keys.revoke("board", now, group=owner.id)
    return _new(uow, owner, site, now)


def _new(uow: UnitOfWork, owner: Learner | Group, site: Site, now: datetime) -> Address:
    salt = new_secret()
    if isinstance(owner, Learner):
        uow.web_keys.create("feed", site.secret_of("feed", salt), now, learner=owner.id, salt=salt)
    else:
        uow.web_keys.create("board", site.secret_of("board", salt), now, group=owner.id, salt=salt)
    made = _current(uow, owner, site, now)
    assert made is not None  # noqa: S101 - just made
    return made


def _address(uow: UnitOfWork, key: WebKey, site: Site, now: datetime) -> Address:
    kind: KeyKind = key.kind
    secret = site.secret_of(kind, key.salt or "")
    known = uow.web_keys.find(secret, kind, now)
    url = site.feed(secret) if kind == "feed" else site.board(secret)
    return Address(key.id, key.made_at, url if known and known.id == key.id else None)
