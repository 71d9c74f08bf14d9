"""The numbers in the built-in track's answers, computed again; those of its data sets stand in docs/measured/."""

import json
import math
import re
from fractions import Fraction
from pathlib import Path

from roadmap.loader import builtin

MEASURED = json.loads((Path(__file__).parents[3] / "docs" / "measured" / "measured.json").read_text(encoding="utf-8"))
CRITERIA: dict[str, str] = {c.id: c.text for item in builtin("ml-researcher").items.values() for c in item.done_when}
ANSWERS = {q.id: q.answer for module in builtin("ml-researcher").modules for q in module.questions}


def answers(question: str, *numbers: str) -> bool:
    """Whether the answer has each of these numbers in it."""
    return all(number in ANSWERS[question] for number in numbers)


def test_algebra() -> None:
    rows, x = ((2, 0), (1, 3)), (1, 2)
    assert answers("matrix-times-vector", str(tuple(sum(a * b for a, b in zip(row, x, strict=True)) for row in rows)))
    assert answers("eigenvector-twice", f"{3 * 3} v")
    assert answers("gradient-at-a-point", str((2 * 1 + 3 * 2, 3 * 1)))


def test_derivatives_agree_with_small_differences() -> None:
    h = 1e-6

    def slope(f: "object", x: float) -> float:
        assert callable(f)
        return float((f(x + h) - f(x - h)) / (2 * h))

    assert math.isclose(slope(lambda x: (3 * x + 1) ** 4, 0.7), 12 * (3 * 0.7 + 1) ** 3, rel_tol=1e-6)
    assert math.isclose(
        slope(lambda x: x**2 * math.exp(x), 0.7), 2 * 0.7 * math.exp(0.7) + 0.49 * math.exp(0.7), rel_tol=1e-6
    )
    s = 1 / (1 + math.exp(-0.7))
    assert math.isclose(slope(lambda x: 1 / (1 + math.exp(-x)), 0.7), s * (1 - s), rel_tol=1e-6)


def test_probabilities() -> None:
    a, b = Fraction(1, 2), Fraction(2, 5)
    assert answers("independent-events", str(float(a * b)))
    assert answers("independent-union", str(float(a + b - a * b)))
    ill, well = Fraction(99, 10_000), Fraction(5, 100) * Fraction(99, 100)
    assert answers("disease-test", str(ill / (ill + well)), "17 %")
    die = range(1, 7)
    variance = Fraction(sum(n * n for n in die), 6) - Fraction(sum(die), 6) ** 2
    assert answers("die-mean-variance", str(variance), f"{float(variance):.2f}")
    assert answers("standard-error-of-mean", str(round(10 / math.sqrt(100))))
    assert answers("standard-error-halved", str(100 * 2**2))
    assert answers("twenty-variants", "20 * 0.05 = 1")
    assert answers("small-accuracy-gap", f"{100 * math.sqrt(0.91 * 0.09 / 1000):.1f} points")


def test_scores() -> None:
    tp, fp, fn = 40, 10, 20
    precision, recall = tp / (tp + fp), tp / (tp + fn)
    assert answers("confusion-matrix-scores", f"{precision:.2f}")
    assert answers("confusion-recall", f"{recall:.2f}")
    assert answers("f1-from-both", f"{2 * precision * recall / (precision + recall):.2f}")
    assert answers("macro-f1", f"{(0.9 + 0.5) / 2:.2f}")


def test_networks() -> None:
    assert answers("dense-parameters", f"{784 * 128 + 128:,}")
    assert answers("conv-shape-parameters", f"{28 - 3 + 1}x{28 - 3 + 1}x32")
    assert answers("conv-parameters", str(32 * (3 * 3 * 1) + 32))
    assert answers("cross-entropy-one", f"{-math.log(0.5):.2f}")
    assert answers("untrained-cross-entropy", f"{math.log(10):.2f}")


def test_texts_and_returns() -> None:
    assert answers("add-one-smoothing", str(1 / (4000 + 1000)))
    assert answers("discounted-return", f"{1 + 0.9 + 0.9**2:.2f}")
    assert answers("q-update-by-numbers", f"{2 + 0.5 * (1 + 0.9 * 4 - 2):.1f}")
    assert answers("q-update-terminal", f"{2 + 0.5 * (1 - 2):.1f}")
    assert answers("q-table-bins", f"{12**4 // 6**4}", f"{6**4 * 2:,}", f"{12**4 * 2:,}")
    assert [x * x for x in range(5) if x % 2 == 0] == [0, 4, 16]
    assert answers("list-comprehension", "[0, 4, 16]")


MEASURE = (Path(__file__).parents[3] / "docs" / "measured" / "measure.py").read_text(encoding="utf-8")
MEASURED_HERE = {"three-predictors", "beats-majority", "mean-return"}
"""Criteria whose numbers docs/measured/measure.py computes; `test_criteria_say_what_was_measured` compares them."""
NOT_RUN = {"mnist-accuracy": "MNIST", "f1-reached": "20 newsgroups"}
"""Criteria whose numbers need a download: nobody ran them here, and measure.py names what was not run."""
CHOSEN = {
    "line-by-hand": "3 significant digits",
    "own-naive-bayes": "99 % of test texts",
    "terminated-truncated": "500-step limit",
    "clean-start": "200 rows",
    "safe-sql": "OR 1=1",
    "malignant-recall": "label 0",
    "one-page-report": "16 more hours",
    "cross-validated": "5-fold",
}
"""Criteria whose numbers are no results: what is asked for, or what a thing is called."""


def test_every_number_in_a_criterion_is_measured_chosen_or_named_as_not_run() -> None:
    assert {id_ for id_, text in CRITERIA.items() if re.search(r"\d", text)} == {*MEASURED_HERE, *NOT_RUN, *CHOSEN}
    assert [id_ for id_, words in CHOSEN.items() if words not in CRITERIA[id_]] == []
    docs, named = (
        MEASURE.split('"""')[1],
        {*NOT_RUN.values(), "Fashion-MNIST", "CIFAR-10", "California housing", "Kaggle"},
    )
    not_run = docs[docs.index("Not measured here, because they need a download:") :]
    assert [name for name in named if name not in not_run] == []


def test_criteria_say_what_was_measured() -> None:
    diabetes, cancer, cartpole = (MEASURED[name] for name in ("diabetes", "breast_cancer", "cartpole"))
    assert diabetes["all_below_mean"] == diabetes["splits"] == 50
    least, _, most = diabetes["r2_all"]
    rmse = [round(diabetes["rmse"][name][1]) for name in ("all", "mean")]
    assert f"about {rmse[0]} against {rmse[1]}, R-squared {least:.2f} to {most:.2f}" in CRITERIA["three-predictors"]
    least, mean, most = cancer["accuracy"]
    assert f"{least} to {most}, mean {mean}" in CRITERIA["beats-majority"]
    assert f"({cancer['majority']:.2f})" in CRITERIA["beats-majority"]
    assert least >= 0.93
    assert f"malignant is label {cancer['label_of_malignant']}" in CRITERIA["malignant-recall"]
    assert f"about {round(cartpole['random'])}" in CRITERIA["mean-return"]
    assert min(cartpole["q_learning"] + cartpole["sarsa"]) >= 195
    stretch = builtin("ml-researcher").items["cartpole"].stretch or ""
    reached = [sum(mean >= 475 for mean in cartpole[method]) for method in ("sarsa", "q_learning")]
    assert f"SARSA reached it on {reached[0]} of 5 seeds and Q-learning on {reached[1]} of 5" in stretch
