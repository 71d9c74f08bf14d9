"""Every bench runs at its smallest size, so that none stops working unnoticed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.bench import postgresql
from tests.bench.__main__ import all_benches, chosen
from tests.bench.measuring import Scale
from tests.bench.report import save, table, write_docs

BENCHES = all_benches()


@pytest.fixture
def running_postgresql(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The benches use the server that the other tests use."""

    @contextmanager
    def server() -> Iterator[URL]:
        yield request.getfixturevalue("postgresql")

    monkeypatch.setattr(postgresql, "server", server)


@pytest.mark.slow
@pytest.mark.usefixtures("running_postgresql")
@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_measures_each_of_its_rows(name: str, tmp_path: Path) -> None:
    measured = BENCHES[name].measure(Scale("tiny", tmp_path, rounds=1))
    assert len(measured) == len(BENCHES[name].rows)
    assert all(each.value is not None for each in measured)


def test_rows_are_numbered_without_doubles() -> None:
    numbers = [row.number for bench in BENCHES.values() for row in bench.rows]
    assert len(numbers) == len(set(numbers))


def test_rows_are_chosen_by_number_and_by_word() -> None:
    def numbers(*words: str) -> list[str]:
        return [row.number for bench in chosen(BENCHES, words).values() for row in bench.rows]

    assert numbers("7") == ["7a", "7b", "7c", "7d"]
    assert numbers("14", "17") == ["14a", "14b", "14c", "14d", "14e", "14f", "17a", "17b"]
    assert {"1", "5", "10"} <= set(numbers("today"))
    assert len(numbers()) > 30


def test_a_missed_row_is_said_to_be_missed_in_the_page(tmp_path: Path) -> None:
    row = {
        "row": "7a",
        "what": "flat",
        "value": 19.2,
        "unit": "",
        "target": "≤ 1.3",
        "verdict": "missed",
        "more": "a | b",
    }
    machine = {"at": "2026-01-05T08:00", "commit": "abc", "python": "3.11", "system": "Linux", "processors": 2}
    run = {"machine": machine | {"load_before": 0.1, "sqlite": "3"}, "seconds": 500, "rows": [row]}
    file, page = tmp_path / "latest.json", tmp_path / "performance.md"
    page.write_text(
        "before\n<!-- the table: make bench ARGS=--write-docs -->\nold\n<!-- the end of the table -->\nafter\n"
    )
    save(run, file)
    write_docs(file, page)
    assert table(run) in page.read_text(encoding="utf-8")
    assert "| 7a | flat | 19.2 | ≤ 1.3 | **missed** | a \\| b |" in page.read_text(encoding="utf-8")
    assert "old" not in page.read_text(encoding="utf-8")
