"""Tables of studying: enrollments, the ledger, check-ins, quizzes, projects, timers and roadmaps."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bot.storage.tables.base import Instant, metadata, of_enrollment, of_group, owner

enrollment = Table(
    "enrollment",
    metadata,
    Column("id", Integer, primary_key=True),
    owner(),
    Column("roadmap", String(64), nullable=False),
    Column("version", String(32), nullable=False),
    Column("start", Date, nullable=False),
    Column("chosen_at", Instant, nullable=False),
    Column("declined", String(32), nullable=True),
    Column("studied", Integer, nullable=True),
    Column("late", Integer, nullable=True),
    Column("last_day", Date, nullable=True),
    Column("last_entry", Integer, nullable=True),
    UniqueConstraint("learner", "roadmap"),
)
"""`studied`, `late` and `last_day` sum up `studied_day`: the minutes of all entries, how many were entered late, and
the last day with minutes; None where the days have not been summed yet. `last_entry` is the id of the newest line."""

studied_day = Table(
    "studied_day",
    metadata,
    Column("enrollment", ForeignKey("enrollment.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("minutes", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Minutes by local date, and how many entries of that day were entered late. A cache of `entry`."""

snapshot = Table(
    "snapshot",
    metadata,
    Column("enrollment", ForeignKey("enrollment.id", ondelete="CASCADE"), primary_key=True),
    Column("last", Integer, nullable=False),
    Column("content", Text, nullable=False),
)
"""`bot.core.summary.Summary` of an enrollment's entries up to the id `last`. A cache of `entry`."""

owed_stretch = Table(
    "owed_stretch",
    metadata,
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True),
    Column("since", Integer, primary_key=True),
    Column("until", Integer, nullable=False),
    Column("committed", Integer, nullable=False),
    Column("owes", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""What boards measure a learner by: `bot.core.owed.OwedStretch`, the days as `date.toordinal`. A cache of `commitment`
and `absence`."""

commitment = Table(
    "commitment",
    metadata,
    Column("id", Integer, primary_key=True),
    of_enrollment(),
    Column("since", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

absence = Table(
    "absence",
    metadata,
    Column("id", Integer, primary_key=True),
    of_enrollment(),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("undone_at", Instant, nullable=True),
    Column("kind", String(16), nullable=False, server_default="illness"),
)

adjustment = Table(
    "adjustment",
    metadata,
    Column("id", Integer, primary_key=True),
    of_enrollment(),
    Column("kind", String(16), nullable=False),
    Column("relieved", Integer, nullable=False),
    Column("before", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("undone_at", Instant, nullable=True),
)

entry = Table(
    "entry",
    metadata,
    Column("id", Integer, primary_key=True),
    of_enrollment(),
    Column("item", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("reverses", ForeignKey("entry.id", ondelete="CASCADE"), nullable=True, unique=True),
    Column("note", Text, nullable=True),
    Column("part_of", ForeignKey("entry.id", ondelete="CASCADE"), nullable=True),
    Column("recorded_at", Instant, nullable=False),
    Column("moves", Integer, nullable=True),
)

checkin = Table(
    "checkin",
    metadata,
    Column("id", Integer, primary_key=True),
    owner(),
    Column("monday", Date, nullable=False),
    Column("feeling", String(16), nullable=False),
    Column("answered_at", Instant, nullable=False),
    Column("note", Text, nullable=True),
    UniqueConstraint("learner", "monday"),
)

quiz_try = Table(
    "quiz_try",
    metadata,
    Column("id", Integer, primary_key=True),
    owner(index=True),
    Column("question", String(64), nullable=False),
    Column("knew", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

congratulation = Table(
    "congratulation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("finished", ForeignKey("enrollment.id", ondelete="CASCADE"), nullable=False),
    owner(index=True),
    Column("at", Instant, nullable=False),
    UniqueConstraint("finished", "learner"),
)
"""`learner` congratulates on the enrollment `finished`."""

tick = Table(
    "tick",
    metadata,
    Column("id", Integer, primary_key=True),
    of_enrollment(),
    Column("item", String(64), nullable=False),
    Column("criterion", String(64), nullable=False),
    Column("ticked_at", Instant, nullable=False),
    UniqueConstraint("enrollment", "item", "criterion"),
)

submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    of_enrollment(),
    Column("item", String(64), nullable=False),
    Column("url", String(500), nullable=False),
    Column("note", Text, nullable=True),
    Column("submitted_at", Instant, nullable=False),
    Column("withdrawn_at", Instant, nullable=True),
)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission", ForeignKey("submission.id", ondelete="CASCADE"), nullable=False, index=True),
    owner(nullable=True, index=True),
    of_group(),
    Column("asked_at", Instant, nullable=False),
    Column("taken_at", Instant, nullable=True),
    Column("decided_at", Instant, nullable=True),
    Column("decision", String(16), nullable=True),
    Column("met", Text, nullable=False),
    Column("words", Text, nullable=True),
)

timer = Table(
    "timer",
    metadata,
    Column("id", Integer, primary_key=True),
    owner(index=True),
    Column("item", String(64), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=True),
    Column("entry", ForeignKey("entry.id", ondelete="SET NULL"), nullable=True),
)

roadmap_version = Table(
    "roadmap_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("roadmap", String(64), nullable=False),
    Column("version", String(32), nullable=False),
    of_group(nullable=True),
    Column("source", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=True),
    UniqueConstraint("roadmap", "version"),
)
