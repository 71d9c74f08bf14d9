"""The bot's pages on the web: calendar feeds, a page for each learner, and boards of groups."""

import re

HIDES = (re.compile(r"(/(?:feed|in|board)/)[\w-]{43}"),)
"""What no log may show of an address: its secret (see `bot.logs.configure`)."""
