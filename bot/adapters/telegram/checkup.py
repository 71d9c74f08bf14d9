"""Checks of the Telegram bot for `studybuddy doctor`: token, rights, how updates are delivered, clock."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.adapters.checkup import Finding, Response, ask, asking, clock, unreachable
from bot.adapters.telegram import API, PLATFORM, TOKEN
from bot.adapters.telegram.webhook import Webhook

_PORTS = {443, 80, 88, 8443}
"""To these Telegram delivers (core.telegram.org/bots/api#setwebhook)."""


async def examine(token: str, api_url: str | None, webhook: Webhook | None, now: datetime) -> AsyncIterator[Finding]:
    """Check token, rights, webhook and clock; changes nothing and never raises. The findings come as they are made."""
    bot = f"{api_url or API}/bot{token}"
    try:
        async with asking() as session:
            me = await ask(session, f"{bot}/getMe")
            yield _token(me)
            if not _well(me):
                return
            for finding in (*_rights(me.json["result"]), clock(PLATFORM, me.date, now)):
                if finding:
                    yield finding
            news = await ask(session, f"{bot}/getWebhookInfo")
            if _well(news):
                yield _news(news.json["result"], webhook)
            if webhook and not api_url and (finding := address(webhook)):
                yield finding
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        yield unreachable(PLATFORM, error, "STUDYBUDDY_TELEGRAM_API_URL")


def _well(response: Response) -> bool:
    return response.status == 200 and isinstance(response.json, dict) and response.json.get("ok") is True


def _token(me: Response) -> Finding:
    if _well(me):
        return Finding(PLATFORM, f"the token is that of @{me.json['result'].get('username')}")
    if me.status in {401, 403, 404}:
        again = f"copy the token again: @BotFather, /mybots, API Token; into {TOKEN}"
        return Finding(PLATFORM, "the token is refused", again)
    return Finding(PLATFORM, f"answers with HTTP {me.status}", "try again in some minutes")


def _rights(me: dict[str, Any]) -> list[Finding]:
    findings = []
    if me.get("can_join_groups") is False:
        findings.append(Finding("telegram groups", "the bot may not be added", "@BotFather: /setjoingroups, Enable"))
    if me.get("can_read_all_group_messages"):
        remedy = "@BotFather: /setprivacy, Enable; the bot does not need to read along"
        findings.append(Finding("telegram privacy", "the bot is sent every message of its groups", remedy))
    return findings


def _news(info: dict[str, Any], webhook: Webhook | None) -> Finding:
    name, waiting, address_set = "telegram news", info.get("pending_update_count", 0), info.get("url") or ""
    if webhook is None:
        state = f"asked for by long polling, {waiting} waiting"
        return Finding(name, f"{state}; the webhook that is set is taken off at the start" if address_set else state)
    if not address_set:
        return Finding(name, "the webhook is set at the start")
    if address_set != webhook.url:
        return Finding(name, "another webhook is set; it is replaced at the start")
    if waiting and (trouble := info.get("last_error_message")):
        remedy = "see that your proxy hands STUDYBUDDY_WEBHOOK_URL on to STUDYBUDDY_WEBHOOK_LISTEN"
        return Finding(name, f"{waiting} cannot be delivered: {trouble}", remedy)
    return Finding(name, f"delivered to the webhook, {waiting} waiting")


def address(webhook: Webhook) -> Finding | None:
    """A finding where Telegram's own servers would not deliver to the webhook's address; None where they do."""
    parts = urlsplit(webhook.url)
    if parts.scheme != "https":
        return Finding("telegram webhook", "its address is not https", "Telegram delivers to https:// only")
    if (parts.port or 443) not in _PORTS:
        return Finding("telegram webhook", f"Telegram does not deliver to port {parts.port}", "use 443, 80, 88 or 8443")
    return None
