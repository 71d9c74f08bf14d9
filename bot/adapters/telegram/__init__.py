"""Telegram, through the Bot API."""

import os

# Durations as timedelta: the library warns otherwise each time a pause is read, and this is read at each access.
os.environ.setdefault("PTB_TIMEDELTA", "true")

PLATFORM = "telegram"
TOKEN = "STUDYBUDDY_TELEGRAM_TOKEN"  # noqa: S105
"""The setting with the bot's token."""
API = "https://api.telegram.org"
