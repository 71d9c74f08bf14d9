"""Every bench runs at its smallest size, so that none stops working unnoticed."""

from pathlib import Path

import pytest

from tests.bench.__main__ import all_benches
from tests.bench.measuring import NotMeasured, Scale

BENCHES = all_benches()


@pytest.mark.slow
@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_measures_each_of_its_rows(name: str, tmp_path: Path) -> None:
    try:
        measured = BENCHES[name].measure(Scale("tiny", tmp_path))
    except NotMeasured as why:
        pytest.skip(str(why))
    assert len(measured) == len(BENCHES[name].rows)


def test_rows_are_numbered_without_doubles() -> None:
    numbers = [row.number for bench in BENCHES.values() for row in bench.rows]
    assert len(numbers) == len(set(numbers))
