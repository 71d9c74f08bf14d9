"""The stock echo bot of python-telegram-bot (its examples/echobot.py): answers every text with the same text.

As a program, `python -m tests.bench.peers.telegram_echo URL TOKEN`, it uses the library's own transport.
"""

import asyncio
import sys

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Echo the user message."""
    assert update.message is not None
    assert update.message.text is not None
    await update.message.reply_text(update.message.text)


def echo_bot(token: str, transport: BaseRequest) -> "Application":  # type: ignore[type-arg]
    """The bot with a transport of the caller's."""
    application = ApplicationBuilder().token(token).request(transport).get_updates_request(transport).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    return application


def main() -> None:
    """Poll until killed."""
    url, token = sys.argv[1:]
    application = ApplicationBuilder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    asyncio.set_event_loop(asyncio.new_event_loop())
    main()
