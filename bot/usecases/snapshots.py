"""Summaries of ledgers as they are stored: what `bot.core.summary` derives, without the plan, as JSON."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zlib import crc32

from bot.core.crediting import Crediting
from bot.core.ledger import Entry
from bot.core.plans import Plans
from bot.core.summary import Summary
from bot.ports.studies import Snapshot
from roadmap.model import Part

FORMAT = 1
"""Raised when what is derived, or how, changes: snapshots of another format are made anew."""


class Outdated(Exception):
    """A stored snapshot is of another format, or of another plan."""


def dumped(summary: Summary, plans: Plans) -> Snapshot:
    """A summary as it is stored. Notes are left out: nothing derived needs them."""
    content = {
        "format": FORMAT,
        "plans": _names(plans, summary.versions),
        "parts": _fingerprint(summary.crediting.parts),
        "versions": summary.versions,
        "logged": summary.logged,
        "last_day": summary.last_day and summary.last_day.isoformat(),
        "credited": summary.crediting.credited(),
        "again": summary.again and _row(summary.again),
        "before": summary.before,
        "around": {day.isoformat(): minutes for day, minutes in summary.around.items()},
        "trims": [*map(_row, summary.trims)],
        "recent": [*map(_row, summary.recent)],
    }
    return Snapshot(summary.last, json.dumps(content, separators=(",", ":")))


def read(snapshot: Snapshot) -> dict[str, Any]:
    """What a snapshot holds. Raises `Outdated`."""
    try:
        content: dict[str, Any] = json.loads(snapshot.content)
        if content["format"] != FORMAT:
            raise Outdated
    except (ValueError, KeyError, TypeError) as error:
        raise Outdated from error
    return content


def restored(snapshot: Snapshot, content: dict[str, Any], plans: Plans) -> Summary:
    """The summary that was stored, on the plans of its versions. Raises `Outdated`."""
    versions = tuple(content["versions"])
    if content["plans"] != _names(plans, versions):
        raise Outdated
    followed = plans.later[versions[-1]] if versions else plans.first
    if content["parts"] != _fingerprint(followed.parts):
        raise Outdated
    try:
        crediting = Crediting.restored(followed.parts, plans.modules, content["credited"])
    except ValueError as error:
        raise Outdated from error
    return Summary(
        snapshot.last,
        content["logged"],
        date.fromisoformat(content["last_day"]) if content["last_day"] else None,
        crediting,
        versions,
        _entry(content["again"]) if content["again"] else None,
        content["before"],
        {date.fromisoformat(day): minutes for day, minutes in content["around"].items()},
        tuple(map(_entry, content["trims"])),
        tuple(map(_entry, content["recent"])),
    )


def _names(plans: Plans, versions: Sequence[str]) -> list[str]:
    """The versions that were really read: one whose text is lost is replaced by the newest."""
    return [plans.first.version, *(plans.later[name].version for name in versions if name in plans.later)]


def _fingerprint(parts: Sequence[Part]) -> int:
    """Tells plans apart: one version may have other parts once a newer one has corrected its words."""
    return crc32("\n".join(f"{part.item} {part.minutes}" for part in parts).encode())


def _row(entry: Entry) -> list[Any]:
    return [
        entry.id,
        entry.item,
        entry.day.isoformat(),
        entry.minutes,
        entry.kind,
        entry.recorded_at.isoformat(),
        entry.part_of,
        entry.moves,
    ]


def _entry(row: Sequence[Any]) -> Entry:
    id_, item, day, minutes, kind, recorded_at, part_of, moves = row
    at = datetime.fromisoformat(recorded_at)
    return Entry(id_, item, date.fromisoformat(day), minutes, kind, at, part_of=part_of, moves=moves)
