"""Messages that nobody asked for just now: planned, claimed, composed, sent, settled."""
