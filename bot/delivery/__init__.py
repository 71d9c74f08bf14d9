"""What the bot says unasked: due, claimed, composed, sent, settled."""
