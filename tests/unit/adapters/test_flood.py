"""What one person and one chat may ask for in a minute, counted without any database."""

from dataclasses import dataclass

import pytest

from bot.adapters.flood import FEW, SECONDS, Flood, Verdict
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.request import Request

ADA, BOB = Account("telegram", "1", "Ada"), Account("telegram", "2", "Bob")
CAFE = Place("telegram", "-7", "cafe")


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Intake:
    """Where requests come in, each with an id of its own."""

    flood: Flood
    number: int = 0

    def asks(self, who: Account, place: Place | None = None, times: int = 1) -> list[Verdict]:
        verdicts = []
        for _ in range(times):
            self.number += 1
            verdicts.append(self.flood.judge(Request(f"r{self.number}", who, "log", place=place)))
        return verdicts


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_what_is_over_the_count_is_refused_and_only_the_first_time_said(clock: Clock) -> None:
    intake = Intake(Flood(3, 100, clock))
    assert intake.asks(ADA, times=6) == [Verdict.TAKEN] * 3 + [Verdict.REFUSED, Verdict.SILENT, Verdict.SILENT]


def test_somebody_elses_flood_is_not_mine(clock: Clock) -> None:
    intake = Intake(Flood(3, 100, clock))
    intake.asks(ADA, times=10)
    assert intake.asks(BOB, times=3) == [Verdict.TAKEN] * 3
    same_number = Account("discord", "1", "Ada")
    assert intake.asks(same_number) == [Verdict.TAKEN]


def test_after_the_pause_that_was_named_one_is_heard_again_and_a_new_flood_is_said_anew(clock: Clock) -> None:
    intake = Intake(Flood(3, 100, clock))
    clock.now += SECONDS - 1
    intake.asks(ADA, times=4)
    clock.now += SECONDS
    assert intake.asks(ADA) == [Verdict.SILENT]
    clock.now += 1
    assert intake.asks(ADA, times=4) == [Verdict.TAKEN] * 3 + [Verdict.REFUSED]


def test_nobody_who_goes_slowly_is_ever_refused(clock: Clock) -> None:
    intake = Intake(Flood(3, 100, clock))
    for _ in range(100):
        assert intake.asks(ADA) == [Verdict.TAKEN]
        clock.now += SECONDS / 3 + 1


def test_who_waits_for_each_answer_is_never_refused_however_fast(clock: Clock) -> None:
    flood = Flood(3, 10, clock)
    for n in range(1000):
        request = Request(f"r{n}", ADA, "log", place=CAFE if n % 2 else None)
        assert flood.judge(request) is Verdict.TAKEN
        flood.answered(request)
        flood.answered(request)
    assert Intake(flood, 2000).asks(ADA, CAFE, times=4) == [Verdict.TAKEN] * 3 + [Verdict.REFUSED]


def test_what_is_answered_after_the_refusal_does_not_end_the_pause(clock: Clock) -> None:
    flood = Flood(3, 10, clock)
    taken = [Request(f"r{n}", ADA, "log") for n in range(3)]
    for request in taken:
        flood.judge(request)
    assert Intake(flood, 10).asks(ADA) == [Verdict.REFUSED]
    for request in taken:
        flood.answered(request)
    assert Intake(flood, 20).asks(ADA) == [Verdict.SILENT]


def test_it_is_said_in_each_chat_in_which_something_is_refused(clock: Clock) -> None:
    intake = Intake(Flood(3, 100, clock))
    intake.asks(ADA, times=5)
    assert intake.asks(ADA, CAFE, times=2) == [Verdict.REFUSED, Verdict.SILENT]
    assert intake.asks(ADA, Place("telegram", "-8", "bar")) == [Verdict.REFUSED]


def test_a_request_that_comes_again_is_counted_once_and_never_refused_later(clock: Clock) -> None:
    flood = Flood(3, 100, clock)
    first = Request("same", ADA, "log")
    assert {flood.judge(first) for _ in range(50)} == {Verdict.TAKEN}
    assert Intake(flood).asks(ADA, times=3) == [Verdict.TAKEN] * 2 + [Verdict.REFUSED]
    assert flood.judge(first) is Verdict.TAKEN


def test_in_a_chat_that_asks_too_much_whoever_asked_for_little_is_still_heard(clock: Clock) -> None:
    intake = Intake(Flood(1000, 50, clock))
    verdicts = intake.asks(ADA, CAFE, times=60)
    assert verdicts.count(Verdict.TAKEN) == 50
    assert verdicts.count(Verdict.REFUSED) == 1
    assert intake.asks(BOB, CAFE, times=FEW + 1) == [Verdict.TAKEN] * FEW + [Verdict.REFUSED]
    assert intake.asks(ADA) == [Verdict.TAKEN], "in private it is another matter"
    clock.now += SECONDS + 1
    assert intake.asks(ADA, CAFE) == [Verdict.TAKEN]


def test_a_crowd_in_one_chat_is_heard_one_and_all(clock: Clock) -> None:
    intake = Intake(Flood(60, 50, clock))
    crowd = [Account("telegram", str(n), f"p{n}") for n in range(100, 400)]
    assert {verdict for who in crowd for verdict in intake.asks(who, CAFE)} == {Verdict.TAKEN}


def test_counts_that_are_over_are_forgotten(clock: Clock) -> None:
    flood = Flood(60, 600, clock)
    for n in range(30_000):
        flood.judge(Request(f"r{n}", Account("telegram", str(n), ""), "log"))
        clock.now += 0.1
    assert len(flood._persons) < 1300
