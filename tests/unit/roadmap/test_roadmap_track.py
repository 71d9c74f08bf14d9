"""The ML-researcher track carries the whole original roadmap, what became of it, and what we added."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from roadmap.loader import advice, builtin, tracks
from roadmap.model import Item, Practice
from roadmap.show import as_json
from tests.unit.roadmap.original import CORRECTED, ORIGINAL

TRACK = builtin("ml-researcher")
FACTS = Path(__file__).parents[3].parent / "shared" / "roadmap" / "facts.yaml"


def named(item: Item) -> str:
    assert item.original
    return item.original.text


def test_the_modules_are_the_originals_in_its_order_and_weeks() -> None:
    assert TRACK.title == "6-Month Learning Roadmap for Becoming an ML Researcher"
    assert [(m.weeks, m.title) for m in TRACK.modules] == [(weeks, title) for weeks, title, _, _ in ORIGINAL]


def test_every_resource_and_every_project_of_the_original_is_there() -> None:
    for module, (_, _, resources, projects) in zip(TRACK.modules, ORIGINAL, strict=True):
        assert [named(item) for item in module.items if item.kind == "topic"] == resources
        assert [named(item) for item in module.items if item.kind == "project"] == projects


def test_every_week_has_8_hours_and_all_have_192() -> None:
    weeks = {week: sum(part.minutes for part in TRACK.parts if part.week == week) for week in range(1, 25)}
    assert set(weeks.values()) == {480}
    assert TRACK.minutes == 192 * 60 == sum(weeks.values())


def test_where_the_original_left_the_projects_hours_out_topic_and_project_share_4_and_4() -> None:
    split = [m for m in TRACK.modules if {i.kind for i in m.items} == {"topic", "project"}]
    assert [m.weeks[0] for m in split] == [1, 7, 9, 11, 13, 15]
    for module in split:
        for item in module.items:
            for week in module.weeks:
                assert sum(part.minutes for part in item.parts if part.week == week) == 240
        assert ["hours" in item.ours for item in module.items] == [False, True]


def test_a_wrong_or_renamed_attribution_keeps_its_words_and_leads_to_what_exists() -> None:
    corrected = {
        item.id: (item.original.verdict, item.url)
        for item in TRACK.items.values()
        if item.original and item.original.verdict != "correct"
    }
    assert corrected == CORRECTED
    assert all(item.original and item.original.why for item in TRACK.items.values() if item.id in CORRECTED)
    ours = [item.id for item in TRACK.items.values() if "resource" in item.ours]
    assert ours == [item for item, (verdict, _) in CORRECTED.items() if verdict == "wrong"]


def test_every_paid_resource_has_a_free_way_and_says_what_it_costs() -> None:
    paid = [i.resource for i in TRACK.items.values() if i.resource and i.resource.cost == "paid"]
    assert len(paid) == 4
    for resource in paid:
        assert resource.cost_note
        assert resource.alternatives[0].cost == "free"
        assert "coursera" not in resource.alternatives[0].url


def test_every_resource_says_which_share_of_it_fits_the_hours() -> None:
    assert [i.id for i in TRACK.items.values() if i.resource and not i.resource.fit] == []


def test_what_a_module_needs_and_its_course_lacks_is_bridged() -> None:
    bridged = {i.id: len(i.resource.bridge) for i in TRACK.items.values() if i.resource and i.resource.bridge}
    assert bridged == {"calculus": 1, "neural-networks-dl": 2, "nlp-classification": 1, "fundamentals-of-rl": 1}


def test_every_project_says_where_to_start_when_it_is_done_and_in_which_week_each_criterion_falls() -> None:
    projects = [item for item in TRACK.items.values() if item.kind == "project"]
    assert len(projects) == 8
    for project in projects:
        paths: list[str | None] = [path.id for path in project.paths] or [None]
        for path in paths:
            assert len([criterion for criterion in project.done_when if criterion.path in {None, path}]) >= 4
        assert project.start_with
        assert project.needs
        assert project.alone
        reached = [criterion for part in project.parts for criterion in part.reaches]
        assert sorted(reached) == sorted(criterion.id for criterion in project.done_when)
        assert project.parts[-1].reaches


def test_the_long_projects_have_a_milestone_every_week() -> None:
    for project, weeks in (("kaggle-or-open-source", [17, 18]), ("research-project", [21, 22, 23, 24])):
        assert [part.week for part in TRACK.items[project].parts if part.milestone] == weeks


def test_every_module_has_questions_in_each_of_its_weeks_and_no_question_asks_two_things() -> None:
    assert {q.week for m in TRACK.modules for q in m.questions} == set(range(1, 25))
    questions = [q for m in TRACK.modules for q in m.questions]
    assert all(len(module.questions) >= 6 for module in TRACK.modules)
    assert [q.id for q in questions if len(re.findall(r"\?(?:\s|$)", q.question)) > 1] == []
    assert max(len(q.answer) for q in questions) < 300


def test_the_track_teaches_in_order() -> None:
    assert advice(tracks()["ml-researcher"]) == ()


def test_a_step_fits_a_message() -> None:
    assert [part.do for part in TRACK.parts if len(part.do) > 285] == []


def test_no_step_asks_for_more_than_its_minutes() -> None:
    assert [part.do for part in TRACK.parts if "the whole of course" in part.do] == []
    assert all(30 <= part.minutes <= 240 for part in TRACK.parts)


def test_optional_practice_is_where_the_original_has_no_project() -> None:
    assert {p.id: p.inside for m in TRACK.modules for p in m.practice} == {
        "numpy-math": "linear-algebra",
        "simulate-statistics": "statistics",
        "paper-review": "reading-papers",
    }


def test_ids_have_no_ordinals_so_that_their_order_may_change() -> None:
    practices = [practice for module in TRACK.modules for practice in module.practice]
    owners: list[Item | Practice] = [*TRACK.items.values(), *practices]
    ids = [owner.id for owner in owners] + [c.id for owner in owners for c in owner.done_when]
    ids += [q.id for m in TRACK.modules for q in m.questions]
    assert [name for name in ids if name.rpartition("-")[2].isdigit() or len(name) < 3] == []


def test_what_a_learner_reads_names_no_id() -> None:
    owners: list[Item | Practice] = [o for m in TRACK.modules for owners in (m.items, m.practice) for o in owners]
    ids = {o.id for o in owners} | {c.id for o in owners for c in o.done_when}
    ids |= {m.id for m in TRACK.modules} | {q.id for m in TRACK.modules for q in m.questions}
    words = {word for text in texts(as_json(TRACK)) for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text)}
    assert words & ids == {"epsilon-greedy", "log-probabilities"}, "but for these, which are words of the subject"


def texts(data: Any) -> Iterator[str]:
    """Every text of the track's data but ids and addresses."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | dict):
        hidden = {"id", "item", "inside", "reaches", "requires", "recommends", "replaced_by", "url", "parent_url"}
        hidden |= {"practice", "path"}
        for inner in [value for key, value in data.items() if key not in hidden] if isinstance(data, dict) else data:
            yield from texts(inner)


def test_who_lacks_python_is_told_what_to_do_first() -> None:
    assert any("Basic Python" in text for text in TRACK.assumes)
    assert any("weeks 7-8" in text and "first" in text for text in TRACK.assumes)
    assert TRACK.checked == "2026-11-23"


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    if not FACTS.is_file():
        pytest.skip(f"the facts the track was made from are not beside this checkout ({FACTS})")
    loaded: dict[str, Any] = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return loaded


def test_ids_hours_and_weeks_are_those_of_the_facts(facts: dict[str, Any]) -> None:
    for module, fact in zip(TRACK.modules, facts["modules"], strict=True):
        assert (module.id, list(module.weeks), module.minutes) == (fact["id"], fact["weeks"], fact["hours"] * 60)
        assert list(module.requires) == fact["requires"]
        assert list(module.recommends) == fact["recommends"]
        assert list(module.outcomes) == fact["outcomes"]
        items = [(item["id"], item["hours"] * 60) for item in fact["topics"] + fact["projects"]]
        assert [(item.id, item.minutes) for item in module.items] == items
        assert [p.id for p in module.practice] == [practice["id"] for practice in fact["practice"]]
        for week in fact["plan"]:
            planned = {
                item.id: sum(part.minutes for part in item.parts if part.week == week["week"]) / 60
                for item in module.items
            }
            assert planned == week["items"]


def test_every_address_is_that_of_the_facts(facts: dict[str, Any]) -> None:
    for module in facts["modules"]:
        for topic in module["topics"]:
            resource = TRACK.items[topic["id"]].resource
            assert resource
            fact = topic["resource"]
            assert (resource.url, resource.parent_url) == (fact["url"], fact.get("parent_url"))
            assert (resource.title, resource.provider) == (fact["title"], fact["provider"])
            assert (list(resource.instructors), resource.cost) == (fact["instructors"], fact["cost"])
            assert [link.url for link in resource.alternatives] == [
                other["url"] for other in topic["free_alternatives"]
            ]
            assert [link.url for link in resource.bridge] == [link["url"] for link in topic.get("bridge", [])]
        for project in module["projects"]:
            start = TRACK.items[project["id"]].start_with
            # A page of its own may have taken the place of a general one.
            expected = [urlsplit(link["url"]).hostname for link in project["start_with"]]
            assert [urlsplit(link.url).hostname for link in start] == expected


def test_no_criterion_of_the_facts_is_gone(facts: dict[str, Any]) -> None:
    for module in facts["modules"]:
        for fact in module["projects"]:
            of_project = {criterion.check for criterion in TRACK.items[fact["id"]].done_when}
            assert {criterion["check"] for criterion in fact["done_when"]} <= of_project
            assert len(TRACK.items[fact["id"]].done_when) >= len(fact["done_when"])
