"""Conversations with the whole bot, as a person would have them."""
