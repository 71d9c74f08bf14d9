"""One conversation for each use case, in files by area.

Each file has `EXAMPLES`, from the name of a module of `bot.usecases` to a script of the terminal in which somebody who
is shown in a group does it as the last step, and may have `NOTHING_SHOWN`, from the name of one that changes nothing a
board shows to the reason.
"""

MEMBER = """
u1: /start 8
u1: [UTC]
u1@cafe: /group create
u1@cafe: /group join
u1: [By my name]
"""
"""How u1 becomes a shown member, and the organiser, of a group with a board in the cafe."""
