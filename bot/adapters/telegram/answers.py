"""Has requests handled by the dispatcher: what a request wrote is committed when `handle` returns."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import monotonic

from telegram import Bot, ChatMember, Document
from telegram.error import TelegramError

from bot.adapters.telegram import PLATFORM
from bot.adapters.telegram.intake import Incoming
from bot.dialogue.answer import Answer
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.refusal import RankUnknown
from bot.dialogue.request import FILE_COMMANDS, FILE_LIMIT, File

log = logging.getLogger(__name__)

_RANK_HOLDS = 60.0
"""Seconds for which it is remembered whether somebody is an admin."""
RANK_PATIENCE, FILE_PATIENCE = 3.0, 8.0
"""Seconds for Telegram to say it, and to hand over a file: the update is held back meanwhile, and others behind it."""


class Answers:
    """Asks the dispatcher, and asks Telegram for what a request lacks: a file, or whether somebody is an admin."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._clock = clock
        self._ranks: dict[tuple[int, str], tuple[float, bool]] = {}

    async def handle(self, incoming: Incoming) -> Answer | None:
        """Have a request answered; None where that failed. Never raises."""
        request = incoming.request
        try:
            if incoming.document and request.command in FILE_COMMANDS.values():
                request = replace(request, file=await self._fetched(incoming.document))
            try:
                return await self._dispatcher.handle(request, self._clock())
            except RankUnknown:
                known = replace(request, organiser=await self._is_admin(incoming))
                return await self._dispatcher.handle(known, self._clock())
        except Exception:
            log.exception("an update could not be handled", extra={"command": incoming.request.command})
            return None

    async def _fetched(self, document: Document) -> File:
        """The file that came with a message, without its bytes where it is too large or Telegram does not give it."""
        name, size = document.file_name or "file", document.file_size or 0
        if size > FILE_LIMIT:
            return File(name, size, None)
        try:
            async with asyncio.timeout(FILE_PATIENCE):
                return File(name, size, bytes(await (await document.get_file()).download_as_bytearray()))
        except (TelegramError, TimeoutError) as error:
            log.warning("a file did not arrive", extra={"platform": PLATFORM, "why": type(error).__name__})
            return File(name, size, None)

    async def _is_admin(self, incoming: Incoming) -> bool:
        """Whether Telegram says that the sender is an admin of the chat; False where it does not respond."""
        key = incoming.chat, incoming.request.account.external_id
        now = monotonic()
        known = self._ranks.get(key)
        if known and known[0] > now:
            return known[1]
        self._ranks = {k: v for k, v in self._ranks.items() if v[0] > now}
        try:
            async with asyncio.timeout(RANK_PATIENCE):
                member = await self._bot.get_chat_member(incoming.chat, int(incoming.request.account.external_id))
        except (TelegramError, TimeoutError) as error:
            log.warning("an admin could not be told from others", extra={"why": type(error).__name__})
            return False
        is_admin = member.status in {ChatMember.OWNER, ChatMember.ADMINISTRATOR}
        self._ranks[key] = now + _RANK_HOLDS, is_admin
        return is_admin
