"""Whatever somebody brings as a file gets an answer, and changes nothing before an organiser says so."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.request import FILE_LIMIT, File
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.storage.frontend import SORRY, Frontend, forged, frontend, shown, tokens
from tests.storage.stored_rows import count, lines

TEA = (Path(__file__).parents[1] / "dialogues" / "files" / "tea.yaml").read_bytes()


@pytest.fixture
def here(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    """Ada organises a group, eve is in it, mallory in another."""
    frontend_ = frontend(sqlite, roadmaps)
    for who in ("ada", "eve", "mallory"):
        frontend_.enrol(who)
    frontend_.say("ada", "/group create", "/group join by my name", group="cafe")
    frontend_.say("eve", "/group join by my name", group="cafe")
    frontend_.say("mallory", "/group create Elsewhere")
    return frontend_


def brings(here: Frontend, content: bytes, name: str = "tea.yaml", who: str = "ada") -> str:
    """What somebody reads who brings this."""
    request = replace(here.typed(who, "/upload"), file=File(name, len(content), content[:FILE_LIMIT]))
    return shown(here.handle(request)[0])


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The file with some of it cut out, doubled or replaced."""
    text = TEA
    for _ in range(draw(st.integers(1, 3))):
        first, last = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        middle = draw(st.one_of(st.just(b""), st.just(text[first:last] * 2), st.binary(max_size=40)))
        text = text[:first] + middle + text[last:]
    return text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=300), damaged()))
def test_whatever_is_brought_gets_an_answer_and_changes_nothing(
    here: Frontend, sqlite: SqlDatabase, content: bytes
) -> None:
    reply = brings(here, content)
    assert not reply.startswith(SORRY)
    assert "mistake" in reply or "Nothing has changed for anybody yet." in reply
    assert {line["roadmap"] for line in lines(sqlite, "study_group") if line["title"] == "cafe"} == {"ml-researcher"}
    assert count(sqlite, "roadmap_version") <= 1


@pytest.mark.parametrize("name", ["", "x" * 300, "../../etc/passwd", "<b>@everyone</b>.yaml", "\u202e.yaml"])
def test_a_files_name_is_only_a_name(here: Frontend, name: str) -> None:
    assert "mistake" in brings(here, b"id: [", name)


def test_nobody_uses_a_file_for_a_group_they_do_not_organise(here: Frontend, sqlite: SqlDatabase) -> None:
    assert "Use it" not in brings(here, TEA, who="eve")
    brings(here, TEA)
    (draft,) = lines(sqlite, "roadmap_version")
    for who in ("eve", "mallory"):
        for of in ("1", "2"):
            token = forged("uploaded", draft=str(draft["id"]), of=of)
            for place in (None, "cafe"):
                here.handle(here.pressed(who, token, group=place))
        here.handle(here.pressed(who, forged("roadmapfile", of="1")))
    assert lines(sqlite, "roadmap_version")[0]["used_at"] is None
    here.handle(here.pressed("ada", forged("uploaded", draft=str(draft["id"]), of="1")))
    assert lines(sqlite, "roadmap_version")[0]["used_at"] is not None


def test_a_groups_roadmap_is_offered_to_its_members_alone(here: Frontend, sqlite: SqlDatabase) -> None:
    brings(here, TEA)
    (draft,) = lines(sqlite, "roadmap_version")
    here.handle(here.pressed("ada", forged("uploaded", draft=str(draft["id"]), of="1")))
    for who, offered in (("eve", True), ("mallory", False)):
        labels = [label for label, _ in tokens(here.say(who, "/start"))]
        assert ("Follow “Tea in two weeks”" in labels) is offered
