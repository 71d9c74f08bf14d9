"""Discord: slash commands, buttons and forms over the gateway."""

PLATFORM = "discord"
