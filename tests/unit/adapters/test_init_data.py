"""What Telegram's app gives to a page proves who is there, unless it is forged, changed or old."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.init_data import AGE, account_of

TOKEN = "123456:AAE-token-of-a-test"
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def init_data(token: str = TOKEN, at: datetime = NOW, **more: str) -> str:
    """What Telegram gives, signed with a token, as its page on Mini Apps describes it."""
    user = json.dumps({"id": 4711, "first_name": "Ada & <b>", "language_code": "en"})
    fields = {"query_id": "AAH", "user": user, "auth_date": str(int(at.timestamp())), "signature": "x_-"} | more
    signed = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), "sha256").digest()
    return urlencode(fields | {"hash": hmac.new(key, signed.encode(), "sha256").hexdigest()})


def test_what_telegram_signed_names_the_account() -> None:
    account = account_of(init_data(), TOKEN, NOW)
    assert account is not None
    assert (account.platform, account.external_id, account.name) == ("telegram", "4711", "Ada & <b>")


@pytest.mark.parametrize("age", [timedelta(0), AGE - timedelta(seconds=1), -timedelta(seconds=59)])
def test_it_is_good_for_a_while(age: timedelta) -> None:
    assert account_of(init_data(at=NOW - age), TOKEN, NOW)


@pytest.mark.parametrize("age", [AGE, timedelta(days=1), timedelta(days=9000), -timedelta(minutes=2)])
def test_what_is_old_or_from_the_future_opens_nothing(age: timedelta) -> None:
    assert account_of(init_data(at=NOW - age), TOKEN, NOW) is None


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "hash=",
        init_data(token="123456:another"),
        init_data(token=""),
        init_data().replace("4711", "4712"),
        init_data() + "&user=%7B%22id%22%3A1%7D",
        init_data().replace("&hash=", "&hash=0"),
        init_data().partition("&hash=")[0],
        init_data(user="{}"),
        init_data(user="[]"),
        init_data(user='{"id": "x"}'),
        init_data(auth_date="soon"),
        init_data(auth_date="9" * 30),
        "x" * 9000,
    ],
)
def test_what_is_forged_or_changed_opens_nothing(forged: str) -> None:
    assert account_of(forged, TOKEN, NOW) is None


@given(st.text())
def test_anything_is_refused_without_an_error(anything: str) -> None:
    assert account_of(anything, TOKEN, NOW) is None
