"""What the outline and the data of a roadmap promise to contain."""

import json
from pathlib import Path

from roadmap import loader
from roadmap.show import WIDTH, as_json, hours, outline

SMALL = loader.load(Path(__file__).with_name("small.yaml"))
TRACK = loader.builtin("ml-researcher")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_outline_names_every_module_item_link_criterion_question_and_task() -> None:
    text = flat(outline(TRACK))
    for module in TRACK.modules:
        expected = [module.title, module.note or "", *module.outcomes, *(q.question for q in module.questions)]
        expected += [c.text for practice in module.practice for c in practice.done_when]
        for item in module.items:
            expected += [item.title, item.id, item.stretch or "", item.needs or "", item.url or ""]
            expected += [part.do for part in item.parts] + [part.milestone or "" for part in item.parts]
            expected += [criterion.text for criterion in item.done_when]
            expected += [link.title for link in item.start_with] + [link.url for link in item.start_with]
            if item.original:
                expected += [item.original.text, item.original.why]
            if item.resource:
                others = item.resource.alternatives + item.resource.bridge
                expected += [link.url for link in others] + [link.title for link in others]
                expected += [item.resource.title, item.resource.cost_note or "", item.resource.fit or ""]
        assert [want for want in expected if flat(want) not in text] == []


def test_the_outline_keeps_its_width_but_for_addresses() -> None:
    for line in outline(TRACK).splitlines():
        assert len(line) <= WIDTH or "http" in line


def test_the_outline_gives_no_answer_away() -> None:
    text = flat(outline(TRACK))
    assert [q.id for m in TRACK.modules for q in m.questions if len(q.answer) > 12 and flat(q.answer) in text] == []


def test_the_outline_says_what_is_wrong_with_the_original_and_what_is_ours() -> None:
    text = flat(outline(SMALL))
    assert "In the original: The book of tea (renamed). It is a website now." in text
    assert "Topic: Kinds of tea [kinds], 2 h (ours: parts)" in text
    assert "Practice (ours, optional): Blind tasting [blind-tasting], 1 h inside kinds" in text
    assert "Week 2, 1.5 h: Brew and drink. Milestone: A first cup." in text
    assert "Week 3: Water [water], 2 h" in text
    assert "Done when: - The cup is empty. [drunk, self, week 2]" in text
    assert "Cost: paid." in text


def test_the_outline_marks_what_costs_money_among_the_alternatives() -> None:
    text = flat(outline(TRACK))
    assert "Coursera 'Supervised Machine Learning', week 3 (classification) (paid) https://" in text
    assert "Stanford CS224n (lectures and notes) https://" in text
    assert "paid) (paid)" not in text


def test_the_data_is_json_with_minutes_and_a_stable_order() -> None:
    data = as_json(SMALL)
    assert json.loads(json.dumps(data)) == data
    assert list(data)[:4] == ["id", "version", "title", "summary"]
    assert data["minutes"] == 360
    assert data["modules"][0]["weeks"] == [1, 2]
    assert data["modules"][0]["items"][0]["parts"][0] == {
        "item": "kinds",
        "week": 1,
        "minutes": 90,
        "do": "Read the first half.",
        "milestone": None,
        "reaches": [],
        "links": [],
        "teaches": [],
        "uses": [],
        "practice": None,
    }
    assert data["modules"][0]["items"][1]["parts"][1]["reaches"] == ["drunk"]
    assert data["modules"][1]["items"][0]["resource"]["url"] == "https://tea.example/water"


def test_minutes_are_shown_as_people_say_them() -> None:
    assert [hours(minutes) for minutes in (480, 90, 30, 20, 15)] == ["8 h", "1.5 h", "0.5 h", "20 min", "15 min"]
