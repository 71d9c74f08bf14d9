"""Updates brought to the bot's own address, in each chat's order, until it takes them."""

import asyncio
import re
from collections.abc import Coroutine
from urllib.parse import urlsplit

import aiohttp

from .bodies import Json
from .refusals import Mistake
from .updates import Entry, Queue

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def check_webhook(url: str, secret: str | None, connections: int | None) -> None:
    """Raise Mistake for a webhook that Telegram refuses; plain http is for this machine alone."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}):
        raise Mistake("bad webhook: An HTTPS URL must be provided for webhook")
    if secret is not None and not SECRET.fullmatch(secret):
        raise Mistake("secret token contains unallowed characters", repr(secret))
    if connections is not None and not 1 <= connections <= 100:
        raise Mistake("max_connections must be from 1 to 100", str(connections))


class DeliveryWorker:
    """Brings the updates of a queue to one address until it is stopped. An update is brought until it is taken."""

    def __init__(self, queue: Queue, url: str, secret: str | None, connections: int, pause: float, patience: float):
        """`pause` is the wait after a failure and `patience` that for an answer, both in seconds."""
        self.url = url
        self.connections = connections
        self.error: str | None = None
        self.attempts = 0
        self._queue = queue
        self._headers = {HEADER: secret} if secret else {}
        self._pause = pause
        self._patience = aiohttp.ClientTimeout(total=patience)
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()

    def start(self) -> None:
        """Begin, with what already waits."""
        self._start(self._run())

    def wake(self) -> None:
        """There may be something new."""
        self._wake.set()

    async def stop(self) -> None:
        """Bring nothing more; what is on its way is cut off."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=self._patience) as session:
            while True:
                self._wake.clear()
                for entry in self._queue.entries:
                    if len(self._busy) >= self.connections:
                        break
                    if entry.update.lane not in self._busy:
                        self._busy.add(entry.update.lane)
                        self._start(self._bring(session, entry))
                await self._wake.wait()

    async def _bring(self, session: aiohttp.ClientSession, entry: Entry) -> None:
        self.attempts += 1
        try:
            problem = await self._post(session, entry.update.json())
            if problem is None:
                self._queue.confirm(entry)
            else:
                self.error = problem
                await asyncio.sleep(self._pause)
        finally:
            self._busy.discard(entry.update.lane)
            self._wake.set()

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> str | None:
        """What went wrong, in Telegram's words; None when it was taken."""
        try:
            async with session.post(self.url, json=update, headers=self._headers, allow_redirects=False) as response:
                await response.read()
                taken = 200 <= response.status < 300
                return None if taken else f"Wrong response from the webhook: {response.status} {response.reason}"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError as error:
            return f"Connection reset by peer: {error}"
