"""Scripts played on a local Telegram."""

from dataclasses import dataclass, field

from bot.adapters.telegram.platform import Telegram
from bot.adapters.terminal.player import ScriptClock
from bot.adapters.terminal.script import Move, Speech
from bot.app import Application
from tests.platforms import telegram
from tests.platforms.speeches import brought, spoken_to_bot, to_the_bot
from tests.platforms.stages import GUESTS, Received, moved


@dataclass
class OnTelegram:
    """People in private chats and groups of a Telegram; everybody but guests is an admin of every group."""

    application: Application
    clock: ScriptClock
    server: telegram.TelegramServer
    bot: Telegram
    groups: dict[str, telegram.Chat] = field(default_factory=dict)
    mark: int = 0

    def _who(self, name: str) -> telegram.Person:
        return self.server.person(name, started=True, first_name=name)

    def _where(self, speech: Speech) -> telegram.Chat | None:
        if speech.group is None:
            return None
        who = self._who(speech.who)
        chat = self.groups.get(speech.group) or self.server.group(speech.group, supergroup=True)
        self.groups[speech.group] = chat
        chat.members[who] = "member" if speech.who in GUESTS else "administrator"
        return chat

    async def can(self, speech: Speech) -> bool:
        where = self._where(speech)
        if speech.press:
            messages = where.visible if where else self._who(speech.who).chat.visible
            return any(sent.button(speech.what) for sent in messages)
        # In a group with privacy mode the bot hears commands, and what answers its own messages.
        to_bot = where is not None and spoken_to_bot(speech) and where.visible
        return where is None or speech.what.startswith("/") or bool(to_bot)

    async def speak(self, speech: Speech) -> None:
        await self.application.worker.tick()  # as the terminal does before it plays
        who, where = self._who(speech.who), self._where(speech)
        if path := brought(speech):
            caption = speech.what.split()[0] if where else ""
            update = await who.sends(path.name, path.read_bytes(), caption, where)
        elif where and spoken_to_bot(speech):
            update = await who.says(to_the_bot(speech), where, reply_to=where.visible[-1])
        else:
            does = who.presses if speech.press else who.says
            update = await does(speech.what, where)
        await self.server.handled(update)
        await self.server.until(lambda: self.bot.busy == 0)

    async def move(self, move: Move) -> None:
        await moved(self.application, self.clock, move)

    def received(self) -> Received:
        messages: Received = {}
        for event in self.server.seen[self.mark :]:
            if event.kind in {"reply", "edit"} and event.sent is not None and event.sent.document is None:
                to = event.chat.person.name if event.chat.person else event.chat.name
                messages.setdefault(to, []).append((event.sent.text, event.sent.labels))
        self.mark = len(self.server.seen)
        return messages
