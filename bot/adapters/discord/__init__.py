"""Discord: slash commands, buttons and forms over the gateway."""

PLATFORM = "discord"
TOKEN = "STUDYBUDDY_DISCORD_TOKEN"  # noqa: S105
"""The setting with the bot's token."""
