"""Discord's errors: which of them stay until something changes, and which of our errors they become.

The codes: discord.com/developers, Opcodes and Status Codes, JSON Error Codes.
"""

from collections.abc import Mapping

import discord

from bot.core.group import Why
from bot.dialogue.sending import RetryAfter, TemporaryFailure, Unreachable

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, MISSING_PERMISSIONS, ARCHIVED = 10003, 10008, 50013, 50083
TOO_MANY_COMMANDS = 30034
"""So many commands were registered today that no more are taken; those of before go on working."""
STAYS: Mapping[int, Why] = {
    UNKNOWN_CHANNEL: "missing",
    10004: "access",  # unknown guild
    10013: "missing",  # unknown user
    20026: "unknown",  # the bot is flagged: it may open no private chats
    40001: "rights",
    50001: "access",
    50007: "rights",  # private messages closed
    50008: "closed",  # no messages in a channel of this kind
    50009: "rights",  # the channel's verification level
    MISSING_PERMISSIONS: "rights",
    50024: "closed",  # not in a channel of this kind
    ARCHIVED: "closed",
    50278: "access",  # no server in common
    160005: "closed",  # the thread is locked
}


def translated(error: discord.HTTPException) -> RetryAfter | Unreachable | TemporaryFailure:
    """One of the three errors of `bot.dialogue.sending` for an error of the library."""
    if error.code in STAYS:
        return Unreachable(STAYS[error.code])
    if error.status == 403:
        return Unreachable("unknown")
    return TemporaryFailure()
