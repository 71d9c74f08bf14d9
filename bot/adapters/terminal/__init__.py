"""The terminal is a platform."""

PLATFORM = "terminal"
MENTION = "@studybuddy"
"""Before what somebody says to the bot in a group; other words there are people talking to each other."""
