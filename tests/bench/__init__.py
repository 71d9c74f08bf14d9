"""How fast the bot is, beside peers that are measured in the same run: `make bench`. See docs/performance.md.

Each module here measures one row of the table, or a few that belong together. `measuring` has what they share.
"""
