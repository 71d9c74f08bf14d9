"""Blocks that several commands show, so that a thing looks the same wherever it appears."""
