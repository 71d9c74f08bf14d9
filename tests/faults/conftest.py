"""The whole program, without a platform, on databases of both kinds."""

from tests.storage.conftest import database, here, swept

__all__ = ["database", "here", "swept"]
