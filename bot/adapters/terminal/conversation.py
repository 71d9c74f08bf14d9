"""A person at the keyboard: line editing, history, completion, numbered buttons, colours only on a terminal."""

import asyncio
import locale as locales
import re
import shutil
import sys
import threading
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TextIO

import tzlocal
from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import is_dumb_terminal

from bot.adapters.legible import legible
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.lines import button_rows
from bot.dialogue.command import listed
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording, nearest

WIDEST = 88
_STYLE = Style.from_dict(
    {
        "heading1": "bold underline",
        "heading2": "bold",
        "heading3": "underline",
        "bar": "ansigreen",
        "picture": "ansigreen",
        "link": "ansicyan",
        "button": "ansicyan",
        "note": "ansibrightblack",
    }
)
_IN_A_GROUP = re.compile(r"@(?P<group>[\w.-]+):?\s+(?P<what>.+)")
"""“@cafe /leaderboard” is said in the group cafe."""
_LEAVE = {"exit", "quit", "/exit", "/quit", "q"}


class Conversation:
    """One person's terminal. Without a terminal it reads lines and writes plain text."""

    def __init__(self, who: str, history: Path) -> None:
        self.who = who
        self.locale = nearest(locales.getlocale()[0])
        zone = tzlocal.get_localzone_name() or "UTC"
        self.zone = "UTC" if zone == "Etc/UTC" else zone
        self._interactive = sys.stdin.isatty() and sys.stdout.isatty()
        self._styled = self._interactive and not is_dumb_terminal()
        self._history = history
        self._groups: set[str] = set()
        self._newest: Message | None = None
        """The last message with buttons, until something is typed."""

    def width(self) -> int:
        """How many columns a message may take now; windows are made wider and narrower meanwhile."""
        return min(WIDEST, shutil.get_terminal_size().columns - 2)

    def show(self, message: Message) -> None:
        """Print one message with its buttons."""
        shown = message.shown
        if message.to not in {self.who, *self._groups}:
            return
        if shown.buttons:
            self._newest = message
        where = Wording(self.locale).say(Text("in {group}", group=message.to))
        lines = [("class:note", f"{where}\n")] if message.to in self._groups else []
        lines += [(f"class:{row.style}" if row.style else "", f"{row.text}\n") for row in shown.rows]
        buttons = button_rows([label for label, _ in shown.buttons], self.width())
        lines += [("class:button", f"{row}\n") for row in buttons]
        lines.append(("", "\n"))
        self._print(lines)

    def _print(self, lines: list[tuple[str, str]]) -> None:
        shown = [(style, legible(text, sys.stdout.encoding or "utf-8")) for style, text in lines]
        if self._styled:
            print_formatted_text(FormattedText(shown), style=_STYLE, end="")
        else:
            sys.stdout.write("".join(text for _, text in shown))
            sys.stdout.flush()

    async def run(self, dispatcher: Dispatcher, chats: Chats, clock: Callable[[], datetime]) -> None:
        """Answer line by line until the person leaves."""
        wording = Wording(self.locale)
        await self._say(dispatcher, chats, clock, "/start")
        if not self._interactive:
            for line in await _lines(sys.stdin):
                await self._say(dispatcher, chats, clock, line)
            return
        self._history.parent.mkdir(parents=True, exist_ok=True)
        session: PromptSession[str] = PromptSession(
            history=FileHistory(str(self._history)),
            completer=CommandCompleter(dispatcher, chats, clock, self.who),
            complete_while_typing=False,
        )
        interrupted = False
        with patch_stdout(raw=True):
            while True:
                try:
                    line = await session.prompt_async("> ")
                except (EOFError, KeyboardInterrupt) as left:
                    interrupted = isinstance(left, KeyboardInterrupt)
                    break
                if line.strip().casefold() in _LEAVE:
                    break
                await self._say(dispatcher, chats, clock, line)
        bye = wording.say(Text("See you. Everything is kept."))
        self._print([("class:note", f"{bye}\n")])
        if interrupted:
            raise KeyboardInterrupt

    async def _say(self, dispatcher: Dispatcher, chats: Chats, clock: Callable[[], datetime], line: str) -> None:
        text = line.strip()
        if not text:
            return
        newest, group = self._newest, None
        if (spoken := _IN_A_GROUP.fullmatch(text)) and spoken["group"] != self.who:
            group, text = spoken["group"], spoken["what"]
            self._groups.add(group)
        token = pressed(text, newest.shown.buttons) if newest and group in {None, newest.to} else None
        if token and newest:
            group = newest.to if newest.to in self._groups else None
        request = chats.request(self.who, group, typed=text, token=token)
        self._newest = None
        chats.answered(request, await dispatcher.handle(request, clock()), newest.shown if token and newest else None)


async def _lines(stream: TextIO) -> list[str]:
    """All lines of a stream. Not by the loop's own threads: these would hold up whoever presses Ctrl-C meanwhile."""
    loop = asyncio.get_running_loop()
    all_lines: asyncio.Future[list[str]] = loop.create_future()

    def tell(lines: list[str]) -> None:
        if not all_lines.done():
            all_lines.set_result(lines)

    def read() -> None:
        lines = stream.readlines()
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(tell, lines)

    threading.Thread(target=read, daemon=True).start()
    return await all_lines


def pressed(typed: str, buttons: Iterable[tuple[str, str]]) -> str | None:
    """The token of the button that was meant: its label, the number its label begins with, or its place in the row.

    A label goes before a place, so that “8” presses “8 h a week” and not the eighth button; where several labels begin
    with what was typed, none is pressed and the words speak for themselves.
    """
    shown = list(buttons)
    wanted = typed.strip("[]").casefold()
    exact = [token for label, token in shown if label.casefold() == wanted]
    if exact:
        return exact[0]
    if not wanted.isdigit():
        return None
    begun = [token for label, token in shown if label.split()[:1] == [wanted]]
    if begun:
        return begun[0] if len(begun) == 1 else None
    place = int(wanted)
    if not 1 <= place <= len(shown):
        return None
    label, token = shown[place - 1]
    amounts = [other for other, _ in shown if other[:1].isdigit()]
    # Where all others are amounts, a number is an amount: “5” is no language below “8 h a week”.
    return None if len(amounts) == len(shown) - 1 > 1 and label not in amounts else token


class CommandCompleter(Completer):
    """Completes commands, and their values by asking the commands' own parameters."""

    def __init__(self, dispatcher: Dispatcher, chats: Chats, clock: Callable[[], datetime], who: str) -> None:
        self._dispatcher = dispatcher
        self._chats = chats
        self._clock = clock
        self._who = who

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        """Nothing without the event loop."""
        return ()

    async def get_completions_async(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002
    ) -> AsyncGenerator[Completion, None]:
        """Names of commands after a slash; after a command what its options suggest."""
        typed = document.text_before_cursor
        if not typed.startswith("/"):
            return
        name, space, rest = typed[1:].partition(" ")
        if not space:
            for known in listed(self._dispatcher.commands):
                if known.name.startswith(name):
                    summary = Wording(self._chats.locale or "en").say(known.summary)
                    more = " " if known.subs or any(option.parameter.typed for option in known.options) else ""
                    yield Completion(f"/{known.name}{more}", start_position=-len(typed), display_meta=summary)
            return
        begun, _, prefix = rest.rpartition(" ")
        command = self._dispatcher.command_of(self._chats.request(self._who, None, typed=f"/{name} {begun}"))
        if command is None:
            return
        request = self._chats.request(self._who, None, typed=f"/{command.typed}")
        seen = set()
        which = [command.which] if command.subs and not begun else []
        for option in (*which, *(option for option in command.options if option.parameter.typed)):
            for label, wire in await self._dispatcher.suggest(request, option.name, prefix, self._clock()):
                if wire not in seen:
                    seen.add(wire)
                    yield Completion(wire, start_position=-len(prefix), display_meta=label)
