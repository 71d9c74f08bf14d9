"""A learner does the whole roadmap: every module and project in order, and done when it was promised."""

import re
from datetime import timedelta

import pytest

from bot.adapters.terminal.chats import Message
from tests.conftest import MONDAY, Talk
from tests.dialogues.plain_track import ENGLISH, steps


def script(hours: int, weeks: int) -> str:
    """Start on a Monday at 08:00, then every week: log the hours on Tuesday, answer the check-in on Sunday evening."""
    lines = ["u1: /start", f"u1: [{hours} h a week]", "u1: [UTC]"]
    for week in range(weeks):
        tuesday = MONDAY + timedelta(weeks=week, days=1, hours=4)
        sunday = MONDAY + timedelta(weeks=week, days=6, hours=12)
        lines += [f"={tuesday.isoformat()}", f"u1: /log {hours}h"]
        lines += [f"={sunday.isoformat()}", "u1: [Done]"]
    return "\n".join([*lines, "u1: /progress", "+4w"])


def play(talk: Talk, hours: int, weeks: int) -> list[Message]:
    """All messages of a learner who studies so many hours a week for so many weeks."""
    return talk(script(hours, weeks))


@pytest.mark.parametrize(("hours", "weeks"), [(8, 24), (4, 48)])
def test_the_whole_roadmap_ends_in_its_last_week(talk: Talk, hours: int, weeks: int) -> None:
    sent = play(talk, hours, weeks)
    delivered = [message for message in sent if message.kind == "delivery"]
    announced = [m for m in delivered if re.match(r"Week \d+ of ", m.shown.text)]
    asked = [m for m in delivered if m.shown.text.startswith("Check-in")]

    assert len(announced) == weeks
    assert len(asked) == weeks
    assert len(delivered) == 2 * weeks  # and nothing after the end
    for number, message in enumerate(announced):
        assert message.at == MONDAY + timedelta(weeks=number, hours=1)
        assert message.shown.text.startswith(f"Week {number + 1} of {weeks}: ")
    for number, message in enumerate(asked):
        assert message.at == MONDAY + timedelta(weeks=number, days=6, hours=10)

    finished = [m for m in sent if "you have finished it" in m.shown.text]
    assert [m.at for m in finished] == [MONDAY + timedelta(weeks=weeks - 1, days=1, hours=4)]
    assert re.search(r"Studied: +192 h\n", finished[0].shown.text)
    assert f"{weeks} weeks with hours, {weeks} met" in finished[0].shown.text
    assert "100% · 192 h of 192 h" in sent[-1].shown.text
    last = next(m.shown.text for m in reversed(sent) if "Studied so far" in m.shown.text)
    assert re.search(r"Studied so far: +192 h", last)
    assert re.search(rf"Streak: +{weeks} weeks", last)

    _in_order(announced)


def _in_order(announced: list[Message]) -> None:
    """Every module is announced in the roadmap's order, and each item by its name in its weeks."""
    titles = [re.match(r"Week \d+ of \d+: (.*)", m.shown.text) for m in announced]
    modules = list(dict.fromkeys(match[1] for match in titles if match))
    assert modules == [module["title"] for module in ENGLISH["modules"]]
    text = "\n".join(m.shown.text for m in announced)
    places = [text.index(item["title"]) for module in ENGLISH["modules"] for item in module["items"]]
    assert places == sorted(places)


def test_every_week_announces_its_items_and_the_first_of_its_steps(talk: Talk) -> None:
    titles = {item["id"]: item["title"] for module in ENGLISH["modules"] for item in module["items"]}
    announced = [m for m in play(talk, 8, 24) if m.kind == "delivery" and m.shown.text.startswith("Week ")]
    for number, message in enumerate(announced, start=1):
        text = message.shown.text
        of_week = [step for step in steps("en") if step.week == number]
        assert of_week[0].do in text, f"week {number}"
        shown = [step.do in text for step in of_week]
        assert shown == sorted(shown, reverse=True), f"week {number} shows a step before one that comes first"
        for step, whole in zip(of_week, shown, strict=True):
            assert whole or f"of “{titles[step.item]}”." in text, f"week {number}: {step.item}"
            assert not whole or all(address in text for address in step.addresses), f"week {number}: {step.do}"
