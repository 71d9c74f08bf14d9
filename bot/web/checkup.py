"""What `studybuddy doctor` asks of the pages."""

from urllib.parse import urlsplit

import aiohttp

from bot.adapters.checkup import Finding, ask, asking

ALIVE = {"studybuddy": "pages"}
"""What `/alive` answers, so that whoever asks knows whom they have reached."""
_HERE = {"127.0.0.1", "localhost", "::1"}


async def examine(url: str) -> Finding:
    """Whether the pages are reached at their public address. Never raises."""
    address = urlsplit(url)
    if address.scheme != "https" and address.hostname not in _HERE:
        return Finding("web", f"{url} is not https", "set STUDYBUDDY_PUBLIC_URL to an https address (docs/running.md)")
    remedy = "start the bot, and let the proxy pass on every path to STUDYBUDDY_WEB_LISTEN (docs/running.md)"
    try:
        async with asking() as session:
            response = await ask(session, f"{url}/alive")
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        why = "no answer in 10 s" if isinstance(error, TimeoutError) else type(error).__name__
        return Finding("web", f"{url} cannot be reached: {why}", remedy)
    if response.json != ALIVE:
        return Finding("web", f"{url} answers {response.status}, but not from the bot", remedy)
    return Finding("web", f"{url} answers")
