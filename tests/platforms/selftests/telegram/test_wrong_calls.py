"""What a bot may not ask is refused, and noted as a problem."""

import json
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
)

from tests.platforms.selftests.telegram.talking import raw, talk
from tests.platforms.telegram import (
    Spec,
    TelegramServer,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


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
        assert [(entity.type, entity.offset, entity.length) for entity in message.entities][:3] == [
            ("bold", 3, 8),
            ("italic", 8, 3),
            ("text_link", 12, 1),
        ]
        assert message.entities[2].url == "https://example.org/?a=1&b=2"
        assert "expandable_blockquote" in {entity.type for entity in message.entities}

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
