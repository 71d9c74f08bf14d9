"""The requests of one-off messages: each is a command that composes the message when it is due."""

from datetime import datetime

from bot.core.ids import EnrollmentId, GroupId, ReviewId
from bot.core.session import StudySession
from bot.core.token import read_token, write_token
from bot.ports.unit_of_work import UnitOfWork

INVITATIONS = write_token("invited", {})
"""The beginning of every request of `review_invitation`."""


def timer_over(timer: int) -> str:
    """Tells a learner that their timer is over, and asks whether to log its time."""
    return write_token("focus", {"timer": str(timer)})


def help_call(call: int) -> str:
    """Tells a group that one of its members is stuck."""
    return write_token("groupcall", {"call": str(call)})


def review_invitation(review: ReviewId) -> str:
    """Asks a member in private whether they would review a project."""
    return write_token("invited", {"review": str(review)})


def review_call(review: ReviewId) -> str:
    """Asks a group whether anybody would review a project."""
    return write_token("review", {"review": str(review)})


def review_given(review: ReviewId) -> str:
    """Tells an author what the reviewer has decided."""
    return write_token("reviewed", {"review": str(review)})


def review_thanks(review: ReviewId) -> str:
    """Tells a reviewer that the author says thank you."""
    return write_token("reviewed", {"review": str(review), "thanks": "1"})


def finish_told(enrollment: EnrollmentId) -> str:
    """Tells a group that a member has finished a roadmap."""
    return write_token("finishtold", {"of": str(enrollment)})


def finish_in(request: str) -> EnrollmentId | None:
    """The enrollment that a request of `finish_told` is about; None for any other request."""
    command, args = read_token(request) or ("", {})
    return EnrollmentId(int(args["of"])) if command == "finishtold" else None


def session_soon(session: StudySession) -> str:
    """Reminds a learner who is coming that a study session begins soon; another one once it was moved."""
    return write_token("sessionsoon", {"session": str(session.id), "moves": str(session.moves)})


def session_over(session: StudySession) -> str:
    """Asks a learner who was there, when a study session is over, whether to log the time."""
    return write_token("sessionover", {"session": str(session.id)})


def session_moved(session: StudySession) -> str:
    """Tells a learner who is coming that a study session begins at another time."""
    return write_token("sessionmoved", {"session": str(session.id), "moves": str(session.moves)})


def session_off(session: StudySession) -> str:
    """Tells a learner who was coming that a study session is off."""
    return write_token("sessionoff", {"session": str(session.id)})


def post_to_group(uow: UnitOfWork, group: GroupId, request: str, at: datetime) -> None:
    """Schedule a one-off message at `at` (aware UTC) in every place of a group."""
    for place, _ in uow.groups.places(group):
        uow.deliveries.post(request, at, place=place)
