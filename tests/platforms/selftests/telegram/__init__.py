"""The local Telegram behaves as the real one does, towards the real library and towards bare requests."""
