"""The terminal as people meet it."""
