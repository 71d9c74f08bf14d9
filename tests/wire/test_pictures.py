"""Pictures over real sockets: on Telegram a photo with its words and buttons, on Discord a media gallery; edited in
place, and left out where they cannot be."""

from typing import Any

import pytest

from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.dialogue.reply import Picture, reply
from bot.dialogue.text import words
from bot.pictures.png import NotRendered, Renderer
from tests.pictures.examples import CLOSING
from tests.platforms.discord import Sent as DiscordSent
from tests.platforms.discord.components import CONTAINER, GALLERY, TEXT, walk
from tests.wire import discord_town, telegram_town

PNG = b"\x89PNG\r\n\x1a\n"
on_telegram, on_discord = telegram_town.tell, discord_town.tell


def shown(text: str) -> Answer:
    return Answer(reply(Picture(CLOSING, words("What it shows.")), words(text)), "en", private=True)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine the first picture may take a while."""
    monkeypatch.setattr("bot.pictures.making.PATIENCE", 60.0)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A renderer that can make nothing."""

    def fail(self: Renderer, svg: str) -> bytes:
        raise NotRendered("broken")

    monkeypatch.setattr(Renderer, "png", fail)


def gallery(sent: DiscordSent) -> dict[str, Any] | None:
    """The item of a message's media gallery."""
    (box,) = [part for part in sent.components if part["type"] == CONTAINER]
    kinds = [part["type"] for part in box["components"]]
    items = [item for part in walk(sent.components) if part["type"] == GALLERY for item in part["items"]]
    assert kinds == ([GALLERY, TEXT] if items else [TEXT])
    return items[0] if items else None


def test_progress_is_a_photo_with_caption_and_buttons_on_telegram(on_telegram: telegram_town.Story) -> None:
    async def story(here: telegram_town.Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await ada.says("/progress")
        sent = await here.server.hears(ada, "Done as planned")
        assert sent.photo
        assert sent.photo.content.startswith(PNG)
        assert "Plan" in sent.labels
        assert sent.html.startswith("<b>6-Month")
        calls = [call.method for call in here.server.calls if call.method.startswith("send")]
        assert calls.count("sendPhoto") == 1

    on_telegram(story)


def test_a_board_turns_into_a_picture_and_changes_in_place_on_telegram(on_telegram: telegram_town.Story) -> None:
    async def story(here: telegram_town.Town) -> None:
        ada = here.server.person("ada", started=True)
        cafe = here.server.group("cafe", supergroup=True)
        cafe.members[ada] = "administrator"
        await here.enrol(ada)
        await ada.says("/group create", cafe)
        await here.server.hears(cafe, "cafe")
        await ada.says("/group join by my name", cafe)
        await ada.says("/log 2h")
        await here.server.hears(ada, "Logged 2 h")
        await ada.says("/leaderboard", cafe)
        board = await here.server.hears(cafe, "Of own plan")
        assert board.photo is None
        await ada.presses("As a picture", cafe)
        await here.server.until(lambda: bool(here.server.called("editMessageMedia")))
        await here.server.until(lambda: board.photo is not None)
        first = board.photo
        await ada.presses("All time", cafe)
        await here.server.until(lambda: board.photo not in {None, first})
        assert "2 h" in board.text
        assert "Month" in board.labels

    on_telegram(story)


def test_words_that_are_too_long_for_a_caption_follow_their_photo(on_telegram: telegram_town.Story) -> None:
    async def story(here: telegram_town.Town) -> None:
        ada = here.server.person("ada", started=True)
        assert here.bot
        account = Account("telegram", str(ada.id), "ada")
        await here.bot.send(account, shown("x" * 1024), "delivery:1")
        await here.bot.send(account, shown("y" * 1025), "delivery:2")
        captioned, picture, rest = [sent for sent in ada.messages if sent.author is None]
        assert (bool(captioned.photo), len(captioned.text)) == (True, 1024)
        assert (bool(picture.photo), picture.text) == (True, "")
        assert (bool(rest.photo), len(rest.text)) == (False, 1025)

    on_telegram(story)


def test_where_photos_are_refused_the_words_go_alone(on_telegram: telegram_town.Story) -> None:
    async def story(here: telegram_town.Town) -> None:
        ada = here.server.person("ada", started=True)
        refusal = (400, "Bad Request: not enough rights to send photos to the chat")
        here.server.fault("refused", "sendPhoto", refusal=refusal)
        assert here.bot
        await here.bot.send(Account("telegram", str(ada.id), "ada"), shown("The words."), "delivery:1")
        sent = await here.server.hears(ada, "The words.")
        assert sent.photo is None

    on_telegram(story)


@pytest.mark.usefixtures("broken")
def test_without_a_renderer_the_words_go_alone_on_telegram(on_telegram: telegram_town.Story) -> None:
    async def story(here: telegram_town.Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await ada.says("/progress")
        sent = await here.server.hears(ada, "Done as planned")
        assert sent.photo is None
        assert "Plan" in sent.labels

    on_telegram(story)


def test_progress_is_a_media_gallery_with_its_words_for_who_does_not_see_on_discord(
    on_discord: discord_town.Story,
) -> None:
    async def story(here: discord_town.Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await ada.slash("progress", {})
        sent = await here.server.hears(ada, "Done as planned")
        item = gallery(sent)
        assert item
        (file,) = sent.files
        assert item["media"]["url"] == f"attachment://{file.name}"
        assert "covered" in item["description"]
        assert sent.attachments[0].description == item["description"]
        assert file.content.startswith(PNG)

    on_discord(story)


def test_a_board_turns_into_a_picture_and_back_in_place_on_discord(on_discord: discord_town.Story) -> None:
    async def story(here: discord_town.Town) -> None:
        ada = here.server.person("ada")
        town = here.server.guild("town", owner=ada, members=[ada])
        cafe = town.channel("cafe")
        await here.enrol(ada)
        await ada.slash("group create", {}, cafe)
        await here.server.hears(cafe, "cafe")
        await ada.slash("group join", {"name": "by my name"}, cafe)
        await ada.slash("log", {"spent": "2h"})
        await here.server.hears(ada, "Logged 2 h")
        await ada.slash("leaderboard show", {}, cafe)
        board = await here.server.hears(cafe, "Of own plan")
        assert gallery(board) is None
        await ada.presses("As a picture", cafe)
        await here.server.until(lambda: gallery(board) is not None)
        first = board.files[0].name
        await ada.presses("All time", cafe)
        await here.server.until(lambda: bool(board.files) and board.files[0].name != first)
        assert len(board.files) == 1
        assert "2 h" in board.plain
        await ada.presses("Week", cafe)
        await ada.presses("Last week", cafe)
        await here.server.until(lambda: not board.files)
        assert gallery(board) is None

    on_discord(story)


@pytest.mark.usefixtures("broken")
def test_without_a_renderer_the_words_go_alone_on_discord(on_discord: discord_town.Story) -> None:
    async def story(here: discord_town.Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await ada.slash("progress", {})
        sent = await here.server.hears(ada, "Done as planned")
        assert gallery(sent) is None
        assert sent.files == []

    on_discord(story)


def test_where_no_files_may_be_sent_the_words_go_alone_on_discord(on_discord: discord_town.Story) -> None:
    async def story(here: discord_town.Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.guild("town", owner=ada, members=[ada]).channel("cafe")
        cafe.allows(attach_files=False)
        await here.server.until(lambda: here.bot.ready)
        assert await here.bot.send(Place("discord", str(cafe.id), "cafe"), shown("The words."), "delivery:1")
        sent = await here.server.hears(cafe, "The words.")
        assert gallery(sent) is None
        await here.enrol(ada, cafe)
        await ada.slash("progress", {}, cafe)
        assert gallery(await here.server.hears(ada, "Done as planned")) is None

    on_discord(story)


def test_what_is_delivered_has_its_picture_on_discord(on_discord: discord_town.Story) -> None:
    async def story(here: discord_town.Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.guild("town", owner=ada, members=[ada]).channel("cafe")
        await here.server.until(lambda: here.bot.ready)
        place = Place("discord", str(cafe.id), "cafe")
        message = await here.bot.send(place, shown("The words."), "delivery:1")
        sent = await here.server.hears(cafe, "The words.")
        item = gallery(sent)
        assert item
        assert item["description"] == "What it shows."
        assert message
        assert await here.bot.edit(place, message, shown("Other words."))
        await here.server.until(lambda: sent.plain == "Other words.")
        assert gallery(sent)
        assert len(sent.files) == 1

    on_discord(story)
