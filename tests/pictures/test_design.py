"""Pictures can be read: on a phone, on a light chat and a dark one, and by who sees colours differently."""

import re
from itertools import pairwise

import pytest

from bot.dialogue.facts import Facts
from bot.pictures import design
from bot.pictures.design import contrast, luminance
from bot.pictures.drawing import draw
from tests.pictures.examples import EXAMPLES, progress

ALL = [*EXAMPLES.values(), progress(1), progress(40)]


@pytest.mark.parametrize("colour", design.TEXTS)
def test_texts_contrast_with_the_card(colour: str) -> None:
    assert contrast(colour, design.CARD) >= 4.5


@pytest.mark.parametrize("colour", design.MARKS)
def test_marks_and_lines_contrast_with_the_card(colour: str) -> None:
    assert contrast(colour, design.CARD) >= 3


def test_shades_differ_by_lightness_in_one_direction() -> None:
    light = [luminance(colour) for colour in (design.EMPTY, *design.SHADES)]
    assert light == sorted(light, reverse=True)
    assert all(contrast(lighter, darker) >= 1.25 for lighter, darker in pairwise((design.EMPTY, *design.SHADES)))


def test_the_card_is_seen_in_a_dark_chat_and_its_border_in_a_light_one() -> None:
    for dark in ("#313338", "#17212b"):  # Discord's and Telegram's
        assert contrast(design.CARD, dark) >= 7
    assert contrast(design.BORDER, "#ffffff") >= 1.5


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("facts", ALL)
def test_every_text_can_be_read_on_a_phone_and_has_a_colour_of_the_design(facts: Facts, locale: str) -> None:
    svg = draw(facts, locale)
    texts = re.findall(r'<text x="([\d.]+)" y="[\d.]+" font-size="([\d.]+)"[^>]* fill="(#\w+)"', svg)
    assert texts
    for x, size, fill in texts:
        assert float(size) >= 12
        assert fill in design.TEXTS
        assert 0 <= float(x) <= design.WIDTH
    assert f'width="{design.WIDTH * 2}"' in svg
