"""How a call reaches the server: its token, its method, its encoding."""

import json
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
    InvalidToken,
)

from tests.platforms.selftests.telegram.talking import STRANGER, keys, library, raw, talk
from tests.platforms.telegram import (
    TOKEN,
    Button,
    TelegramServer,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


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
