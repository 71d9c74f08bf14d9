"""What a limit allows: bulk is spaced evenly, room is kept for as many replies as come, a lowered limit recovers."""

import random
from itertools import pairwise

import pytest

from bot.adapters.rates import MARGIN, Fastest, Spacing, Window


def sent_evenly(spacing: Spacing, begin: float, end: float) -> list[float]:
    """When bulk is sent between two instants with nothing else going on."""
    instants, now = list[float](), begin
    while (now := max(now, spacing.free_at(now))) < end:
        instants.append(now)
        spacing.sent(now)
    return instants


def test_bulk_goes_evenly_and_uses_nearly_all() -> None:
    steady = sent_evenly(Spacing(Window(30, 1)), 0, 21)[10:]
    gaps = [later - earlier for earlier, later in pairwise(steady)]
    assert max(gaps) - min(gaps) < 0.001
    assert 0.96 < 1 / max(gaps) / 30 < 0.98


def test_a_reply_puts_bulk_off_by_its_own_share() -> None:
    spacing = Spacing(Window(30, 1))
    quiet = len(sent_evenly(spacing, 0, 10))
    for n in range(50):
        spacing.sent(10 + n * 0.1)
    assert len(sent_evenly(spacing, 15, 20)) >= quiet / 2 - 2
    spacing = Spacing(Window(30, 1))
    instants, replies = list[float](), 0
    for tenth in range(100):
        spacing.sent(tenth / 10)
        replies += 1
        instants += sent_evenly(spacing, tenth / 10, (tenth + 1) / 10)
    assert 0.95 < (len(instants) + replies) / 10 / 30 < 0.99


def test_room_is_kept_for_as_many_replies_as_came_at_once_and_given_back() -> None:
    spacing = Spacing(Window(30, 1))
    alone = len(sent_evenly(spacing, 0, 10))
    spacing.crowded(7, 10)
    assert len(sent_evenly(spacing, 10, 20)) == pytest.approx(alone, abs=5), "so few are quick in any case"
    spacing.crowded(15, 20)
    crowded = len(sent_evenly(spacing, 20, 25)) * 2
    assert crowded < alone * 0.8
    assert crowded > alone * (1 - Spacing.MOST) - 3
    assert len(sent_evenly(spacing, 200, 210)) >= alone * 0.98


def test_a_limit_that_was_lowered_comes_back_by_and_by() -> None:
    window = Window(30, 1)
    for _ in range(10):
        window.lower(100)  # refused together, lowered once
    assert window.allowed(100) == 24
    window.lower(102)
    assert window.allowed(102) == pytest.approx(19.2, abs=0.1)
    assert window.allowed(102) < window.allowed(200) < 30
    assert window.allowed(1000) == 30


def test_the_fastest_trip_is_within_the_margin_of_what_any_trip_can_take() -> None:
    """Each way takes 40 ms and up to 100 ms more: what need not be waited for is never more than one way there and
    another way back together, as far as the margin goes."""
    dice, fastest = random.Random(5), Fastest()  # noqa: S311 - nothing is secret here
    for n in range(2000):
        there, back = (0.04 + dice.random() * 0.1 for _ in range(2))
        trip = fastest.trip("message", n * 0.04, n * 0.04 + there + back)
        assert trip <= 0.08 + MARGIN
        assert n >= Fastest.SURE or trip == 0
    assert trip > 0.07
    assert fastest.trip("file", 0, 0.1) == 0, "of another kind nothing is known"


def test_a_network_that_became_slower_is_learned_and_one_that_became_faster_at_once() -> None:
    fastest = Fastest()
    for n in range(100):
        fastest.trip("message", n, n + 0.1)
    assert fastest.trip("message", 101, 101.05) == pytest.approx(0.05)
    for n in range(200):
        learned = fastest.trip("message", 102 + n, 102 + n + 0.2)
    assert learned == pytest.approx(0.2)
