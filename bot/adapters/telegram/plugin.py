"""Telegram's declaration: its settings, what `doctor` asks of it, and how it is built."""

import hmac
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.adapters.plugin import Parts, Plugin
from bot.adapters.setting import Expected, address, host_and_port, setting
from bot.adapters.telegram import PLATFORM
from bot.core.learner import Account

if TYPE_CHECKING:
    from bot.adapters.checkup import Finding
    from bot.adapters.telegram.platform import Telegram
    from bot.adapters.telegram.webhook import Webhook
    from bot.dialogue.platform_words import PlatformWords


def _webhook_secret(written: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", written):
        raise Expected("16 to 256 letters, digits, _ and -")
    return written


@dataclass(frozen=True)
class TelegramSettings:
    """What a host decides about Telegram."""

    token: str | None = setting(
        "TELEGRAM_TOKEN",
        "The bot's token on Telegram, from @BotFather. Not set: no Telegram.",
        str,
        None,
        file="/run/secrets/telegram_token",
        secret=True,
    )
    api_url: str | None = setting(
        "TELEGRAM_API_URL",
        "Where the Telegram Bot API is, for a server of your own: http://HOST:PORT. Not set: Telegram's own.",
        address("http"),
        None,
    )
    webhook_url: str | None = setting(
        "WEBHOOK_URL",
        "The public https address at which Telegram reaches the bot. Not set: the bot polls Telegram and needs no "
        "open port.",
        address("http"),
        None,
    )
    webhook_secret: str | None = setting(
        "WEBHOOK_SECRET",
        "The secret that Telegram must send with each call of the webhook: 16 to 256 letters, digits, _ and -. "
        "Not set: made from the token.",
        _webhook_secret,
        None,
        file="/run/secrets/webhook_secret",
        secret=True,
    )
    webhook_listen: tuple[str, int] = setting(
        "WEBHOOK_LISTEN",
        "Where the bot listens for the webhook, behind a proxy that serves https. Not set: 127.0.0.1:8080.",
        host_and_port,
        ("127.0.0.1", 8080),
        example="0.0.0.0:8080",
    )

    @property
    def webhook(self) -> "Webhook | None":
        """Where Telegram is to deliver; None for long polling."""
        if not self.webhook_url or not self.token:
            return None
        from bot.adapters.telegram.webhook import Webhook

        # The same for every process of one bot, and not to be guessed without its token.
        secret = self.webhook_secret or hmac.new(self.token.encode(), b"studybuddy webhook", "sha256").hexdigest()
        return Webhook(self.webhook_url, secret, *self.webhook_listen)


def _build(parts: Parts, settings: TelegramSettings) -> "Telegram":
    from bot.adapters.telegram.platform import Telegram

    return Telegram(
        parts.dispatcher,
        settings.token or "",
        api_url=settings.api_url,
        webhook=settings.webhook,
        clock=parts.clock,
        flood=parts.flood,
        receives=parts.receives,
        delivers=parts.delivers,
        processes=parts.processes,
        pictures=parts.pictures,
    )


def _examine(settings: TelegramSettings, now: datetime) -> "AsyncIterator[Finding]":
    from bot.adapters.telegram.checkup import examine

    return examine(settings.token or "", settings.api_url, settings.webhook, now)


def _opens_page(settings: TelegramSettings, init_data: str, now: datetime) -> Account | None:
    from bot.adapters.telegram.init_data import account_of

    return account_of(init_data, settings.token or "", now) if settings.token else None


def _words() -> "PlatformWords":
    from bot.adapters.telegram.words import WORDS

    return WORDS


TELEGRAM = Plugin(
    PLATFORM,
    "Telegram",
    TelegramSettings,
    "token",
    _build,
    _examine,
    ("telegram",),
    opens_page=_opens_page,
    words=_words,
)
