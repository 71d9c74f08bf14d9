"""What the bot says unasked: once, on time, and not to who does not want it."""
