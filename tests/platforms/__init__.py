"""Telegram and Discord as the tests have them: doubles on real sockets, and stages on which a script is played."""
