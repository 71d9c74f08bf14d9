"""The requests of one-off messages: each is a command that composes the message when it is due."""

from datetime import datetime

from bot.core.token import write_token
from bot.ports.unit_of_work import UnitOfWork

INVITATIONS = write_token("invited", {})
"""How every request of `review_invitation` begins."""


def timer_over(timer: int) -> str:
    """That a timer is over, and whether to log its time."""
    return write_token("focus", {"timer": str(timer)})


def help_call(call: int) -> str:
    """That a member of the group is stuck."""
    return write_token("groupcall", {"call": str(call)})


def review_invitation(review: int) -> str:
    """Whether one member would review a project, asked in private."""
    return write_token("invited", {"review": str(review)})


def review_call(review: int) -> str:
    """Whether anybody in the group would review a project."""
    return write_token("review", {"review": str(review)})


def review_given(review: int) -> str:
    """What the reviewer says, for the author."""
    return write_token("reviewed", {"review": str(review)})


def review_thanks(review: int) -> str:
    """That the author says thank you, for the reviewer."""
    return write_token("reviewed", {"review": str(review), "thanks": "1"})


def post_to_group(uow: UnitOfWork, group: int, request: str, at: datetime) -> None:
    """Schedule a one-off message at `at` (aware UTC) in every place of a group."""
    for place, _ in uow.groups.places(group):
        uow.deliveries.post(request, at, place=place)
