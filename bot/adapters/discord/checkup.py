"""Checks of the Discord application for `studybuddy doctor`: token, installation, permissions in its servers, clock."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import aiohttp
from discord import Permissions
from discord.http import Route

from bot.adapters.checkup import Finding, Response, ask, asking, clock, unreachable
from bot.adapters.discord import PLATFORM, TOKEN
from bot.adapters.discord.shards import Shards

NEEDED = Permissions(view_channel=True, send_messages=True, send_messages_in_threads=True)
"""The permissions to announce a group's week in its channel; answers to commands need none."""
_PAGE, _PAGES, _NAMED = 200, 25, 5
_PORTAL = "discord.com/developers/applications"


async def examine(
    token: str, api_url: str | None, now: datetime, shards: Shards | None = None
) -> AsyncIterator[Finding]:
    """Check token, application, servers and clock; changes nothing and never raises. The findings come as they are
    made."""
    api = api_url or Route.BASE
    try:
        async with asking({"Authorization": f"Bot {token}"}) as session:
            me = await ask(session, f"{api}/users/@me")
            yield _token(me)
            if me.status != 200:
                return
            if finding := clock(PLATFORM, me.date, now):
                yield finding
            application = await ask(session, f"{api}/applications/@me")
            if application.status == 200:
                for finding in _application(application.json):
                    yield finding
            gateway = await ask(session, f"{api}/gateway/bot")
            if gateway.status == 200:
                yield _sessions(gateway.json)
                if shards:
                    yield _shards(gateway.json, shards)
            yield _servers(await _guilds(session, api), application.json)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        yield unreachable(PLATFORM, error, "STUDYBUDDY_DISCORD_API_URL")


def _token(me: Response) -> Finding:
    if me.status == 200:
        return Finding(PLATFORM, f"the token is that of {me.json.get('username')}")
    if me.status in {401, 403}:
        again = f"{_PORTAL} → Bot → Reset Token; put the new one into {TOKEN}"
        return Finding(PLATFORM, "the token is refused", again)
    return Finding(PLATFORM, f"answers with HTTP {me.status}", "try again in some minutes")


def _application(application: dict[str, Any]) -> list[Finding]:
    findings = []
    if application.get("interactions_endpoint_url"):
        remedy = f"{_PORTAL} → General Information: leave Interactions Endpoint URL empty"
        findings.append(Finding("discord commands", "are sent to an address instead of to us", remedy))
    kinds = application.get("integration_types_config") or {}
    missing = [name for key, name in (("0", "Guild Install"), ("1", "User Install")) if key not in kinds]
    if missing:
        remedy = f"{_PORTAL} → Installation: tick {' and '.join(missing)}"
        findings.append(Finding("discord install", f"{' and '.join(missing)} is off", remedy))
    return findings


def _sessions(gateway: dict[str, Any]) -> Finding:
    left = gateway.get("session_start_limit", {}).get("remaining", 1)
    if left:
        return Finding("discord gateway", f"{left} starts are left today")
    return Finding("discord gateway", "no start is left today", "stop what restarts the bot over and over, and wait")


def _shards(gateway: dict[str, Any], shards: Shards) -> Finding:
    recommended = gateway.get("shards", 1)
    state = f"{shards} are this process's; Discord recommends {recommended}"
    few = f"set STUDYBUDDY_DISCORD_SHARDS of all processes to shards of {recommended}"
    return Finding("discord shards", state, few if shards.count < recommended else None)


async def _guilds(session: aiohttp.ClientSession, api: str) -> list[dict[str, Any]]:
    guilds: list[dict[str, Any]] = []
    for _ in range(_PAGES):
        after = f"&after={guilds[-1]['id']}" if guilds else ""
        page = await ask(session, f"{api}/users/@me/guilds?limit={_PAGE}{after}")
        if page.status != 200:
            break
        guilds += page.json
        if len(page.json) < _PAGE:
            break
    return guilds


def _servers(guilds: list[dict[str, Any]], application: Any) -> Finding:
    poor = [str(guild.get("name")) for guild in guilds if not _enough(Permissions(int(guild.get("permissions", 0))))]
    if not poor:
        return Finding("discord servers", f"{len(guilds)}, all with the permissions that are needed")
    shown = ", ".join(poor[:_NAMED]) + (", …" if len(poor) > _NAMED else "")
    id_ = application.get("id") if isinstance(application, dict) else "…"
    link = f"https://discord.com/oauth2/authorize?client_id={id_}&scope=bot+applications.commands"
    remedy = f"groups there get no announcements; add the bot again by {link}&permissions={NEEDED.value}"
    return Finding("discord servers", f"{len(guilds)}, without View Channels or Send Messages in {shown}", remedy)


def _enough(given: Permissions) -> bool:
    return given.administrator or given.is_superset(NEEDED)
