"""The local Telegram behaves as the real one does, towards the real library and towards bare requests."""

import asyncio
import json
import struct
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.platforms.telegram import (
    TOKEN,
    Button,
    File,
    Limits,
    NotSeen,
    Spec,
    TelegramServer,
    Window,
    spec_or_none,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot
Talk = Callable[[TelegramServer, Bot], Awaitable[None]]
STRANGER = "123456:OTHER"
SECRET = "geheim_1"
POLL = 0.03
"""Seconds that a socket is given where only the passing of time can tell."""


@pytest.fixture(autouse=True)
def no_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this the library warns whenever somebody reads how long to wait, and a warning is an error here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def library(server: TelegramServer, token: str = TOKEN, patience: float = 5) -> AsyncIterator[Bot]:
    """The library's own Bot, talking to the server."""
    requests = [
        HTTPXRequest(
            read_timeout=patience, connect_timeout=patience, httpx_kwargs={"trust_env": False, "verify": False}
        )
        for _ in range(2)
    ]
    bot = Bot(token, base_url=f"{server.url}/bot", request=requests[0], get_updates_request=requests[1])
    for request in requests:
        await request.initialize()
    try:
        yield bot
    finally:
        for request in requests:
            await request.shutdown()


def talk(work: Talk, problems: bool = False, patience: float = 5, **options: Any) -> None:
    """Run a talk between the library and a server; it must cause no problems, unless it is about them."""

    async def run() -> None:
        options.setdefault("spec", spec_or_none())
        async with TelegramServer(**options) as server, library(server, patience=patience) as bot:
            await work(server, bot)
            assert bool(server.problems) == problems, server.problems

    asyncio.run(run())


async def raw(server: TelegramServer, method: str, token: str = TOKEN, **request: Any) -> tuple[int, Any]:
    """What a bare POST is answered."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/bot{token}/{method}", **request) as response,
    ):
        return response.status, await response.json()


@pytest.fixture
def spec() -> Spec:
    """Telegram's own description; a checkout may lack it."""
    found = spec_or_none()
    if found is None:
        pytest.skip("../shared/specs/telegram/api.json is not here")
    return found


def picture(width: int = 2, height: int = 2) -> bytes:
    """A PNG as far as anybody looks."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def keys(*labels: str) -> InlineKeyboardMarkup:
    """A row of buttons that carry their own names."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label.lower()) for label in labels]])


# The door


def test_get_me_says_that_privacy_mode_is_on() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        me = await bot.get_me()
        assert (me.username, me.id, me.is_bot) == ("buddybot", 123456, True)
        assert me.can_read_all_group_messages is False

    talk(work)


def test_a_wrong_token_is_unauthorized_and_a_malformed_one_not_found() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        status, body = await raw(server, "getMe", STRANGER)
        assert (status, body) == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        assert (await raw(server, "getMe", "nonsense"))[0] == 404
        async with library(server, STRANGER) as stranger:
            with pytest.raises(InvalidToken):
                await stranger.get_me()
        assert server.calls == []

    talk(work)


def test_an_unknown_method_is_not_found_and_a_problem() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        assert (await raw(server, "sendMassage"))[0] == 404
        assert server.problems == ["sendMassage: there is no such method"]

    talk(work, problems=True)


@pytest.mark.parametrize("encoding", ["json", "form", "multipart", "get"])
def test_parameters_are_read_from_every_encoding(encoding: str) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        rows = {"inline_keyboard": [[{"text": "Undo", "callback_data": "u"}]]}
        form = {"chat_id": str(ada.id), "text": "grüße", "reply_markup": json.dumps(rows)}
        if encoding == "json":
            body = {"chat_id": ada.id, "text": "grüße", "reply_markup": rows}
            status, answer = await raw(server, "sendMessage", json=body)
        elif encoding == "get":
            async with aiohttp.ClientSession() as session:
                address = f"{server.url}/bot{TOKEN}/sendMessage"
                async with session.get(address, params=form) as response:
                    status, answer = response.status, await response.json()
        else:
            data: Any = form
            if encoding == "multipart":
                data = aiohttp.FormData(form, default_to_multipart=True)
            status, answer = await raw(server, "sendMessage", data=data)
        assert status == 200
        assert answer["result"]["text"] == "grüße"
        assert answer["result"]["reply_markup"] == rows
        assert ada.messages[0].buttons == [[Button("Undo", "u")]]

    talk(work)


def test_a_server_without_a_spec_still_works_and_checks_what_no_spec_says() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        await bot.send_message(ada.id, "hello", reply_markup=keys("A"))
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(ada.id, " \n ")

    talk(work, problems=True, spec=None)


# What the bot may not ask


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "hi"}, 'parameter "chat_id" is required'),
    ("sendMessage", {"chat_id": 1}, 'parameter "text" is required'),
    ("sendMessage", {"chat_id": 1, "text": "hi", "reply_to_message_id": 3}, 'unknown parameter "reply_to_message_id"'),
    ("sendMessage", {"chat_id": 1, "text": 5}, "text is not String"),
    ("sendMessage", {"chat_id": "ada", "text": "hi"}, "chat_id"),
    ("sendMessage", {"chat_id": 1, "text": "hi", "message_thread_id": "x"}, "message_thread_id is not Integer"),
    ("sendMessage", {"chat_id": 1, "text": "hi", "disable_notification": "yes"}, "disable_notification is not Boolean"),
    ("sendMessage", {"chat_id": 1, "text": "hi", "reply_markup": "{"}, "reply_markup is not"),
    (
        "sendMessage",
        {"chat_id": 1, "text": "hi", "reply_markup": {"inline_keyboard": [[{"text": "A", "data": "a"}]]}},
        "inline_keyboard[0][0] has an unknown field 'data'",
    ),
    (
        "sendMessage",
        {"chat_id": 1, "text": "hi", "reply_markup": {"inline_keyboard": [{"text": "A", "callback_data": "a"}]}},
        "inline_keyboard[0] is not Array of InlineKeyboardButton",
    ),
    ("sendMessage", {"chat_id": 1, "text": "hi", "reply_parameters": {}}, "reply_parameters lacks 'message_id'"),
    (
        "sendMessage",
        {"chat_id": 1, "text": "hi", "reply_parameters": {"message_id": "5"}},
        "reply_parameters.message_id is not Integer",
    ),
    ("setMyCommands", {"commands": [{"command": "log"}]}, "commands[0] lacks 'description'"),
    ("setMyCommands", {"commands": [], "scope": {"type": "everybody"}}, "scope is not BotCommandScope"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "scope lacks 'chat_id'"),
]


@pytest.mark.parametrize(("method", "params", "problem"), WRONG)
def test_a_call_that_is_not_as_documented_is_a_problem(
    method: str, params: dict[str, Any], problem: str, spec: Spec
) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        status, body = await raw(server, method, json=params)
        assert (status, body["error_code"]) == (400, 400)
        assert problem in server.problems[0]

    talk(work, problems=True, spec=spec)


@pytest.mark.parametrize("form", [False, True])
def test_a_nested_object_is_checked_in_every_encoding(form: bool, spec: Spec) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        markup: Any = {"inline_keyboard": [[{"text": 5, "callback_data": "a"}]]}
        body = {"chat_id": 1, "text": "hi", "reply_markup": json.dumps(markup) if form else markup}
        request: dict[str, Any] = {"data" if form else "json": body}
        await raw(server, "sendMessage", **request)
        assert "inline_keyboard[0][0].text is not String: 5" in server.problems[0]

    talk(work, problems=True, spec=spec)


BAD_BUTTONS: list[tuple[dict[str, Any], str]] = [
    ({"text": "A"}, "Text buttons are unallowed"),
    ({"text": " ", "callback_data": "a"}, "must not be empty"),
    ({"text": "A", "callback_data": ""}, "BUTTON_DATA_INVALID"),
    ({"text": "A", "callback_data": "ü" * 33}, "BUTTON_DATA_INVALID"),
    ({"text": "A", "callback_data": "a", "url": "https://example.org"}, "exactly one"),
    ({"text": "A", "url": "not an address"}, "Wrong HTTP URL"),
    ({"text": "A", "url": "http://localhost/x"}, "Wrong HTTP URL"),
    ({"text": "A", "url": "javascript:alert(1)"}, "Wrong HTTP URL"),
    ({"text": "A", "url": f"https://t.me/buddybot?start={'x' * 65}"}, "Wrong HTTP URL"),
    ({"text": "A", "url": "https://t.me/buddybot?start=a.b"}, "Wrong HTTP URL"),
]


@pytest.mark.parametrize(("button", "problem"), BAD_BUTTONS)
def test_a_button_that_telegram_refuses_is_a_problem(button: dict[str, Any], problem: str) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        markup = {"inline_keyboard": [[button]]}
        status, body = await raw(server, "sendMessage", json={"chat_id": ada.id, "text": "hi", "reply_markup": markup})
        assert status == 400
        assert problem in body["description"]
        assert ada.messages == []

    talk(work, problems=True)


def test_a_keyboard_holds_a_hundred_buttons_and_eight_in_a_row() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)

        def grid(rows: int, columns: int) -> InlineKeyboardMarkup:
            return InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a" * 64)] * columns] * rows)

        await bot.send_message(ada.id, "fits", reply_markup=grid(12, 8))
        for markup in (grid(1, 9), grid(26, 4)):
            with pytest.raises(BadRequest):
                await bot.send_message(ada.id, "too much", reply_markup=markup)
        assert len(server.problems) == 2

    talk(work, problems=True)


def test_texts_and_captions_have_lengths_counted_after_the_marks_are_gone() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        await bot.send_message(ada.id, f"<b>{'ü' * 4094}&lt;&amp;</b>", parse_mode="HTML")
        await bot.send_document(ada.id, b"x", caption="c" * 1024)
        assert server.problems == []
        with pytest.raises(BadRequest, match="Message is too long"):
            await bot.send_message(ada.id, "x" * 4097)
        with pytest.raises(BadRequest, match="Message caption is too long"):
            await bot.send_document(ada.id, b"x", caption="c" * 1025)
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(ada.id, "<b> </b>", parse_mode="HTML")

    talk(work, problems=True)


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("1 < 2", 'unsupported start tag "" at byte offset 2'),
        ("ü<3", "unclosed start tag at byte offset 2"),
        ("<b>open", "can't find end tag corresponding to start tag b"),
        ("<b><i>x</b></i>", 'unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "unexpected end tag at byte offset 1"),
        ("<p>x</p>", 'unsupported start tag "p"'),
        ("<br>", 'unsupported start tag "br"'),
        ("<br/>", 'unsupported start tag "br/"'),
        ("<span>x</span>", 'must have class "tg-spoiler"'),
        ("<a href=x y>z</a>", "expected equal sign"),
        ('<a href="https://example.org>x</a>', "unclosed start tag"),
        ('<a href="nowhere">x</a>', "no address"),
        ("a&nbsp;b", "unsupported entity"),
        ("<b>x</b", "unclosed end tag"),
    ],
)
def test_html_that_telegram_cannot_parse_is_refused(html: str, complaint: str) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        with pytest.raises(BadRequest) as refused:
            await bot.send_message(ada.id, html, parse_mode="HTML")
        assert str(refused.value).lower().startswith("can't parse entities: ")
        assert complaint in str(refused.value).lower()

    talk(work, problems=True)


def test_html_becomes_text_and_entities_counted_in_utf16() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        html = (
            ' 🎓 <B>fett <i>und</i></B> <a href="https://example.org/?a=1&amp;b=2">x</a> &lt;&#65;&#x42;&gt; AT&T '
            "<tg-spoiler>s</tg-spoiler><blockquote expandable>q</blockquote>"
            "<pre><code class='language-py'>p</code></pre>"
        )
        message = await bot.send_message(ada.id, html, parse_mode="html")
        sent = ada.messages[0]
        assert sent.text == message.text == "🎓 fett und x <AB> AT&T sqp"
        assert sent.html == html
        assert message.parse_entities()[message.entities[0]] == "fett und"
        assert [(one.type, one.offset, one.length) for one in message.entities][:3] == [
            ("bold", 3, 8),
            ("italic", 8, 3),
            ("text_link", 12, 1),
        ]
        assert message.entities[2].url == "https://example.org/?a=1&b=2"
        assert "expandable_blockquote" in {one.type for one in message.entities}

    talk(work)


def test_a_hundred_and_one_entities_are_a_problem_since_people_see_a_hundred() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        await bot.send_message(ada.id, "<b>x</b> " * 100, parse_mode="HTML")
        with pytest.raises(BadRequest, match=r"(?i)too many entities"):
            await bot.send_message(ada.id, "<b>x</b> " * 101, parse_mode="HTML")

    talk(work, problems=True)


@pytest.mark.parametrize(
    ("command", "description", "language"),
    [
        ("Log", "x", ""),
        ("log-time", "x", ""),
        ("x" * 33, "x", ""),
        ("log", " ", ""),
        ("log", "x" * 257, ""),
        ("log", "x", "deu"),
    ],
)
def test_commands_that_telegram_refuses_are_problems(command: str, description: str, language: str) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        body = {"commands": [{"command": command, "description": description}], "language_code": language}
        assert (await raw(server, "setMyCommands", json=body))[0] == 400

    talk(work, problems=True)


# Sending, editing, deleting


def test_everything_about_a_message_is_seen_as_it_was_sent() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", language="de", last_name="L", username="ada_l", started=True)
        said = await ada.says("/log 1h30")
        assert said.message
        answer = await bot.send_message(
            ada.id,
            "done",
            disable_notification=True,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=ReplyParameters(said.message.id),
            reply_markup=InlineKeyboardMarkup(
                [[InlineKeyboardButton("Undo", callback_data="u:1"), InlineKeyboardButton("Docs", "https://x.org")]]
            ),
        )
        sent = ada.last
        assert sent is ada.messages[0]
        assert sent.buttons == [[Button("Undo", "u:1"), Button("Docs", None, "https://x.org")]]
        assert (sent.id, sent.silent, sent.preview) == (answer.message_id, True, False)
        assert answer.reply_to_message
        assert answer.reply_to_message.text == "/log 1h30"
        assert answer.chat.username == "ada_l"
        assert [one.kind for one in server.seen] == ["reply"]
        assert server.calls[0].result["message_id"] == sent.id

    talk(work)


def test_documents_and_photos_arrive_with_their_bytes_and_can_be_sent_again_by_id() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = await bot.send_document(
            ada.id, b'{"all": 1}', filename="daten.json", caption="<b>All</b>", parse_mode="HTML"
        )
        assert sent.document
        assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("daten.json", 10, "All")
        await bot.send_document(ada.id, sent.document.file_id)
        await bot.send_photo(ada.id, picture(), caption="a chart", reply_markup=keys("Next"))
        assert ada.messages[0].document == File("daten.json", b'{"all": 1}', "application/json")
        assert ada.messages[1].document == ada.messages[0].document
        photo = ada.messages[2].photo
        assert photo
        assert photo.content == picture()
        assert server.problems == []
        for wrong in (b"no picture", picture(9000, 2000), picture(2000, 50)):
            with pytest.raises(BadRequest):
                await bot.send_photo(ada.id, wrong)
        with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
            await bot.send_document(ada.id, "document-unknown")
        assert len(server.problems) == 3

    talk(work, problems=True)


def test_an_edit_changes_the_message_in_place_and_the_past_stays_in_what_was_seen() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = await bot.send_message(ada.id, "one", reply_markup=keys("A", "B"))
        edited = await bot.edit_message_text("two", ada.id, sent.message_id, reply_markup=keys("C"))
        assert not isinstance(edited, bool)
        assert edited.edit_date
        assert [(one.text, one.labels, one.edited) for one in ada.messages] == [("two", ["C"], 1)]
        await bot.edit_message_reply_markup(ada.id, sent.message_id, reply_markup=keys("D"))
        await bot.edit_message_text("three", ada.id, sent.message_id)
        assert ada.messages[0].labels == [], "an edit without a keyboard takes it away"
        before = [(one.kind, one.text, one.sent.labels) for one in server.seen if one.sent]
        assert before == [
            ("reply", "one", ["A", "B"]),
            ("edit", "two", ["C"]),
            ("edit", "two", ["D"]),
            ("edit", "three", []),
        ]

    talk(work)


def test_an_edit_that_changes_nothing_or_has_nothing_to_change_is_refused() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        said = await ada.says("hello")
        assert said.message
        sent = await bot.send_message(ada.id, "<b>one</b>", parse_mode="HTML", reply_markup=keys("A"))
        file = await bot.send_document(ada.id, b"x", caption="c")
        for refusal, act in [
            ("Message is not modified: specified new", bot.edit_message_text("one", ada.id, sent.message_id)),
            ("Message to edit not found", bot.edit_message_text("x", ada.id, 999)),
            ("Message can't be edited", bot.edit_message_text("x", ada.id, said.message.id)),
            ("There is no text in the message", bot.edit_message_text("x", ada.id, file.message_id)),
            ("There is no caption in the message", bot.edit_message_caption(ada.id, sent.message_id, caption="x")),
        ]:
            if refusal.startswith("Message is not"):
                await bot.edit_message_text("one", ada.id, sent.message_id, parse_mode="HTML")
            with pytest.raises(BadRequest, match=refusal):
                await act
        await bot.edit_message_caption(ada.id, file.message_id, caption="d")
        assert ada.messages[1].text == "d"

    talk(work)


def test_a_deleted_message_is_gone_for_edits_and_replies() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = await bot.send_message(ada.id, "gone soon")
        assert await bot.delete_message(ada.id, sent.message_id)
        assert (ada.messages[0].alive, ada.last, server.seen[-1].kind) == (False, None, "delete")
        with pytest.raises(BadRequest, match="Message to delete not found"):
            await bot.delete_message(ada.id, sent.message_id)
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("x", ada.id, sent.message_id)
        reply = ReplyParameters(sent.message_id)
        with pytest.raises(BadRequest, match="Message to be replied not found"):
            await bot.send_message(ada.id, "x", reply_parameters=reply)
        lenient = ReplyParameters(sent.message_id, allow_sending_without_reply=True)
        assert (await bot.send_message(ada.id, "x", reply_parameters=lenient)).reply_to_message is None

    talk(work)


def test_after_two_days_a_message_cannot_be_deleted() -> None:
    wall = Clock()

    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = await bot.send_message(ada.id, "old soon")
        wall.now += 48 * 3600 + 1
        with pytest.raises(BadRequest, match="can't be deleted for everyone"):
            await bot.delete_message(ada.id, sent.message_id)

    talk(work, wall=wall)


# Who can be reached


def test_who_never_pressed_start_blocked_or_is_unknown_cannot_be_written_to() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada")
        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await bot.send_message(ada.id, "hi")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(424242, "hi")
        await ada.starts("week1")
        await bot.send_message(ada.id, "hi")
        await ada.blocks()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(ada.id, "hi")
        await ada.starts()
        await bot.send_message(ada.id, "hi again")
        updates = await bot.get_updates()
        assert [one.message.text if one.message else "member" for one in updates] == [
            "/start week1",
            "member",
            "member",
            "/start",
        ]
        blocked = updates[1].my_chat_member
        assert blocked
        assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
        assert blocked.chat.type == "private"

    talk(work)


def test_ids_go_beyond_32_bits_and_are_the_same_in_every_run() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        people = [server.person(name) for name in ("ada", "bob", "cleo", "dan", "eve", "finn")]
        assert any(one.id > 2**32 for one in people)
        assert any(one.id < 2**31 for one in people)
        assert server.person("ada") is people[0]
        assert TelegramServer().person("ada").id == people[0].id
        assert server.group("cafe").id < -(2**31)
        assert str(server.group("lab", supergroup=True).id).startswith("-100")

    talk(work)


def test_being_added_and_thrown_out_is_told_and_felt() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada")
        for name, supergroup, status in [("cafe", False, "left"), ("lab", True, "kicked")]:
            chat = server.group(name, supergroup=supergroup, admins=[ada], bot="left")
            with pytest.raises(Forbidden, match="bot is not a member of the"):
                await bot.send_message(chat.id, "hi")
            await chat.adds_bot(by=ada)
            await bot.send_message(chat.id, "hi")
            removal = await chat.removes_bot(by=ada)
            assert removal.content["new_chat_member"]["status"] == status
            with pytest.raises(Forbidden, match=f"bot was kicked from the {chat.kind} chat"):
                await bot.send_message(chat.id, "hi")
        kinds = [one.kind for one in server.updates]
        assert kinds.count("my_chat_member") == 4
        added = next(one for one in server.updates if one.kind == "message")
        assert added.content["new_chat_members"][0]["username"] == "buddybot"

    talk(work)


def test_a_bot_that_leaves_is_no_member() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        cafe = server.group("cafe")
        assert await bot.leave_chat(cafe.id)
        with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
            await bot.send_message(cafe.id, "hi")
        assert server.updates[-1].content["new_chat_member"]["status"] == "left"

    talk(work)


def test_a_migrated_group_has_a_new_id_and_the_old_one_names_it() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        cafe = server.group("cafe")
        old = cafe.id
        before = await bot.send_message(old, "before")
        new = await cafe.migrates()
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(old, "after")
        assert moved.value.new_chat_id == new == cafe.id
        assert (await bot.send_message(new, "after")).chat.type == "supergroup"
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("x", new, before.message_id + 10)
        first, second = [one.message for one in await bot.get_updates()]
        assert first
        assert second
        assert (first.chat.id, first.migrate_to_chat_id) == (old, new)
        assert (second.chat.id, second.migrate_from_chat_id) == (new, old)

    talk(work)


def test_what_is_known_of_chats_and_members() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob, eve = (server.person(name) for name in ("ada", "bob", "eve"))
        cafe = server.group("cafe", forum=True, admins=[ada, bob])
        await eve.says("hi", cafe)
        statuses = [(await bot.get_chat_member(cafe.id, one.id)).status for one in (ada, bob, eve)]
        assert statuses == ["creator", "administrator", "member"]
        assert (await bot.get_chat_member(cafe.id, server.person("zoe").id)).status == "left"
        assert (await bot.get_chat_member(cafe.id, server.me()["id"])).status == "member"
        assert [one.user.id for one in await bot.get_chat_administrators(cafe.id)] == [ada.id, bob.id]
        full = await bot.get_chat(cafe.id)
        assert (full.title, full.type, full.is_forum) == ("cafe", "supergroup", True)
        with pytest.raises(BadRequest, match="User not found"):
            await bot.get_chat_member(cafe.id, 5)
        with pytest.raises(BadRequest, match="no administrators in the private chat"):
            await bot.get_chat_administrators(ada.id)

    talk(work)


# What the bot gets to see


def test_in_a_group_only_commands_for_the_bot_replies_to_it_and_service_messages_arrive() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada"), server.person("bob")
        cafe = server.group("cafe", admins=[ada])
        answer = await bot.send_message(cafe.id, "which?")
        mine = cafe.history[answer.message_id]
        delivered = [
            (await ada.says("/log 1h", cafe)).delivered,
            (await ada.says("/log@BuddyBot 1h", cafe)).delivered,
            (await ada.says("berlin", cafe, reply_to=mine)).delivered,
            (await cafe.joins(bob)).delivered,
        ]
        assert delivered == [True] * 4
        other = await ada.says("/log@otherbot 1h", cafe)
        plain = await ada.says("hello everybody", cafe)
        assert plain.message
        kept = [
            other.delivered,
            plain.delivered,
            (await bob.says("same", cafe, reply_to=plain.message)).delivered,
            (await ada.says("see /log", cafe)).delivered,
            (await bob.posts({"dice": {"emoji": "🎲", "value": 3}}, cafe)).delivered,
        ]
        assert kept == [False] * 5
        assert len(await bot.get_updates()) == 4
        await cafe.promotes_bot(by=ada)
        assert (await ada.says("hello everybody", cafe)).delivered, "administrators see everything"

    talk(work)


def test_a_message_is_built_as_telegram_builds_it() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", language="pt-br", last_name="L", username="ada_l", started=True)
        lab = server.group("lab", supergroup=True)
        mine = lab.history[(await bot.send_message(lab.id, "which?")).message_id]
        await ada.says("🎓 /log@buddybot 1h @bob_b https://x.org")
        await ada.says("berlin", lab, reply_to=mine)
        await ada.says("/log", lab, anonymous=True)
        one, two, three = [update.message for update in await bot.get_updates()]
        assert one
        assert one.from_user
        assert (one.from_user.language_code, one.from_user.full_name) == ("pt-br", "Ada L")
        assert one.parse_entities(["bot_command"]).popitem()[1] == "/log@buddybot"
        assert {entity.type for entity in one.entities} == {"bot_command", "mention", "url"}
        assert two
        assert two.reply_to_message
        assert two.reply_to_message.from_user == await bot.get_me()
        # A supergroup that is no forum names the thread of replies, which is no topic.
        assert (two.message_thread_id, two.is_topic_message) == (mine.id, None)
        assert three
        assert three.from_user
        assert three.sender_chat
        assert (three.from_user.username, three.sender_chat.id) == ("GroupAnonymousBot", lab.id)

    talk(work)


def test_a_topic_is_kept_and_an_unknown_or_closed_one_refused() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada")
        cafe = server.group("cafe", forum=True, admins=[ada])
        week = cafe.topic("week 1")
        await ada.says("/today", week)
        await ada.says("/today", cafe)
        created, inside, outside = [one.message for one in await bot.get_updates()]
        assert created
        assert created.forum_topic_created
        assert inside
        assert (inside.message_thread_id, inside.is_topic_message) == (week.id, True)
        # Telegram writes a plain message of a topic as a reply to the one that opened it.
        assert inside.reply_to_message
        assert inside.reply_to_message.forum_topic_created
        assert outside
        assert (outside.message_thread_id, outside.is_topic_message) == (None, None)
        answer = await bot.send_message(cafe.id, "in week 1", message_thread_id=week.id)
        assert (answer.is_topic_message, week.last) == (True, cafe.last)
        assert await server.hears(week, "in week 1") is week.last
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(cafe.id, "x", message_thread_id=77)
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(server.group("lab", supergroup=True).id, "x", message_thread_id=1)
        week.closed = True
        with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
            await bot.send_message(cafe.id, "x", message_thread_id=week.id)
        week.deletes()
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(cafe.id, "x", message_thread_id=week.id)

    talk(work)


def test_an_edited_message_is_another_kind_of_update() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        said = await ada.says("/log 1h")
        assert said.message
        await ada.edits(said.message, "/log 2h")
        updates = await bot.get_updates()
        assert updates[1].edited_message
        assert updates[1].edited_message.text == "/log 2h"

    talk(work)


def test_a_pressed_button_carries_its_data_and_spins_until_answered() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", started=True), server.person("bob")
        cafe = server.group("cafe", members=[ada, bob])
        await bot.send_message(cafe.id, "old", reply_markup=keys("Undo"))
        newest = await bot.send_message(cafe.id, "new", reply_markup=keys("Undo", "Keep"))
        pressed = await bob.presses("Undo", cafe)
        query = (await bot.get_updates())[0].callback_query
        assert query
        assert query.message
        assert (query.data, query.message.message_id, query.from_user.id) == ("undo", newest.message_id, bob.id)
        assert query.chat_instance
        assert pressed.press
        assert not pressed.press.answered
        await bot.answer_callback_query(query.id, "Undone.", show_alert=True)
        press = await server.answered(pressed)
        assert (press.text, server.seen[-1].kind, server.seen[-1].to) == ("Undone.", "alert", bob)
        assert server.callback_answers[0]["callback_query_id"] == query.id
        with pytest.raises(AssertionError, match="no button 'Redo'"):
            await ada.presses("Redo", cafe)
        assert (await ada.presses_data("forged", cafe.messages[0])).content["data"] == "forged"
        old = await ada.presses("Undo", message=cafe.messages[1], old=True)
        await bot.delete_message(cafe.id, newest.message_id)
        gone = await ada.presses_data("undo", cafe.messages[1])
        assert old.content["message"] == gone.content["message"]
        assert gone.content["message"] == {
            "chat": gone.content["message"]["chat"],
            "message_id": newest.message_id,
            "date": 0,
        }

    talk(work)


def test_an_unknown_or_expired_query_cannot_be_answered() -> None:
    clock = Clock()

    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        await bot.send_message(ada.id, "x", reply_markup=keys("A"))
        pressed = await ada.presses("A")
        clock.now += 16
        for query in (pressed.content["id"], "77"):
            with pytest.raises(
                BadRequest, match="Query is too old and response timeout expired or query id is invalid"
            ):
                await bot.answer_callback_query(query)

    talk(work, clock=clock)


def test_a_deep_link_starts_the_bot_with_its_payload_and_another_address_does_not() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada")
        cafe = server.group("cafe", admins=[ada])
        links = [
            InlineKeyboardButton("Talk to me", url="https://t.me/buddybot?start=join-42"),
            InlineKeyboardButton("Elsewhere", url="https://example.org"),
        ]
        await bot.send_message(cafe.id, "hello", reply_markup=InlineKeyboardMarkup([links]))
        started = await ada.presses("Talk to me", cafe)
        assert (started.content["text"], started.content["chat"]["id"]) == ("/start join-42", ada.id)
        with pytest.raises(AssertionError, match="leads away"):
            await ada.presses("Elsewhere", cafe)

    talk(work)


def test_menus_are_kept_per_scope_and_language_and_chosen_as_telegram_does() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", language="de", started=True), server.person("bob", language="fr")
        cafe = server.group("cafe", members=[ada, bob])
        everybody = [BotCommand("log", "Log time"), BotCommand("today", "What is on")]
        await bot.set_my_commands(everybody)
        await bot.set_my_commands([BotCommand("log", "Zeit")], BotCommandScopeAllPrivateChats(), "de")
        await bot.set_my_commands([BotCommand("board", "Board")], BotCommandScopeAllGroupChats())
        assert [one["description"] for one in ada.menu()] == ["Zeit"]
        assert [one["command"] for one in bob.menu(cafe)] == ["board"]
        await bot.set_my_commands(everybody, BotCommandScopeChat(cafe.id))
        assert [one.command for one in await bot.get_my_commands(BotCommandScopeChat(cafe.id))] == ["log", "today"]
        assert (await ada.taps("log", cafe)).content["text"] == "/log@buddybot"
        assert (await ada.taps("/log")).content["text"] == "/log"
        with pytest.raises(AssertionError, match="not in the menu"):
            await ada.taps("board")
        await bot.delete_my_commands(BotCommandScopeChat(cafe.id))
        assert [one["command"] for one in bob.menu(cafe)] == ["board"]
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.set_my_commands(everybody, BotCommandScopeChat(99))

    talk(work)


def test_the_bots_own_page_is_kept_per_language() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        await bot.set_my_name("Buddy")
        await bot.set_my_description("Studies with you")
        await bot.set_my_description("Lernt mit", "de")
        await bot.set_my_short_description("Studies")
        assert (await bot.get_my_description("de")).description == "Lernt mit"
        assert (await bot.get_my_description("fr")).description == "Studies with you"
        assert (await bot.get_my_name()).name == (await bot.get_me()).first_name == "Buddy"
        assert (await bot.get_my_short_description("fr")).short_description == "Studies"
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        assert (await bot.get_chat_menu_button()).type == "commands"
        assert await bot.set_my_default_administrator_rights()
        assert await bot.send_chat_action(server.person("ada", started=True).id, "typing")
        with pytest.raises(BadRequest):
            await bot.set_my_short_description("x" * 121)

    talk(work, problems=True)


# Fetching updates


def test_updates_come_until_an_offset_confirms_them() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        said = [await ada.says(f"/log {number}") for number in range(5)]
        first = await bot.get_updates(limit=2)
        again = await bot.get_updates(limit=2)
        assert [one.update_id for one in first] == [one.update_id for one in again] == [said[0].id, said[1].id]
        rest = await bot.get_updates(offset=said[1].id + 1)
        assert [one.handled for one in said] == [True, True, False, False, False]
        assert [one.message.text for one in rest if one.message] == ["/log 2", "/log 3", "/log 4"]
        assert [one.update_id for one in await bot.get_updates(offset=-1)] == [said[4].id]
        assert await bot.get_updates(offset=said[4].id + 1) == ()
        await server.handled(said[4])

    talk(work)


def test_a_thousand_updates_are_pushed_at_once_and_fetched_by_hundreds() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        people = [server.person(f"p{number}", started=True) for number in range(50)]
        for number in range(1000):
            await people[number % 50].says(f"/log {number}")
        offset, texts = 0, []
        while batch := await bot.get_updates(offset=offset):
            assert len(batch) == 100
            texts += [one.message.text for one in batch if one.message]
            offset = batch[-1].update_id + 1
        assert texts == [f"/log {number}" for number in range(1000)]
        assert all(one.handled for one in server.updates)

    talk(work)


def test_a_long_poll_ends_with_the_first_update() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await server.until(lambda: server.called("getUpdates"))
        await asyncio.sleep(0)
        began = time.monotonic()
        await ada.says("hello")
        assert len(await poll) == 1
        assert time.monotonic() - began < 1

    talk(work)


def test_the_first_of_two_polls_gets_a_conflict() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await server.until(lambda: len(server.called("getUpdates")) == 1)
        second = asyncio.create_task(bot.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await ada.says("hello")
        assert len(await second) == 1

    talk(work)


def test_a_file_comes_with_a_message_and_its_bytes_are_fetched() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        await ada.sends("tea.yaml", b"id: tea", "/upload for cafe")
        (update,) = await bot.get_updates()
        assert update.message is not None
        assert update.message.document is not None
        assert (update.message.document.file_name, update.message.document.file_size) == ("tea.yaml", 7)
        assert update.message.text is None
        assert [entity.type for entity in update.message.caption_entities] == ["bot_command"]
        found = await bot.get_file(update.message.document.file_id)
        async with aiohttp.ClientSession() as session:
            for token, path, status in (
                (TOKEN, f"documents/{found.file_id}", 200),
                (TOKEN, "documents/nothing", 404),
                ("1:wrong", f"documents/{found.file_id}", 404),
            ):
                async with session.get(f"{server.url}/file/bot{token}/{path}") as response:
                    assert response.status == status
                    assert (await response.read() == b"id: tea") == (status == 200)
        with pytest.raises(BadRequest, match=r"(?i)invalid file_id"):
            await bot.get_file("nothing")

    talk(work)


def test_privacy_mode_goes_by_the_words_beside_a_file() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada")
        cafe = server.group("cafe", admins=[ada])
        assert not (await ada.sends("tea.yaml", b"id: tea", "look", cafe)).delivered
        assert (await ada.sends("tea.yaml", b"id: tea", "/upload", cafe)).delivered
        await bot.send_message(cafe.id, "Which file?")
        assert (await ada.sends("tea.yaml", b"id: tea", "", cafe, cafe.last)).delivered

    talk(work)


def test_a_poll_whose_client_died_takes_no_update_with_it() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        said = await ada.says("hello")
        await bot.get_updates(offset=said.id + 1)
        server.redeliver(said)
        assert len(await bot.get_updates(offset=said.id + 1)) == 1
        dying = asyncio.create_task(raw(server, "getUpdates", json={"offset": said.id + 1, "timeout": 20}))
        await server.until(lambda: len(server.called("getUpdates")) == 3)
        await asyncio.sleep(POLL)
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        await asyncio.sleep(POLL)
        server.redeliver(said)
        assert len(await bot.get_updates(offset=said.id + 1)) == 1

    talk(work)


def test_only_what_was_asked_for_is_delivered_and_chat_member_must_be_asked_for() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", started=True), server.person("bob")
        cafe = server.group("cafe", admins=[ada], bot="administrator")
        await cafe.joins(bob)
        await ada.blocks()
        assert [one.kind for one in server.updates] == ["message", "my_chat_member"]
        await bot.get_updates(allowed_updates=["callback_query", "chat_member"])
        await cafe.leaves(bob)
        assert [one.kind for one in server.updates[2:]] == ["chat_member"]
        assert not (await ada.starts()).delivered
        await bot.get_updates()
        assert not (await ada.says("still kept")).delivered, "without the parameter the old choice stays"
        await bot.get_updates(allowed_updates=[])
        assert (await ada.says("back to the default")).delivered

    talk(work)


def test_a_kind_of_update_that_there_is_not_is_a_problem(spec: Spec) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        every = list(Update.ALL_TYPES)
        await bot.get_updates(allowed_updates=every)
        assert server.problems == []
        with pytest.raises(BadRequest, match="unknown kind"):
            await bot.get_updates(allowed_updates=["messages"])

    talk(work, problems=True, spec=spec)


def test_an_update_can_come_again_although_it_was_confirmed() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        said = await ada.says("/log 1h")
        await bot.get_updates(offset=said.id + 1)
        server.redeliver(said, times=2)
        batch = await bot.get_updates(offset=said.id + 1)
        assert [one.update_id for one in batch] == [said.id] * 2
        assert await bot.get_updates(offset=said.id + 1) == ()

    talk(work)


# Webhooks


@dataclass
class Receiver:
    """A bot's own address: says `status` and keeps what came."""

    status: int = 200
    got: list[Any] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    at_once: int = 0
    most: int = 0
    pause: float = 0.0

    async def take(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await asyncio.sleep(self.pause)
        self.at_once -= 1
        return web.Response(status=self.status)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        application = web.Application()
        application.router.add_post("/hook", self.take)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.05)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await runner.cleanup()


def test_a_webhook_gets_updates_with_the_secret_until_it_takes_them() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", started=True), server.person("bob", started=True)
        receiver = Receiver(status=500)
        waiting = await ada.says("before")
        async with receiver.listening() as url:
            await bot.set_webhook(url, secret_token=SECRET, max_connections=5)
            second = await ada.says("after")
            other = await bob.says("beside")
            await server.until(lambda: len(receiver.got) >= 4)
            assert not waiting.handled
            assert "after" not in {one["message"]["text"] for one in receiver.got}, "a chat's order is kept"
            info = await bot.get_webhook_info()
            assert info.pending_update_count == 3
            assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
            receiver.status = 204
            for update in (waiting, second, other):
                await server.handled(update)
            assert set(receiver.secrets) == {SECRET}
            assert Update.de_json(receiver.got[0], bot).message
            taken = len(receiver.got)
            server.redeliver(second, times=2)
            await server.until(lambda: len(receiver.got) == taken + 2)
            assert receiver.got[-1]["update_id"] == second.id
            assert await bot.delete_webhook()

    talk(work)


def test_a_webhook_is_brought_no_more_at_once_than_it_said() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        receiver = Receiver(pause=0.002)
        async with receiver.listening() as url:
            await bot.set_webhook(url, max_connections=3)
            for number in range(20):
                await server.person(f"p{number}", started=True).says("hello")
            await server.until(lambda: all(one.handled for one in server.updates))
            assert receiver.most == 3
            await bot.set_webhook("")

    talk(work)


def test_polling_and_webhooks_exclude_each_other() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await server.until(lambda: server.called("getUpdates"))
        await asyncio.sleep(POLL)
        receiver = Receiver()
        async with receiver.listening() as url:
            await bot.set_webhook(url)
            with pytest.raises(Conflict, match="terminated by setWebhook request"):
                await poll
            with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
                await bot.get_updates()
            await bot.delete_webhook(drop_pending_updates=True)
            assert await bot.get_updates() == ()

    talk(work)


def test_a_webhook_that_telegram_refuses_is_a_problem() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        with pytest.raises(BadRequest, match="an https url must be provided"):
            await bot.set_webhook("http://example.org/x")
        with pytest.raises(BadRequest, match="unallowed characters"):
            await bot.set_webhook("https://example.org/x", secret_token=f"{SECRET}ü")
        assert not server.queue.webhook

    talk(work, problems=True)


# Limits and faults


def test_over_a_limit_the_bot_is_told_how_long_to_wait() -> None:
    clock = Clock()

    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        server.limits = Limits(per_chat=Window(3, 3))
        for _ in range(3):
            await bot.send_message(ada.id, "fits")
        clock.now += 0.5
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(ada.id, "too much")
        assert refused.value.retry_after == timedelta(seconds=3)
        assert [call.params["text"] for call in server.refused] == ["too much"]
        await bot.send_message(server.person("bob", started=True).id, "somebody else")
        clock.now += 2.5
        await bot.send_message(ada.id, "fits again")
        assert len(ada.messages) == 4

    talk(work, clock=clock)


def test_groups_and_the_whole_have_limits_of_their_own() -> None:
    clock = Clock()

    async def work(server: TelegramServer, bot: Bot) -> None:
        cafe = server.group("cafe")
        server.limits = Limits()
        for _ in range(20):
            await bot.send_message(cafe.id, "fits")
            clock.now += 2
        with pytest.raises(RetryAfter):
            await bot.send_message(cafe.id, "too much")
        clock.now += 60
        people = [server.person(f"p{number}", started=True) for number in range(31)]
        results = await asyncio.gather(*(bot.send_message(one.id, "x") for one in people), return_exceptions=True)
        assert [isinstance(one, RetryAfter) for one in results].count(True) == 1
        assert len(server.refused) == 2

    talk(work, clock=clock)


@pytest.mark.parametrize(
    ("kind", "error", "sent"),
    [
        ("error", NetworkError, 0),
        ("bad_gateway", NetworkError, 0),
        ("too_many", RetryAfter, 0),
        ("blocked", Forbidden, 0),
        ("refused", BadRequest, 0),
        ("cut_before", NetworkError, 0),
        ("cut_after", NetworkError, 1),
        ("garbage", TelegramError, 0),
        ("hang", TimedOut, 0),
        ("lost", TimedOut, 1),
    ],
)
def test_a_fault_is_met_once_and_then_all_is_well(kind: Any, error: type[Exception], sent: int) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", started=True), server.person("bob", started=True)
        fault = server.fault(kind, "sendMessage", chat=ada, retry_after=7)
        await bot.send_message(bob.id, "not for this one")
        with pytest.raises(error):
            await bot.send_message(ada.id, "troubled")
        assert len(ada.messages) == sent
        assert [call.params["text"] for call in fault.met] == ["troubled"]
        assert fault.met[0].done == bool(sent)
        await bot.send_message(ada.id, "well")
        assert ada.messages[-1].text == "well"

    talk(work, patience=0.1)


def test_a_slow_answer_comes_and_a_lasting_fault_ends_when_released() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        server.fault("slow", seconds=POLL)
        began = time.monotonic()
        await bot.send_message(ada.id, "late")
        assert time.monotonic() - began >= POLL
        lasting = server.fault("error", times=None)
        for _ in range(3):
            with pytest.raises(NetworkError, match="Internal Server Error"):
                await bot.get_me()
        lasting.release()
        await bot.get_me()
        hanging = server.fault("hang")
        waiting = asyncio.create_task(bot.get_me())
        await server.until(lambda: hanging.met)
        hanging.release()
        with pytest.raises(NetworkError):
            await waiting

    talk(work)


def test_a_server_that_is_down_refuses_connections_and_comes_back_at_the_same_address() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, url = server.person("ada", started=True), server.url
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await server.until(lambda: server.called("getUpdates"))
        await server.down()
        with pytest.raises(NetworkError):
            await poll
        with pytest.raises(NetworkError):
            await bot.send_message(ada.id, "x")
        said = await ada.says("meanwhile")
        await server.up()
        assert server.url == url
        assert [one.update_id for one in await bot.get_updates(timeout=5)] == [said.id]

    talk(work)


# What a test waits for


def test_hearing_looks_from_the_last_thing_that_somebody_did() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        await bot.send_message(ada.id, "Logged 1 h.")
        await ada.says("/log 2h")
        with pytest.raises(NotSeen, match=r"Logged 1 h\."):
            await server.hears(ada, "Logged", timeout=0.01)
        assert (await server.hears(ada, "Logged", after=0)).text == "Logged 1 h."
        waiting = asyncio.create_task(server.hears(ada, "Logged 2"))
        await bot.send_message(ada.id, "Logged 2 h.")
        assert await waiting is ada.last

    talk(work)


# The fake itself


def test_what_the_server_sends_is_as_telegram_documents_it(spec: Spec) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", language="de", last_name="L", username="ada_l"), server.person("bob")
        cafe = server.group("cafe", admins=[ada], bot="left")
        forum = server.group("forum", forum=True, admins=[ada], bot="administrator")
        await bot.get_updates(
            allowed_updates=["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
        )
        await ada.starts("x")
        await cafe.adds_bot(by=ada)
        week = forum.topic("week 1")
        await forum.joins(bob)
        said = await bob.says("/log 1h #math", week, anonymous=True)
        assert said.message
        await bob.edits(said.message, "/log 2h")
        options: Any = {"message_thread_id": week.id, "reply_markup": keys("A"), "protect_content": True}
        reply = ReplyParameters(said.message.id)
        await bot.send_message(forum.id, "<b>x</b>", parse_mode="HTML", reply_parameters=reply, **options)
        await bot.send_document(forum.id, b"x", filename="x.txt", caption="c", **options)
        await bot.send_photo(ada.id, picture(), caption="p")
        await bob.sends("tea.yaml", b"id: tea", "/upload", forum)
        pressed = await bob.presses("A", week)
        await bot.answer_callback_query(pressed.content["id"])
        await bot.delete_message(forum.id, forum.messages[0].id)
        await bob.presses_data("a", forum.messages[0])
        await ada.blocks()
        await cafe.migrates(memberships=True)
        await cafe.removes_bot(by=ada)
        for chat in (forum.id, ada.id):
            await bot.get_chat(chat)
        for person in (ada.id, bob.id, server.me()["id"], server.person("zoe").id):
            await bot.get_chat_member(forum.id, person)
        await bot.get_chat_administrators(forum.id)
        await bot.get_webhook_info()
        await bot.get_me()
        await bot.get_chat_menu_button()
        kinds = {one.kind for one in server.updates}
        assert kinds == {"message", "edited_message", "callback_query", "my_chat_member", "chat_member"}
        for update in server.updates:
            assert spec.unlike("Update", update.json()) == [], update.json()
            assert Update.de_json(update.json(), bot).effective_chat
        for call in server.calls:
            fitting = [spec.unlike(kind, call.result) for kind in spec.returns(call.method)]
            assert [] in fitting, (call.method, fitting)

    talk(work)
