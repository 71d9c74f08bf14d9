"""What `studybuddy doctor` asks of the pages."""

from urllib.parse import urlsplit

import aiohttp

from bot.adapters.checkup import Finding, ask, asking

ALIVE = {"studybuddy": "pages"}
"""What `/alive` answers, so that whoever asks knows whom they have reached."""
_HERE = {"127.0.0.1", "localhost", "::1"}
_NEAR = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104 - where to ask who listens everywhere
"""How to reach, from this machine, who listens there."""


async def examine(url: str, listen: tuple[str, int]) -> Finding:
    """Whether the pages are reached at their public address; `listen` is where the bot listens. Never raises."""
    address = urlsplit(url)
    if address.scheme != "https" and address.hostname not in _HERE:
        return Finding("web", f"{url} is not https", "set STUDYBUDDY_PUBLIC_URL to an https address (docs/running.md)")
    trouble = await _trouble(url)
    if trouble is None:
        return Finding("web", f"{url} answers")
    host, port = listen
    near = f"http://{_NEAR.get(host, host)}:{port}{address.path}"
    if await _trouble(near) is None:
        remedy = f"the bot answers at {near}: let the proxy pass on every path to it (docs/running.md)"
    else:
        remedy = "start the bot, and let the proxy pass on every path to STUDYBUDDY_WEB_LISTEN (docs/running.md)"
    return Finding("web", f"{url} {trouble}", remedy)


def addresses(*, own: bool, tokens: bool) -> Finding:
    """Whether the addresses of feeds and boards can be shown later, too: they are made with an `own` secret or with the
    platforms' tokens."""
    if own:
        return Finding("web addresses", "made with STUDYBUDDY_SECRET")
    if tokens:
        return Finding("web addresses", "made with the platforms' tokens; a new token, and they cannot be shown again")
    remedy = "set STUDYBUDDY_SECRET to at least 16 letters or digits, the same for all processes"
    return Finding("web addresses", "made with a secret that is new at each start", remedy)


async def _trouble(url: str) -> str | None:
    """Why the bot does not answer at an address; None where it does."""
    try:
        async with asking() as session:
            response = await ask(session, f"{url}/alive")
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        why = "no answer in 10 s" if isinstance(error, TimeoutError) else type(error).__name__
        return f"cannot be reached: {why}"
    return None if response.json == ALIVE else f"answers {response.status}, but not from the bot"
