"""Pictures are made beside everything else: quickly, once, and where it fails the words go without."""

import asyncio
import logging
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from time import process_time, sleep

import pytest

from bot.dialogue.facts import Facts
from bot.dialogue.reply import Picture, reply
from bot.dialogue.text import Text
from bot.pictures import making
from bot.pictures.drawing import draw
from bot.pictures.making import Pictures
from bot.pictures.png import NotRendered, Renderer, to_png
from tests.pictures.examples import CLOSING, EXAMPLES, progress

PNG = b"\x89PNG\r\n\x1a\n"
MOST = 0.150
"""Seconds of a processor for one picture."""


def picture(facts: Facts = CLOSING) -> Picture:
    return Picture(facts, Text("A picture."))


@pytest.mark.parametrize("facts", [*EXAMPLES.values(), progress(60)])
def test_a_picture_takes_at_most_150_ms(facts: Facts) -> None:
    to_png(draw(facts, "en"))  # loads the library and the font
    taken = []
    for _ in range(9):
        before = process_time()
        png = to_png(draw(facts, "de"))
        taken.append(process_time() - before)
    assert min(taken) <= MOST
    assert png.startswith(PNG)
    assert int.from_bytes(png[16:20], "big") == 720
    assert len(png) < 200_000


def test_nothing_is_loaded_before_the_first_picture() -> None:
    modules = "bot.app, bot.adapters.telegram.platform, bot.adapters.discord.platform, bot.pictures.making"
    code = f"import sys, {modules}; print('resvg_py' in sys.modules, 'fontpkg' in sys.modules)"
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert outcome.stdout.split() == ["False", "False"]


def test_a_picture_is_made_once_in_a_thread_of_its_own() -> None:
    rendered: list[str] = []

    def render(svg: str) -> bytes:
        rendered.append(threading.current_thread().name)
        return PNG

    async def story() -> None:
        pictures = Pictures(render)
        first = await pictures.drawn(reply(picture(), Text("Words.")), "en")
        again = await pictures.drawn(reply(Text("Other words."), picture()), "en")
        assert first
        assert first == again
        assert (first.png, first.alt) == (PNG, "A picture.")
        german = await pictures.drawn(reply(picture()), "de")
        other = await pictures.drawn(reply(picture(replace(CLOSING, met=3))), "en")
        assert german
        assert other
        assert len({first.name, german.name, other.name}) == 3
        assert await pictures.drawn(reply(Text("Words.")), "en") is None

    asyncio.run(story())
    assert len(rendered) == 3
    assert all(name.startswith("pictures") for name in rendered)


def test_only_the_last_pictures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "KEPT", 2)
    rendered: list[str] = []

    def render(svg: str) -> bytes:
        rendered.append(svg)
        return PNG

    async def story() -> None:
        pictures = Pictures(render)
        for met in (1, 2, 3, 3, 2, 1):
            await pictures.drawn(reply(picture(replace(CLOSING, met=met))), "en")

    asyncio.run(story())
    assert len(rendered) == 4


def test_nothing_is_kept_of_before_somebody_was_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    pictures: Pictures

    def render(svg: str) -> bytes:
        rendered.append(svg)
        return PNG

    async def story() -> None:
        nonlocal pictures
        pictures = Pictures(render)
        await pictures.drawn(reply(picture()), "en")
        pictures.drop()
        under_way = asyncio.create_task(pictures.drawn(reply(picture()), "en"))
        await asyncio.sleep(0)
        pictures.drop()  # what is drawn at that moment is sent, and not kept either
        assert await under_way
        await pictures.drawn(reply(picture()), "en")
        assert len(rendered) == 3
        # other processes hear of no deletion: they keep nothing for long
        monkeypatch.setattr(making, "KEPT_FOR", -1.0)
        await pictures.drawn(reply(picture()), "en")

    asyncio.run(story())
    assert len(rendered) == 4


@pytest.mark.parametrize("failure", [NotRendered("no"), ValueError("no")])
def test_where_it_fails_the_words_go_without(failure: Exception, caplog: pytest.LogCaptureFixture) -> None:
    def render(svg: str) -> bytes:
        raise failure

    assert asyncio.run(Pictures(render).drawn(reply(picture()), "en")) is None
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "words go without" in record.message


def test_nobody_waits_for_a_picture_for_long(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0.05)
    release = threading.Event()

    def render(svg: str) -> bytes:
        release.wait(60)
        return PNG

    async def story() -> None:
        assert await Pictures(render).drawn(reply(picture()), "en") is None
        release.set()

    asyncio.run(story())
    assert "too late" in caplog.text


def test_of_very_many_pictures_at_once_some_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "WAITING", 3)

    def render(svg: str) -> bytes:
        sleep(0.02)
        return PNG

    async def story() -> list[object]:
        pictures = Pictures(render)
        asked = (pictures.drawn(reply(picture(replace(CLOSING, met=n))), "en", long=True) for n in range(8))
        return await asyncio.gather(*asked)

    assert sum(drawn is not None for drawn in asyncio.run(story())) == 3


def test_the_renderer_comes_back_after_it_was_killed() -> None:
    renderer = Renderer()
    assert renderer.png(draw(CLOSING, "en")).startswith(PNG)
    with pytest.raises(NotRendered, match="cannot"):
        renderer.png("no picture")
    process = renderer._process
    assert process
    process.kill()
    process.wait()
    assert renderer.png(draw(CLOSING, "en")).startswith(PNG)
    renderer.end()


def test_a_renderer_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hanging = tmp_path / "hangs.py"
    hanging.write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setattr("bot.pictures.png.__file__", str(hanging))
    monkeypatch.setattr("bot.pictures.png.SECONDS", 0.2)
    with pytest.raises(NotRendered):
        Renderer().png(draw(CLOSING, "en"))
