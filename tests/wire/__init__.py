"""The real adapters over real sockets, against the doubles of `tests.platforms`."""
