"""Scheduled and one-off messages: planned, claimed, composed, sent and settled."""
