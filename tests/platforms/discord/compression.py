"""Transport compression of a gateway connection: one stream for all its messages, flushed after each."""

import importlib
import zlib
from collections.abc import Callable
from typing import Any

Squeeze = Callable[[bytes], bytes]


def squeeze(kind: str) -> Squeeze | None:
    """The compressor of a connection that asked for `kind`; None where it is unknown or cannot be had here."""
    if kind == "zlib-stream":
        return _flushing(zlib.compressobj(), zlib.Z_SYNC_FLUSH)
    if kind == "zstd-stream":
        return _zstd()
    return None


def _zstd() -> Squeeze | None:
    # The library asks for it where it finds one of these two, so whoever asks from this machine's Python has one.
    try:
        module: Any = importlib.import_module("zstandard")
        return _flushing(module.ZstdCompressor().compressobj(), module.COMPRESSOBJ_FLUSH_BLOCK)
    except ImportError:
        pass
    try:
        module = importlib.import_module("compression.zstd")
    except ImportError:
        return None
    return _flushing(module.ZstdCompressor(), module.ZstdCompressor.FLUSH_BLOCK)


def _flushing(stream: Any, mode: int) -> Squeeze:
    return lambda data: bytes(stream.compress(data) + stream.flush(mode))
