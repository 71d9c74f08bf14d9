"""What a reply looks like as lines of text."""

from datetime import date

from bot.adapters.terminal.conversation import pressed
from bot.adapters.terminal.render import PICTURE, render, save
from bot.dialogue.reply import (
    Attachment,
    Bar,
    Bullets,
    Button,
    Fields,
    Heading,
    Line,
    LinkButton,
    Picture,
    Table,
    reply,
)
from bot.dialogue.text import Day, Minutes, Percent, Text, words
from tests.pictures.examples import EXAMPLES, progress


def text(*blocks: object, width: int | None = None) -> str:
    return render(reply(*blocks), "en", width).text  # type: ignore[arg-type]


def test_a_table_is_aligned_also_with_wide_letters() -> None:
    rows = (
        (words("李雷"), Text("{t}", t=Minutes(90))),
        (words("Ada"), Text("{t}", t=Minutes(5))),
    )
    assert text(Table((words("Name"), words("Hours")), rows, numeric=1)).splitlines() == [
        "Name       Hours",
        "李雷  1 h 30 min",
        "Ada        5 min",
    ]


def test_fields_stand_under_each_other() -> None:
    assert text(Fields(((words("Plan"), words("on plan")), (words("Streak"), words("2"))))).splitlines() == [
        "Plan:   on plan",
        "Streak: 2",
    ]


def test_a_bar_is_never_longer_than_itself() -> None:
    for share, full in ((-1, 0), (0, 0), (0.5, 12), (0.999, 23), (1, 24), (7, 24)):
        drawn = text(Bar(share, words("x")))
        assert drawn.count("█") == full
        assert len(drawn) == 24 + 2


def test_long_paragraphs_are_wrapped_under_their_mark() -> None:
    assert text(Bullets((words("one two three four five six seven eight"),)), width=30).splitlines() == [
        "• one two three four five six",
        "  seven eight",
    ]


def test_a_heading_stands_apart_and_a_list_belongs_to_its_line() -> None:
    drawn = text(Line(words("a")), Bullets((words("b"),)), Line(words("c")), Heading(words("d")), Line(words("e")))
    assert drawn.splitlines() == ["a", "• b", "", "c", "", "d", "e"]


def test_nothing_typed_can_colour_move_or_mirror_the_terminal() -> None:
    assert text(words("\x1b[31mred\x07\u202eover\u2066\x9b1m")) == "[31mredover1m"


def test_values_are_written_as_the_language_has_them() -> None:
    sentence = Text("{day}: {share}, {n}", day=Day(date(2026, 3, 3)), share=Percent(75), n=1234)
    assert text(sentence) == "Tue, 3 Mar 2026: 75%, 1,234"


def test_buttons_come_with_tokens_that_work_after_a_restart() -> None:
    shown = render(reply(buttons=(Button(words("Undo"), "undo", {"entry": "7"}),)), "en")
    assert shown.buttons == (("Undo", "1.undo?entry=7"),)


def test_a_file_never_takes_the_place_of_another(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    file = Attachment("../export.json", "application/json", "{}")
    saved = save((file, file), folder)
    assert [path.name for path in saved] == ["export.json", "export-2.json"]
    assert all(path.parent == folder and path.stat().st_mode & 0o077 == 0 for path in saved)


def test_a_typed_number_presses_the_button_that_was_meant() -> None:
    hours = [("8 h a week", "a"), ("4 h a week", "b"), ("12 h a week", "c")]
    assert pressed("8", hours) == "a"
    assert pressed("4", hours) == "b"
    assert pressed("1", hours) == "a"  # no label begins with 1: the first button
    assert pressed("3", hours) == "c"
    assert pressed("7", hours) is None
    assert pressed("0", hours) is None
    assert pressed("[12 h a week]", hours) == "c"
    with_a_language = [*hours, ("6 h a week", "d"), ("Deutsch", "e")]
    assert pressed("5", with_a_language) is None  # 5 hours
    assert pressed("deutsch", with_a_language) == "e"
    times = [("30 min", "a"), ("1 h", "b"), ("1 h 30 min", "c")]
    assert pressed("1", times) is None  # two labels begin with 1: the words speak for themselves
    assert pressed("/today", times) is None


def test_a_link_stands_below_the_text_with_its_address() -> None:
    shown = render(reply(words("Read it."), links=[LinkButton(words("The book"), "https://x.test/book")]), "en")
    assert shown.text == "Read it.\n→ The book <https://x.test/book>"
    assert shown.links == (("The book", "https://x.test/book"),)
    assert shown.buttons == ()


def test_a_heatmap_is_drawn_below_the_words_as_many_weeks_as_fit() -> None:
    answer = reply(Picture(progress(13), words("alt")), words("Studied."))
    wide = render(answer, "en")
    drawn = [row.text for row in wide.rows if row.style == PICTURE]
    assert wide.rows[0].text == "Studied."
    assert len(drawn) == 9
    assert drawn[0].split() == ["Jan", "Feb", "Mar", "Apr"]
    assert drawn[1] == "Mon  ▓ ▓ ▓ · · ▒ ▓ · · · ▓ · ▓"
    assert drawn[-1] == "     ✓ ✓ ◐ ✓ ○ ✓ ✓ ‖ ‖ ◐ ✓ ✓ …"
    narrow = [row.text for row in render(answer, "de", width=15).rows if row.style == PICTURE]
    assert narrow[1].startswith("Mo   ")
    assert narrow[-1].split() == ["‖", "◐", "✓", "✓", "…"]
    assert max(map(len, narrow)) <= 15


def test_other_pictures_and_a_first_week_are_not_drawn() -> None:
    for facts in (*(facts for name, facts in EXAMPLES.items() if name != "progress"), progress(1)):
        assert render(reply(Picture(facts, words("alt")), words("Words.")), "en").text == "Words."
