"""The terminal is a platform."""

PLATFORM = "terminal"
