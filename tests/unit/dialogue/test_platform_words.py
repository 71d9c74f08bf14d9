"""Platforms name their own rights; no other text names a platform."""

from pathlib import Path

import pytest

import bot
from bot import platforms
from bot.dialogue.platform_words import ANY_PLATFORM, PlatformWords
from bot.locales.extract import texts

WORDS = {"any platform": ANY_PLATFORM, **platforms.words()}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_every_platform_says_what_to_do_about_each_refusal(words: PlatformWords) -> None:
    assert set(words.refused) == {"access", "rights", "closed"}


def test_what_commands_say_names_no_platform() -> None:
    root = Path(bot.__file__).parent.parent
    named = [
        (text.file, text.message)
        for text in texts()
        if (root / text.file).is_relative_to(root / "bot" / "commands")
        or (root / text.file).is_relative_to(root / "bot" / "dialogue")
        if any(plugin.title in "".join(text.message) for plugin in platforms.PLATFORMS)
    ]
    assert named == []
