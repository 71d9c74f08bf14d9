"""What learners and organisers can ask for, one file each. All of them stand in this list, in the order of `/help`."""

from bot.commands.log import log
from bot.commands.start import start
from bot.commands.today import today
from bot.commands.undo import undo
from bot.commands.words import words

COMMANDS = (start, today, log, undo, words)
