"""Every decision that writes, one file each: load, decide with rules of `bot.core`, write through the unit of work."""
