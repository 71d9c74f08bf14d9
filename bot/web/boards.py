"""Serves the page of a group's board."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.commands.views.board import SPANS, board_blocks
from bot.core.group import Group
from bot.core.leaderboard import Span
from bot.dialogue.context import Context
from bot.dialogue.reply import Reply, reply
from bot.dialogue.request import Request
from bot.ports.unit_of_work import UnitOfWork
from bot.web.backend import Backend
from bot.web.drawing import draw, language
from bot.web.markup import Html, say, shown
from bot.web.rate import Rate

MOST, WITHIN = 600, 3600.0
"""How often the same board is given, in so many seconds: a group looks at it, and a screen on a wall."""
_HOLDS = 60


@dataclass(frozen=True)
class _Board:
    locale: str
    told: Reply
    spans: Mapping[str, Html]
    chosen: Span


class Boards:
    """Answers whoever has the address of a board. It shows what the board shows in the group's chats, to somebody who
    is no member: only those who are shown."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._rate = Rate(MOST, WITHIN)

    async def get(self, request: web.Request) -> web.Response:
        """One board; 404 where the address opens nothing."""
        secret, now = request.match_info["secret"], self._backend.clock()
        if self._rate.spent(secret):
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(round(WITHIN))})
        groups: list[Group] = []

        def find(uow: UnitOfWork) -> Request | None:
            key = uow.web_keys.find(secret, "board", now)
            group = uow.groups.get(key.group) if key and key.group is not None else None
            if group is None:
                return None
            groups.append(group)
            return Request("", None, "", locale=group.locale or language(request))

        span: Span = next((known for known in SPANS if known == request.query.get("span")), "week")
        board = await self._backend.dispatcher.look(find, lambda ctx: _board(ctx, groups[-1], span), now)
        if board is None:
            raise web.HTTPNotFound
        self._rate.count(secret)
        shown_board = await asyncio.to_thread(shown, board.told, board.locale)
        page = draw(self._backend.site, "board.html", board.locale, board=board, said=shown_board)
        page.headers["Cache-Control"] = f"private, max-age={_HOLDS}"
        return page


def _board(ctx: Context, group: Group, span: Span) -> _Board:
    board_reply = reply(*board_blocks(ctx, group, span, "share", None))
    return _Board(ctx.locale, board_reply, {name: say(label, ctx.locale) for name, label in SPANS.items()}, span)
