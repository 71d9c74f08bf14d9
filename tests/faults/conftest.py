"""The front door on databases of both kinds."""

from tests.storage.conftest import here

__all__ = ["here"]
