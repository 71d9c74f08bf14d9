"""Advisory locks of PostgreSQL that one connection holds, alone or together with others."""

from functools import lru_cache
from hashlib import sha256
from typing import Any, LiteralString

import psycopg

_BACKEND: LiteralString = "SELECT pg_backend_pid()"
_HELD = """
SELECT classid::bigint << 32 | objid::bigint, count(*) FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 1 AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY 1
"""


class Lent(Exception):
    """A pooler gives the connection to others between our statements, and locks stay with them."""


class LockSession:
    """The locks of one connection."""

    def __init__(self, line: psycopg.AsyncConnection[Any]) -> None:
        self._line = line
        self._locked: set[int] = set()
        self._shared: set[int] = set()
        self._backend: int | None = None

    async def check(self) -> None:
        """Raise `Lent` where this is no longer the server's process that it was."""
        row = await (await self._line.execute(_BACKEND)).fetchone()
        backend = int(row[0]) if row else 0
        if self._backend not in {None, backend}:
            raise Lent
        self._backend = backend

    async def lock(self, key: int) -> bool:
        """Take a lock unless another connection has it."""
        if key not in self._locked and await self._ask("SELECT pg_try_advisory_lock(%s)", key):
            self._locked.add(key)
        return key in self._locked

    async def unlock(self, keys: set[int]) -> None:
        """Let go of locks."""
        for key in keys & self._locked:
            await self._ask("SELECT pg_advisory_unlock(%s)", key)
            self._locked.discard(key)

    async def share(self, keys: set[int]) -> None:
        """Hold these locks together with others, and no more of that kind."""
        for key in keys - self._shared:
            await self._ask("SELECT pg_try_advisory_lock_shared(%s)", key)
        for key in self._shared - keys:
            await self._ask("SELECT pg_advisory_unlock_shared(%s)", key)
        self._shared = keys

    async def held(self) -> dict[int, int]:
        """How many connections hold each key."""
        return dict(await (await self._line.execute(_HELD)).fetchall())

    async def _ask(self, question: LiteralString, key: int) -> bool:
        row = await (await self._line.execute(question, [key])).fetchone()
        return bool(row and row[0])


@lru_cache
def key_of(name: str) -> int:
    """The number by which PostgreSQL knows a lock. Names hold tokens: nobody can tell them from the number."""
    return int.from_bytes(sha256(f"studybuddy {name}".encode()).digest()[:8], "big", signed=True)
