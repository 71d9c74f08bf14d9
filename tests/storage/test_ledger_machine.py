"""Totals, streak and position equal a recomputation, whatever is done in whatever order (promises 11, 12 and 31)."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.storage.database import SqlDatabase
from tests.storage.frontend import Frontend, shown
from tests.storage.ledger_machine import AnyLearner

FEW, MANY = {"sqlite": 6, "postgresql": 2}, {"sqlite": 25, "postgresql": 6}
STEPS = 40


@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"])
def test_every_number_equals_a_recomputation(database: SqlDatabase, examples: dict[str, int]) -> None:
    # One database for all examples, with a learner for each.
    machine = type("Machine", (AnyLearner,), {"database": database, "numbers": count()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples[database.url.get_backend_name()],
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.generate],  # shrinking takes minutes; forty steps can be read
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_hours_chosen_before_a_flight_west_are_the_usual_ones_after_it(here: Frontend) -> None:
    here.now += timedelta(days=10)
    here.say("ada", "/timezone Pacific/Kiritimati", "/pace 3", "/timezone Pacific/Pago_Pago")
    assert "then it is 3 h a week again" in shown(here.say("ada", "/pause 2 weeks"))
