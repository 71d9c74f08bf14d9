"""Requests without characters that a database refuses, so that SQLite and PostgreSQL store the same text.

PostgreSQL refuses the character NUL in text, and no encoder takes half of a surrogate pair, which JSON can carry.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.request import Request

_UNFIT = re.compile("[\x00\ud800-\udfff]")


def clean(request: Request) -> Request:
    """The request without NUL, and with U+FFFD in place of half a surrogate pair."""
    file, place = request.file, request.place
    return replace(
        request,
        id=_clean(request.id),
        sender=_account(request.sender) if request.sender else None,
        command=_clean(request.command),
        args=_args(request.args),
        rest=_clean(request.rest),
        place=Place(_clean(place.platform), _clean(place.external_id), _clean(place.title)) if place else None,
        locale=_clean(request.locale) if request.locale else request.locale,
        zone=_clean(request.zone) if request.zone else request.zone,
        file=replace(file, name=_clean(file.name)) if file else None,
    )


def _account(account: Account) -> Account:
    return replace(account, external_id=_clean(account.external_id), name=_clean(account.name))


def _args(args: Mapping[str, str]) -> Mapping[str, str]:
    return {_clean(name): _clean(value) for name, value in args.items()}


def _clean(words: str) -> str:
    return _UNFIT.sub(lambda match: "" if match[0] == "\x00" else "�", words) if _UNFIT.search(words) else words
