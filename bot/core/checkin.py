"""The weekly question and its answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Feeling = Literal["done", "partly", "stuck", "away"]


@dataclass(frozen=True)
class CheckIn:
    """How the week of `monday` went, in the learner's word."""

    monday: date
    feeling: Feeling
    answered_at: datetime
    note: str | None = None
