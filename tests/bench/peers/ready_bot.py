"""A bot that has its answers ready: it looks one number up and sends a text with buttons.

No bot can do less. It shows how much of a command's time is the library's and the hand-over to a thread that reads the
database.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CommandHandler, ContextTypes
from telegram.request import BaseRequest

SEEK = "SELECT learner FROM account WHERE platform = 'telegram' AND external_id = ?"
LINE = "30 min of “Machine Learning (Andrew Ng)”. Begin: <i>Watch the videos of course week 1.</i>\n"
TEXT = "<b>Today: Introduction to Machine Learning</b>\n" + 6 * LINE
BUTTONS = [[("Log 30 min", "log spent=30m"), ("Log 1 h", "log spent=1h"), ("Focus", "focus"), ("Quiz", "quiz")]]


def ready_bot(file: Path) -> Callable[[str, BaseRequest], "Application[Any, Any, Any, Any, Any, Any]"]:
    """A function that builds the bot over an SQLite file, on a transport."""

    def build(token: str, request: BaseRequest) -> "Application[Any, Any, Any, Any, Any, Any]":
        reader = ThreadPoolExecutor(1)
        connection = sqlite3.connect(file, check_same_thread=False)

        async def today(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            assert update.message
            assert update.effective_user
            key = (str(update.effective_user.id),)
            loop = asyncio.get_running_loop()
            record = await loop.run_in_executor(reader, lambda: connection.execute(SEEK, key).fetchone())
            assert record
            keyboard = [[InlineKeyboardButton(label, callback_data=token) for label, token in row] for row in BUTTONS]
            await update.message.reply_html(TEXT, reply_markup=InlineKeyboardMarkup(keyboard))

        # Without concurrent updates the library would handle one command after the other, as the echo bot does.
        builder = ApplicationBuilder().token(token).request(request).get_updates_request(request)
        application = builder.concurrent_updates(True).build()
        application.add_handler(CommandHandler("today", today))
        return application

    return build
