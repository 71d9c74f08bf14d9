"""Use cases of check-ins, projects and their reviews hold their rules by themselves, whoever calls them."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.core.calendar import WEEK
from bot.core.checkin import CheckIn
from bot.core.ids import GroupId, ReviewId
from bot.core.learner import Learner
from bot.core.project import ANSWER_WITHIN
from bot.usecases.answer_checkin import CheckInClosed, answer_checkin
from bot.usecases.answer_quiz import NoSuchQuestion, answer_quiz
from bot.usecases.ask_for_review import ask_for_review
from bot.usecases.call_for_help import ONCE_IN as ASKED_ONCE_IN
from bot.usecases.call_for_help import AskedThisWeek, call_for_help
from bot.usecases.decline_review import decline_review
from bot.usecases.judge_criterion import judge_criterion
from bot.usecases.own_group import NotShownThere
from bot.usecases.postpone_reminder import About, Wish, postpone_reminder
from bot.usecases.review_project import review_project
from bot.usecases.submit_project import NoAddress, submit_project
from bot.usecases.take_path import take_path
from bot.usecases.take_review import NoSuchReview, OwnProject, ReviewGiven, TakenAlready, take_review
from bot.usecases.thank_reviewer import NothingToThankFor, thank_reviewer
from bot.usecases.tick_criterion import tick_criterion
from bot.usecases.withdraw_postponed import withdraw_postponed
from bot.usecases.withdraw_project import withdraw_project
from roadmap.model import Item
from tests.conftest import MONDAY
from tests.usecases.learning import TODAY, Learning

URL = "https://example.org/"


def project(learning: Learning) -> Item:
    """The first project of the roadmap."""
    return next(item for item in learning.roadmap.items.values() if item.kind == "project")


def asked(learning: Learning, author: Learner, group: GroupId) -> ReviewId:
    """A review that somebody asks for; its id."""
    study, item = learning.study(author), project(learning)
    submit_project(learning.uow, study, item, URL, None, MONDAY)
    submission = learning.uow.projects.submitted(study.enrollment, item.id)
    assert submission
    ask_for_review(learning.uow, author, submission, item, group, MONDAY)
    review = learning.uow.projects.review_of(submission.id)
    assert review
    return review.id


def closes(week: date) -> datetime:
    """A week after it began its answer is final."""
    return MONDAY + (week - TODAY) + WEEK


def test_an_answer_is_final_once_its_week_is_closed(learning: Learning) -> None:
    ada = learning.learner("ada")
    answer_checkin(learning.uow, ada, CheckIn(TODAY, "partly", MONDAY, "flu"), closes=closes)
    kept = answer_checkin(learning.uow, ada, CheckIn(TODAY, "partly", MONDAY), closes=closes)
    assert kept.note == "flu"
    kept = answer_checkin(learning.uow, ada, CheckIn(TODAY, "done", MONDAY), closes=closes)
    assert kept.note is None
    late = CheckIn(TODAY, "away", closes(TODAY))
    with pytest.raises(CheckInClosed):
        answer_checkin(learning.uow, ada, late, closes=closes)
    next_week = CheckIn(TODAY + WEEK, "done", closes(TODAY))
    answer_checkin(learning.uow, ada, next_week, instead=TODAY, closes=closes)
    assert learning.uow.checkins.of(ada.id, TODAY), "its answer was final"


def test_only_questions_of_the_roadmap_are_answered(learning: Learning) -> None:
    ada = learning.learner("ada")
    with pytest.raises(NoSuchQuestion):
        answer_quiz(learning.uow, ada, learning.study(ada), "no such question", knew=True, now=MONDAY)
    assert not learning.uow.quizzes.tries(ada.id)


def test_a_group_is_asked_for_help_by_its_shown_members_once_a_week(learning: Learning) -> None:
    ada, ben = learning.learner("ada"), learning.learner("ben")
    group, hidden = learning.group(ada), learning.group(ada, shown="hidden")
    for who, where in ((ben, group), (ada, hidden)):
        with pytest.raises(NotShownThere):
            call_for_help(learning.uow, who, learning.study(who), where, None, MONDAY)
    call_for_help(learning.uow, ada, learning.study(ada), group, None, MONDAY)
    with pytest.raises(AskedThisWeek):
        call_for_help(learning.uow, ada, learning.study(ada), group, None, MONDAY + ASKED_ONCE_IN / 2)
    call_for_help(learning.uow, ada, learning.study(ada), group, None, MONDAY + ASKED_ONCE_IN + timedelta(minutes=1))


def test_what_was_put_off_comes_once_and_can_be_withdrawn(learning: Learning) -> None:
    ada = learning.learner("ada")
    evening, tomorrow = Wish(True, None, time(9)), Wish(False, None, time(9))
    for wish, due in ((evening, datetime.combine(TODAY, time(18), MONDAY.tzinfo)), (tomorrow, MONDAY + timedelta(1))):
        put_off = postpone_reminder(learning.uow, ada, About("nudge"), wish, today=TODAY, now=MONDAY)
        assert (put_off.due.date(), put_off.anyway) == (due.date(), False)
        assert [waiting.due for waiting in learning.uow.deliveries.pending_one_offs(ada.id)] == [put_off.due]
    withdraw_postponed(learning.uow, ada, "nudge")
    assert not learning.uow.deliveries.pending_one_offs(ada.id)


def test_a_project_is_submitted_by_an_address_and_ticked_by_what_it_has(learning: Learning) -> None:
    ada = learning.learner("ada")
    study, item = learning.study(ada), project(learning)
    for words in ("my laptop", "ftp://example.org/", "https://", "https://[::1"):
        with pytest.raises(NoAddress):
            submit_project(learning.uow, study, item, words, None, MONDAY)
    tick_criterion(learning.uow, study, item, "no such criterion", MONDAY)
    take_path(learning.uow, study, item, "no such path", MONDAY)
    assert not learning.uow.projects.ticks(study.enrollment, item.id)
    tick_criterion(learning.uow, study, item, item.done_when[0].id, MONDAY)
    assert learning.uow.projects.ticks(study.enrollment, item.id) == {item.done_when[0].id}


def test_a_review_is_asked_of_a_group_one_is_shown_in_and_only_once(learning: Learning) -> None:
    ada, ben = learning.learner("ada"), learning.learner("ben")
    group, others = learning.group(ada, ben), learning.group(ben)
    with pytest.raises(NotShownThere):
        asked(learning, ada, others)
    review = asked(learning, ada, group)
    stored = learning.uow.projects.review(review)
    assert stored
    ask_for_review(learning.uow, ada, stored.submission, project(learning), group, MONDAY)
    assert learning.uow.projects.review_of(stored.submission.id) == stored


def test_one_member_at_a_time_has_a_review(learning: Learning) -> None:
    ada, ben, cem, eve = map(learning.learner, ("ada", "ben", "cem", "eve"))
    review = asked(learning, ada, learning.group(ada, ben, cem))
    item = project(learning)
    for who, broken in ((eve, NoSuchReview), (ada, OwnProject)):
        with pytest.raises(broken):
            take_review(learning.uow, who, review, MONDAY)
        with pytest.raises(NoSuchReview):
            decline_review(learning.uow, who, review, MONDAY)
    decline_review(learning.uow, ben, review, MONDAY)
    taken = take_review(learning.uow, ben, review, MONDAY)
    assert take_review(learning.uow, ben, review, MONDAY) == taken
    for refused in (
        lambda: take_review(learning.uow, cem, review, MONDAY),
        lambda: decline_review(learning.uow, cem, review, MONDAY),
        lambda: judge_criterion(learning.uow, cem, taken, item, item.done_when[0].id),
    ):
        with pytest.raises(TakenAlready):
            refused()
    take_review(learning.uow, cem, review, MONDAY + ANSWER_WITHIN + timedelta(minutes=1))
    with pytest.raises(ReviewGiven):
        review_project(learning.uow, ben, taken, "done", "Good", MONDAY)


def test_a_review_is_given_once_and_its_author_gives_thanks(learning: Learning) -> None:
    ada, ben = learning.learner("ada"), learning.learner("ben")
    review = asked(learning, ada, learning.group(ada, ben))
    item = project(learning)
    taken = take_review(learning.uow, ben, review, MONDAY)
    criterion = item.done_when[0].id
    assert judge_criterion(learning.uow, ben, taken, item, "no such criterion") == taken
    assert judge_criterion(learning.uow, ben, taken, item, criterion).met == {criterion}
    review_project(learning.uow, ben, taken, "done", "I like your plots", MONDAY)
    given = learning.uow.projects.review(review)
    assert given
    assert (given.met, given.decision) == (frozenset({criterion}), "done")
    assert given.words == "I like your plots"
    with pytest.raises(ReviewGiven):
        review_project(learning.uow, ben, given, "more", "Or not", MONDAY)
    with pytest.raises(ReviewGiven):
        take_review(learning.uow, ben, review, MONDAY)
    with pytest.raises(NothingToThankFor):
        thank_reviewer(learning.uow, ben, given, MONDAY)
    thank_reviewer(learning.uow, ada, given, MONDAY)
    assert len(learning.uow.deliveries.pending_one_offs(ben.id)) == 1


def test_nobody_reviews_what_was_withdrawn(learning: Learning) -> None:
    ada, ben = learning.learner("ada"), learning.learner("ben")
    review = asked(learning, ada, learning.group(ada, ben))
    withdraw_project(learning.uow, learning.study(ada), project(learning), MONDAY)
    with pytest.raises(NoSuchReview):
        take_review(learning.uow, ben, review, MONDAY)
