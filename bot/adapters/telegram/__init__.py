"""Telegram, through the Bot API."""

import os

# Durations as timedelta: the library warns otherwise each time a pause is read, and this is read at each access.
os.environ.setdefault("PTB_TIMEDELTA", "true")

PLATFORM = "telegram"
API = "https://api.telegram.org"
