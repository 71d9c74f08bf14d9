"""Messages are sent, edited and deleted."""

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
)

from tests.platforms.selftests.telegram.talking import Clock, keys, picture, talk
from tests.platforms.telegram import (
    Button,
    File,
    TelegramServer,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_everything_about_a_message_is_seen_as_it_was_sent() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", language="de", last_name="L", username="ada_l", started=True)
        update = await ada.says("/log 1h30")
        assert update.message
        answer = await bot.send_message(
            ada.id,
            "done",
            disable_notification=True,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=ReplyParameters(update.message.id),
            reply_markup=InlineKeyboardMarkup(
                [[InlineKeyboardButton("Undo", callback_data="u:1"), InlineKeyboardButton("Docs", "https://x.org")]]
            ),
        )
        sent = ada.last
        assert sent is ada.messages[0]
        assert sent.buttons == [[Button("Undo", "u:1"), Button("Docs", None, "https://x.org")]]
        assert (sent.id, sent.silent, sent.preview) == (answer.message_id, True, False)
        assert answer.reply_to_message
        assert answer.reply_to_message.text == "/log 1h30"
        assert answer.chat.username == "ada_l"
        assert [event.kind for event in server.seen] == ["reply"]
        assert server.calls[0].result["message_id"] == sent.id

    talk(work)


def test_documents_and_photos_arrive_with_their_bytes_and_can_be_sent_again_by_id() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = await bot.send_document(
            ada.id, b'{"all": 1}', filename="daten.json", caption="<b>All</b>", parse_mode="HTML"
        )
        assert sent.document
        assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("daten.json", 10, "All")
        await bot.send_document(ada.id, sent.document.file_id)
        await bot.send_photo(ada.id, picture(), caption="a chart", reply_markup=keys("Next"))
        assert ada.messages[0].document == File("daten.json", b'{"all": 1}', "application/json")
        assert ada.messages[1].document == ada.messages[0].document
        photo = ada.messages[2].photo
        assert photo
        assert photo.content == picture()
        assert server.problems == []
        for wrong in (b"no picture", picture(9000, 2000), picture(2000, 50)):
            with pytest.raises(BadRequest):
                await bot.send_photo(ada.id, wrong)
        with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
            await bot.send_document(ada.id, "document-unknown")
        assert len(server.problems) == 3

    talk(work, problems=True)


def test_an_edit_changes_the_message_in_place_and_the_past_stays_in_what_was_seen() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = await bot.send_message(ada.id, "one", reply_markup=keys("A", "B"))
        edited = await bot.edit_message_text("two", ada.id, sent.message_id, reply_markup=keys("C"))
        assert not isinstance(edited, bool)
        assert edited.edit_date
        assert [(message.text, message.labels, message.edited) for message in ada.messages] == [("two", ["C"], 1)]
        await bot.edit_message_reply_markup(ada.id, sent.message_id, reply_markup=keys("D"))
        await bot.edit_message_text("three", ada.id, sent.message_id)
        assert ada.messages[0].labels == [], "an edit without a keyboard takes it away"
        before = [(event.kind, event.text, event.sent.labels) for event in server.seen if event.sent]
        assert before == [
            ("reply", "one", ["A", "B"]),
            ("edit", "two", ["C"]),
            ("edit", "two", ["D"]),
            ("edit", "three", []),
        ]

    talk(work)


def test_an_edit_that_changes_nothing_or_has_nothing_to_change_is_refused() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        update = await ada.says("hello")
        assert update.message
        sent = await bot.send_message(ada.id, "<b>one</b>", parse_mode="HTML", reply_markup=keys("A"))
        file = await bot.send_document(ada.id, b"x", caption="c")
        for refusal, act in [
            ("Message is not modified: specified new", bot.edit_message_text("one", ada.id, sent.message_id)),
            ("Message to edit not found", bot.edit_message_text("x", ada.id, 999)),
            ("Message can't be edited", bot.edit_message_text("x", ada.id, update.message.id)),
            ("There is no text in the message", bot.edit_message_text("x", ada.id, file.message_id)),
            ("There is no caption in the message", bot.edit_message_caption(ada.id, sent.message_id, caption="x")),
        ]:
            if refusal.startswith("Message is not"):
                await bot.edit_message_text("one", ada.id, sent.message_id, parse_mode="HTML")
            with pytest.raises(BadRequest, match=refusal):
                await act
        await bot.edit_message_caption(ada.id, file.message_id, caption="d")
        assert ada.messages[1].text == "d"

    talk(work)


def test_a_deleted_message_is_gone_for_edits_and_replies() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = await bot.send_message(ada.id, "gone soon")
        assert await bot.delete_message(ada.id, sent.message_id)
        assert (ada.messages[0].alive, ada.last, server.seen[-1].kind) == (False, None, "delete")
        with pytest.raises(BadRequest, match="Message to delete not found"):
            await bot.delete_message(ada.id, sent.message_id)
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("x", ada.id, sent.message_id)
        reply = ReplyParameters(sent.message_id)
        with pytest.raises(BadRequest, match="Message to be replied not found"):
            await bot.send_message(ada.id, "x", reply_parameters=reply)
        lenient = ReplyParameters(sent.message_id, allow_sending_without_reply=True)
        assert (await bot.send_message(ada.id, "x", reply_parameters=lenient)).reply_to_message is None

    talk(work)


def test_after_two_days_a_message_cannot_be_deleted() -> None:
    wall = Clock()

    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = await bot.send_message(ada.id, "old soon")
        wall.now += 48 * 3600 + 1
        with pytest.raises(BadRequest, match="can't be deleted for everyone"):
            await bot.delete_message(ada.id, sent.message_id)

    talk(work, wall=wall)


def test_a_text_turns_into_a_photo_and_never_back() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        text = await bot.send_message(ada.id, "words", reply_markup=keys("Picture"))
        photo = InputMediaPhoto(picture(20, 30), "more words")
        await bot.edit_message_media(photo, ada.id, text.message_id, reply_markup=keys("Week"))
        (sent,) = ada.messages
        assert sent.photo
        assert (sent.text, sent.labels, sent.edited) == ("more words", ["Week"], 1)
        with pytest.raises(BadRequest, match="no text in the message to edit"):
            await bot.edit_message_text("words", ada.id, text.message_id)
        with pytest.raises(BadRequest, match="not modified"):
            await bot.edit_message_media(photo, ada.id, text.message_id, reply_markup=keys("Week"))
        with pytest.raises(BadRequest, match="Image_process_failed"):
            await bot.edit_message_media(InputMediaPhoto(b"none"), ada.id, text.message_id)
        assert len(server.problems) == 1

    talk(work, problems=True)
