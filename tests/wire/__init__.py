"""The real adapters over real sockets, against fake platforms."""
