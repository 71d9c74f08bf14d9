"""The same facts are the same picture, and nobody's words break one."""

import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from bot.dialogue.facts import BoardFacts, BoardRow, ClosingFacts, Facts, GroupWeekFacts
from bot.pictures.drawing import draw
from bot.pictures.svg import drawable, shortened, width_of, wrapped
from tests.pictures.examples import BOARD, CLOSING, EXAMPLES, FIRST, GROUP_WEEK, HOSTILE, progress


def words(svg: str) -> list[str]:
    """The texts of a picture; raises where it is no XML."""
    return [element.text or "" for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314


@pytest.mark.parametrize("facts", EXAMPLES.values())
def test_the_same_facts_are_the_same_picture(facts: Facts) -> None:
    assert draw(facts, "en") == draw(facts, "en")
    assert draw(facts, "en") != draw(facts, "de")


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_can_be_drawn(name: str) -> None:
    rows = (BoardRow(1, name, 60, 50, late=True), BoardRow(2, name, 0, None, late=False))
    many: list[Facts] = [
        replace(BOARD, group=name, rows=rows),
        replace(GROUP_WEEK, group=name, met=(name,) * 12, more=9),
        replace(CLOSING, title=name),
        replace(progress(), title=name),
    ]
    for facts in many:
        assert words(draw(facts, "de"))


def test_numbers_are_those_of_the_facts() -> None:
    drawn = words(draw(BOARD, "en"))
    assert [drawn[4], drawn[5], drawn[6]] == ["Ada", "8 h 30 min", "106%"]
    assert "3 h 45 min*" in drawn
    assert "3 more are on the board." in drawn
    assert "19 h 35 min" in words(draw(GROUP_WEEK, "en"))
    assert {"193 h 30 min", "26", "21"} <= set(words(draw(CLOSING, "en")))


def test_what_stands_behind_an_amount_never_runs_into_it() -> None:
    # Pages show it in fonts of the device, whose letters may be wider: it has no place of its own.
    percent, note = re.findall(r">([^<>]+)<tspan dx=[^>]+>([^<]+)</tspan></text>", draw(progress(13), "en"))[0]
    assert percent.endswith("%")
    assert note.endswith(" of 192 h")


def test_where_no_end_is_known_the_picture_says_why() -> None:
    facts = replace(progress(), planned=None, at_pace=None)
    drawn = words(draw(facts, "en"))
    assert "Done as planned: open while you are on pause" in drawn
    assert "Done at your pace: your first week tells" in drawn


@pytest.mark.parametrize("weeks", [1, 2, 3, 13, 26, 27, 60])
def test_any_number_of_weeks_fits(weeks: int) -> None:
    svg = draw(progress(weeks), "en")
    assert all(-1 <= float(x) <= 361 for x in re.findall(r'[ "]x="(-?[\d.]+)"', svg))


@pytest.mark.parametrize("days", [0, 1, 400, 40_000])
def test_an_end_that_is_far_away_leaves_the_chart(days: int) -> None:
    facts = progress()
    far = replace(facts, at_pace=facts.today + timedelta(days=days))
    points = re.findall(r'points="([^"]+)"', draw(far, "en"))
    assert all(0 <= float(point.split(",")[0]) <= 360 for line in points for point in line.split())


def test_empty_facts_are_a_picture_too() -> None:
    empty: list[Facts] = [
        BoardFacts("", FIRST, FIRST, (), 0),
        GroupWeekFacts("", FIRST, FIRST, 0, (), 0, 0),
        ClosingFacts("", FIRST, FIRST, 0, 0, 0),
        replace(progress(1), covered=0, total=0, goal=0, studied=((0, 0),), due=((0, 0),), weeks=()),
    ]
    for facts in empty:
        words(draw(facts, "en"))


def test_words_that_are_too_wide_end_with_an_ellipsis() -> None:
    assert shortened("Ada", 100, 14) == "Ada"
    cut = shortened("A very long name indeed", 60, 14)
    assert cut.endswith("…")
    assert width_of(cut, 14) <= 60
    assert wrapped("one two three four", 60, 14, 2)[1].startswith("three")


def test_what_the_font_does_not_have_is_left_out() -> None:
    assert drawable("Linus 👍") == "Linus"
    assert drawable("李") == "…"
    assert drawable("Ελλάδα, Київ, Zürich") == "Ελλάδα, Київ, Zürich"
