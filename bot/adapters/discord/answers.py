"""Interactions: acknowledged in time however long the database takes, answered after the commit."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

import aiohttp
import discord
from discord import ui

from bot.adapters.discord import PLATFORM
from bot.adapters.discord.buttons import ASK, PRESS
from bot.adapters.discord.intake import BROKEN, fetched, form_values, request_of
from bot.adapters.discord.render import Message, render
from bot.adapters.flood import Flood, Verdict
from bot.adapters.keyed_queue import KeyedQueue
from bot.adapters.outbox import Note, asked
from bot.dialogue.answer import Answer
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.reply import Reply
from bot.dialogue.request import Request, read_token
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording, nearest
from bot.pictures.making import Pictures

log = logging.getLogger(__name__)

IN_TIME = 1.5
"""Seconds after which an interaction is acknowledged without its answer; Discord waits for three."""
PATIENCE = 5.0
"""Seconds for which a person's next request waits for the answer to the one before to be shown."""
_LABEL = 45
_GONE = {10008, 10015, 10062, 50027}
"""Unknown message, webhook or interaction, invalid webhook token: its time is over (Opcodes and Status Codes)."""
_ACKNOWLEDGED = 40060
"""Interaction has already been acknowledged (Opcodes and Status Codes)."""
_NOBODY = discord.AllowedMentions.none()


class Answers:
    """Turns interactions into requests, and answers them."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        queue: KeyedQueue,
        clock: Callable[[], datetime],
        flood: Flood | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        self._dispatcher = dispatcher
        self._flood = flood or Flood()
        self._queue = queue
        self._clock = clock
        self._pictures = pictures or Pictures()
        self.stopping = False

    async def slash(
        self, interaction: discord.Interaction, command: str, given: dict[str, str], file: discord.Attachment | None
    ) -> None:
        """A command was typed, perhaps with a file."""
        await self._answer(interaction, request_of(interaction, command, given), file)

    async def pressed(self, interaction: discord.Interaction) -> None:
        """A button was pressed: a saved request, or a question to be answered in a form."""
        data: dict[str, Any] = dict(interaction.data or {})
        id_ = str(data.get("custom_id", ""))
        if id_.startswith(ASK) and (asked := read_token(id_.removeprefix(ASK))):
            await self._ask(interaction, id_, request_of(interaction, *asked))
            return
        command, args = read_token(id_.removeprefix(PRESS)) or ("?", {})
        await self._answer(interaction, request_of(interaction, command, args, pressed=True))

    async def submitted(self, interaction: discord.Interaction) -> None:
        """A form was filled in."""
        data: dict[str, Any] = dict(interaction.data or {})
        command, args = read_token(str(data.get("custom_id", "")).removeprefix(ASK)) or ("?", {})
        typed = " ".join(form_values(data.get("components", [])))
        await self._answer(interaction, request_of(interaction, command, args, typed, pressed=True))

    async def suggest(
        self, interaction: discord.Interaction, command: str, option: str, typed: str
    ) -> list[tuple[str, str]]:
        """Completions for what is being typed."""
        request = request_of(interaction, command, {})
        return await self._dispatcher.suggest(request, option, typed, self._clock())

    async def _ask(self, interaction: discord.Interaction, id_: str, asked: Request) -> None:
        """Open the form for a question. The database is not used: the form must be there at once."""
        option = self._dispatcher.asked_option(asked)
        wording = Wording(nearest(str(interaction.locale)))
        title = wording.say(option.parameter.question if option else Text("Your answer"))
        form: ui.Modal = ui.Modal(title=_short(title), custom_id=id_, timeout=None)
        form.add_item(ui.TextInput(label=_short(wording.say(Text("Your answer"))), custom_id="a", max_length=1000))
        try:
            await interaction.response.send_modal(form)
            form.stop()  # its answer is read from its id, and nothing needs to be remembered
        except BROKEN as error:
            log.info("a form came too late", extra={"platform": PLATFORM, "why": type(error).__name__})

    async def _answer(
        self, interaction: discord.Interaction, request: Request, file: discord.Attachment | None = None
    ) -> None:
        """Handle the person's requests in order; acknowledge each at once, without waiting for those before it."""
        if self.stopping:
            return
        if self._flood.judge(request) is not Verdict.TAKEN:
            await self._refuse(interaction, request)
            return
        answered: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()

        async def work() -> None:
            try:
                asked = replace(request, file=await fetched(file)) if file else request
                answer: Answer | None = await self._dispatcher.handle(asked, self._clock())
            except Exception:
                log.exception("an interaction could not be handled", extra={"command": request.command})
                answer = None
            if not answered.done():
                answered.set_result(answer)
            # Answers keep their order, but one that hangs does not hold up the next question for ever.
            await asyncio.wait([shown], timeout=PATIENCE)

        hidden = self._hidden(interaction, request)
        shown = asyncio.create_task(self._show(interaction, request, answered, hidden=hidden))
        self._queue.put(request.account.external_id, work)
        await asyncio.wait([shown])
        self._flood.answered(request)

    async def _refuse(self, interaction: discord.Interaction, request: Request) -> None:
        """Say to who asks alone that nothing was carried out, because it was too much."""
        refused = replace(asked(request), public=False)
        message, *_ = render(Note(refused={refused.account: refused}).reply(), refused.locale)
        try:
            await interaction.response.send_message(
                view=message.view(), ephemeral=interaction.guild_id is not None, allowed_mentions=_NOBODY
            )
        except BROKEN as error:
            log.info("a refusal was not sent", extra={"platform": PLATFORM, "why": type(error).__name__})

    def _hidden(self, interaction: discord.Interaction, request: Request) -> bool:
        """Whether the answer is for who asks alone, as far as can be known before the work."""
        if interaction.guild_id is None and interaction.context.dm_channel:
            return False
        command = self._dispatcher.command_of(request)
        return command is None or command.private

    async def _show(
        self,
        interaction: discord.Interaction,
        request: Request,
        answered: "asyncio.Future[Answer | None]",
        *,
        hidden: bool,
    ) -> None:
        try:
            await asyncio.wait([answered], timeout=IN_TIME)
            if late := not answered.done():
                await self._acknowledge(interaction, request, hidden=hidden)
            await self._insist(interaction, request, await answered, hidden=hidden, late=late)
        except BROKEN as error:
            extra = {"platform": PLATFORM, "command": request.command, "why": type(error).__name__}
            log.warning("an answer was not sent", extra=extra)
        except Exception:
            log.exception("an answer could not be given", extra={"command": request.command})

    async def _insist(
        self, interaction: discord.Interaction, request: Request, answer: Answer | None, *, hidden: bool, late: bool
    ) -> None:
        """Give the answer, once more where the line broke: Discord takes one answer to an interaction and no second."""
        try:
            await self._give(interaction, request, answer, hidden=hidden)
        except (aiohttp.ClientConnectionError, ConnectionError):
            if interaction.response.is_done():
                raise  # what follows an answer could come twice
            with suppress(discord.HTTPException):
                await self._give(interaction, request, answer, hidden=hidden)
        except discord.HTTPException as error:
            if answer is None or answer.reply is None:
                raise
            messages = await self._rendered(interaction, answer.reply, answer)
            if error.code in _GONE:
                await self._otherwise(interaction, messages, hidden=hidden)
            elif error.code == _ACKNOWLEDGED and late:
                # Discord heard our acknowledgement, and we did not hear that it did.
                for message in messages:
                    await self._follow(interaction, message, hidden=hidden)
            else:
                raise

    async def _acknowledge(self, interaction: discord.Interaction, request: Request, *, hidden: bool) -> None:
        try:
            if request.pressed and interaction.message:
                await interaction.response.defer()
            else:
                await interaction.response.defer(ephemeral=hidden, thinking=True)
        except BROKEN as error:
            extra = {"platform": PLATFORM, "command": request.command, "why": type(error).__name__}
            log.warning("an interaction was not acknowledged in time", extra=extra)

    async def _give(
        self, interaction: discord.Interaction, request: Request, answer: Answer | None, *, hidden: bool
    ) -> None:
        response = interaction.response
        if answer is None or answer.reply is None:
            if not response.is_done():
                await response.defer()
            elif not request.pressed:
                await interaction.delete_original_response()
            return
        messages = await self._rendered(interaction, answer.reply, answer)
        on = interaction.message
        # What one person is told in private never takes the place of a message that all can see.
        own = on is not None and (not (hidden and interaction.guild_id) or on.flags.ephemeral)
        replaces = answer.reply.replaces and own and len(messages) == 1
        first, *more = messages
        if replaces and not first.files:
            await self._replace(interaction, first)
        elif response.is_done():
            await self._follow(interaction, first, hidden=hidden)
        else:
            await response.send_message(
                view=first.view(), files=first.uploads(), ephemeral=hidden, allowed_mentions=_NOBODY
            )
        for message in more:
            await self._follow(interaction, message, hidden=hidden)

    async def _rendered(self, interaction: discord.Interaction, reply: Reply, answer: Answer) -> list[Message]:
        may = interaction.app_permissions.attach_files
        drawn = await self._pictures.drawn(reply, answer.locale) if may else None
        return render(reply, answer.locale, answer.question, drawn)

    async def _replace(self, interaction: discord.Interaction, message: Message) -> None:
        kept = interaction.message.attachments if interaction.message else []
        # A picture that is not named among the attachments would stay at the message.
        files: dict[str, Any] = {"attachments": message.uploads()} if message.picture or kept else {}
        if interaction.response.is_done():
            await interaction.edit_original_response(view=message.view(), allowed_mentions=_NOBODY, **files)
        else:
            await interaction.response.edit_message(view=message.view(), allowed_mentions=_NOBODY, **files)

    async def _follow(self, interaction: discord.Interaction, message: Message, *, hidden: bool) -> None:
        await interaction.followup.send(
            view=message.view(), files=message.uploads(), ephemeral=hidden, allowed_mentions=_NOBODY
        )

    async def _otherwise(self, interaction: discord.Interaction, messages: list[Message], *, hidden: bool) -> None:
        """The interaction was over before its answer came: it goes to the person, or, public, to the channel."""
        where: Any = interaction.user if hidden else interaction.channel
        for message in messages:
            await where.send(view=message.view(), files=message.uploads(), allowed_mentions=_NOBODY)
        log.info("an answer came too late and went another way", extra={"platform": PLATFORM})


def _short(words: str) -> str:
    return words if len(words) <= _LABEL else words[: _LABEL - 1] + "…"
