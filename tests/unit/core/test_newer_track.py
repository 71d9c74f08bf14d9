"""From the built-in track 1.0.0 to the one of today: nothing credited moves, and little is asked."""

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import EntryId
from bot.core.ledger import Entry
from bot.core.position import position
from roadmap.diff import corrected, differences
from roadmap.loader import builtin, load

OLD = load(Path(__file__).parents[1] / "roadmap" / "files" / "ml-researcher-1.0.0.yaml")
NEW = builtin("ml-researcher")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_only_the_criteria_of_two_projects_ask_whoever_is_under_way() -> None:
    changes = [
        (difference.what, difference.id) for difference in differences(OLD, NEW) if difference.weight == "change"
    ]
    assert changes == [("criteria", "kaggle-or-open-source"), ("criteria", "research-project")]


def test_who_stays_reads_the_new_words_of_what_is_unchanged() -> None:
    stays = corrected(OLD, NEW)
    assert stays.items["linear-regression"] == NEW.items["linear-regression"]
    assert stays.items["research-project"] == OLD.items["research-project"]


@given(
    st.lists(st.tuples(st.sampled_from(sorted(OLD.items)), st.integers(1, 900)), max_size=30),
    st.lists(st.tuples(st.sampled_from(sorted(NEW.items)), st.integers(1, 900)), max_size=10),
)
def test_no_credited_minute_moves_or_vanishes(before: list[tuple[str, int]], after: list[tuple[str, int]]) -> None:
    def lines(hours: list[tuple[str, int]], first: int) -> list[Entry]:
        return [Entry(EntryId(first + n), item, date(2026, 3, 2), m, "study", NOW) for n, (item, m) in enumerate(hours)]

    old = position(OLD.parts, lines(before, 1))
    taken = Entry(EntryId(500), NEW.version, date(2026, 3, 2), 0, "version", NOW)
    new = position(OLD.parts, [*lines(before, 1), taken], {NEW.version: NEW})
    assert {item: new.credited_to(item) for item in OLD.items} == {item: old.credited_to(item) for item in OLD.items}
    assert (new.credited, new.extra, new.total) == (old.credited, old.extra, old.total)
    later = position(OLD.parts, [*lines(before, 1), taken, *lines(after, 600)], {NEW.version: NEW})
    assert later.credited + later.extra == sum(minutes for _, minutes in before + after)
