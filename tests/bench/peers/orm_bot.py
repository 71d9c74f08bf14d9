"""/today and /log as a plain bot would do them: python-telegram-bot and SQLAlchemy's asyncio ORM on SQLite.

It does what ours does for these two commands and no more: finds the learner, notes that they were here, loads their
entries, finds the current step of the same roadmap by the hours so far, answers in HTML with buttons, and commits. It
has no receipts, translations, undo history, groups, or corrections. Its file is as durable as ours (WAL, synchronous
FULL).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path

from sqlalchemy import ForeignKey, event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CommandHandler, ContextTypes
from telegram.request import BaseRequest

from roadmap.model import Item, Roadmap


class Base(DeclarativeBase):
    """The tables of this bot."""


class User(Base):
    """A learner, with what they owe a week and their entries, oldest first."""

    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int] = mapped_column(unique=True)
    seen_at: Mapped[datetime]
    start: Mapped[date]
    weekly: Mapped[int]
    entries: Mapped[list["Entry"]] = relationship(order_by="Entry.id")


class Entry(Base):
    """Minutes on an item of the roadmap."""

    __tablename__ = "entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    item: Mapped[str]
    day: Mapped[date]
    minutes: Mapped[int]
    recorded_at: Mapped[datetime]


@dataclass
class OrmBot:
    """The bot with its database; `now` is what it takes for the present."""

    file: Path
    roadmap: Roadmap
    now: datetime

    def __post_init__(self) -> None:
        self.engine = create_async_engine(f"sqlite+aiosqlite:///{self.file}")
        event.listen(self.engine.sync_engine, "connect", _durable)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._items = [item for module in self.roadmap.modules for item in module.items]

    async def prepare(self, people: Sequence[int], entries: int) -> None:
        """Create the tables, and these people with so many entries each over the last two weeks."""
        async with self.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        begin = self.now - timedelta(weeks=2)
        async with self._sessions() as session, session.begin():
            for telegram_id in people:
                user = User(telegram_id=telegram_id, seen_at=begin, start=begin.date(), weekly=480, entries=[])
                for number in range(entries):
                    at = begin + timedelta(weeks=2) * number / entries
                    user.entries.append(Entry(item=self._items[0].id, day=at.date(), minutes=30, recorded_at=at))
                session.add(user)

    def build(self, token: str, transport: BaseRequest) -> "Application":  # type: ignore[type-arg]
        """The bot with a transport of the caller's."""
        application = ApplicationBuilder().token(token).request(transport).get_updates_request(transport).build()
        application.add_handler(CommandHandler("today", self.today))
        application.add_handler(CommandHandler("log", self.log))
        return application

    async def _user(self, session: AsyncSession, update: Update) -> User:
        assert update.effective_user is not None
        chosen = select(User).where(User.telegram_id == update.effective_user.id).options(selectinload(User.entries))
        user = (await session.execute(chosen)).scalar_one()
        user.seen_at = self.now
        return user

    async def today(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """See what to do today."""
        async with self._sessions() as session, session.begin():
            user = await self._user(session, update)
            item, left = self._step(user)
            text = (
                f"<b>Today: {escape(item.title)}</b>\n{left} min are left of it.\n\n{self._week(user)}\n"
                f"Plan: {self._balance(user):+d} min. Done on: {self._end(user):%a, %d %b %Y}."
            )
        await _reply(update, text, [("Log 30 min", "log:30"), ("Plan", "plan")])

    async def log(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log study time: /log 30m."""
        minutes = int((context.args or ["0m"])[0].removesuffix("m"))
        async with self._sessions() as session, session.begin():
            user = await self._user(session, update)
            item, _ = self._step(user)
            today = self.now.date()
            user.entries.append(Entry(item=item.id, day=today, minutes=minutes, recorded_at=self.now))
            text = f"Logged {minutes} min on “{escape(item.title)}”, {today:%a, %d %b %Y}.\n\n{self._week(user)}"
        await _reply(update, text, [("Undo", "undo"), ("Today", "today")])

    def _step(self, user: User) -> tuple[Item, int]:
        """The item that the hours so far lead to, and how many minutes of it are left."""
        done = sum(entry.minutes for entry in user.entries)
        for item in self._items:
            if done < item.minutes:
                return item, item.minutes - done
            done -= item.minutes
        return self._items[-1], 0

    def _week(self, user: User) -> str:
        monday = self.now.date() - timedelta(days=self.now.weekday())
        logged = sum(entry.minutes for entry in user.entries if entry.day >= monday)
        full = min(24, 24 * logged // user.weekly)
        return "█" * full + "░" * (24 - full) + f" {logged} min of {user.weekly // 60} h this week"

    def _balance(self, user: User) -> int:
        weeks = (self.now.date() - user.start).days // 7
        return sum(entry.minutes for entry in user.entries) - weeks * user.weekly

    def _end(self, user: User) -> date:
        left = sum(item.minutes for item in self._items) - sum(entry.minutes for entry in user.entries)
        return self.now.date() + timedelta(weeks=max(0, left) / user.weekly)


async def _reply(update: Update, text: str, buttons: Sequence[tuple[str, str]]) -> None:
    assert update.message is not None
    row = [InlineKeyboardButton(label, callback_data=data) for label, data in buttons]
    await update.message.reply_html(text, reply_markup=InlineKeyboardMarkup([row]))


def _durable(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
