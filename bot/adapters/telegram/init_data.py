"""What Telegram gives to a page that it opens inside its app, and the proof that it comes from Telegram.

https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

from bot.adapters.telegram import PLATFORM
from bot.core.learner import Account

AGE = timedelta(minutes=15)
"""Older data may have been taken from somewhere, and opens nothing."""
_EARLY = timedelta(minutes=1)
"""So far ahead of ours may Telegram's clock be."""
_LONGEST = 8192


def account_of(init_data: str, token: str, now: datetime) -> Account | None:
    """Whose app has opened the page; None where the data is not signed with the bot's token, or too old."""
    if len(init_data) > _LONGEST:
        return None
    try:
        pairs = parse_qsl(init_data, keep_blank_values=True, strict_parsing=True, max_num_fields=30)
    except ValueError:
        return None
    fields = dict(pairs)
    signed = fields.pop("hash", "")
    if len(pairs) != len(fields) + 1 or not _signed(fields, signed, token):
        return None
    try:
        signed_at = datetime.fromtimestamp(int(fields["auth_date"]), UTC)
        user = json.loads(fields["user"])
        account = Account(PLATFORM, str(int(user["id"])), str(user.get("first_name", "")))
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    return account if -_EARLY <= now - signed_at < AGE else None


def _signed(fields: dict[str, str], signed: str, token: str) -> bool:
    check_string = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.digest(b"WebAppData", token.encode(), "sha256")
    return hmac.compare_digest(hmac.digest(key, check_string.encode(), "sha256").hex().encode(), signed.encode())
