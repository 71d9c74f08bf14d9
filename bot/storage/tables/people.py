"""Tables of people: accounts, questions and answers, codes, and merges of two learners."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.storage.tables.base import SECRET, Instant, metadata, of_group, owner

learner = Table(
    "learner",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("locale", String(16), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("day_begins", Integer, nullable=False, server_default="0"),
    Column("weeks_since", Text, nullable=False, server_default=""),
)
"""`weeks_since`: the ISO dates of `bot.core.calendar.Weeks`, with commas between them."""

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    owner(index=True),
    Column("platform", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("name", String(128), nullable=False),
    Column("unreachable_since", Instant, nullable=True),
    Column("chat", String(64), nullable=True),
    UniqueConstraint("platform", "external_id"),
)

question = Table(
    "question",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("external_id", String(64), primary_key=True),
    Column("place", String(64), primary_key=True),
    Column("asked", Text, nullable=True),
    Column("offered", Text, nullable=True),
)

preference = Table(
    "preference",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("external_id", String(64), primary_key=True),
    Column("locale", String(16), nullable=True),
    Column("zone", String(64), nullable=True),
)

kept_request = Table(
    "kept_request",
    metadata,
    Column("id", Integer, primary_key=True),
    owner(nullable=True, index=True),
    Column("request", Text, nullable=False),
    Column("kept_at", Instant, nullable=False, index=True),
)

request = Table(
    "request",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("who", String(64), nullable=True, index=True),
    Column("answer", Text, nullable=True),
    Column("handled_at", Instant, nullable=False, index=True),
)

code = Table(
    "code",
    metadata,
    Column("id", Integer, primary_key=True),
    owner(index=True),
    Column("kind", String(16), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    of_group(nullable=True),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=True),
)

code_entry = Table(
    "code_entry",
    metadata,
    Column("code", ForeignKey("code.id", ondelete="CASCADE"), primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("name", String(128), nullable=False),
    Column("place", String(64), nullable=True),
    Column("title", String(128), nullable=True),
    Column("entered_at", Instant, nullable=False),
    Index("ix_code_entry_account", "platform", "external_id"),
)
"""The account that entered a code first: it is good for nobody else from then on. `place` is the chat it was entered
in, where it is for a chat."""

code_attempt = Table(
    "code_attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("place", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("tried_at", Instant, nullable=False, index=True),
    Index("ix_code_attempt_account", "platform", "external_id"),
)
"""Codes that were not good; `place` is the chat they were entered in, empty in private."""

web_key = Table(
    "web_key",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("digest", String(64), nullable=False, unique=True, info=SECRET),
    owner(nullable=True, index=True),
    Column("study_group", ForeignKey("study_group.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("salt", String(64), nullable=True, info=SECRET),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=True, index=True),
)
"""What opens something on the web (`bot.core.web_key`); its learner's or its group's. Who is used up or revoked has
expired."""

answer_group = Table(
    "answer_group",
    metadata,
    Column("request", ForeignKey("request.id", ondelete="CASCADE"), primary_key=True),
    Column("study_group", ForeignKey("study_group.id", ondelete="CASCADE"), primary_key=True, index=True),
)
"""The groups whose members a stored answer may name."""

merge = Table(
    "merge",
    metadata,
    Column("id", Integer, primary_key=True),
    owner(index=True),
    Column("absorbed", ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("merged_at", Instant, nullable=False),
    Column("undone_at", Instant, nullable=True),
    Column("before", Text, nullable=False),
)

merge_move = Table(
    "merge_move",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("merge", ForeignKey("merge.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("what", String(32), nullable=False),
    Column("row", Integer, nullable=False),
    Column("was", Integer, nullable=False),
)
