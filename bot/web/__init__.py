"""The bot's pages on the web: calendar feeds, a page for each learner, and boards of groups."""
