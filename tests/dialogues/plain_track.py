"""The built-in track as its files say it, read with nothing of the program: what a whole run must show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_TRACKS = Path(__file__).parents[2] / "roadmap" / "tracks"
ENGLISH: dict[str, Any] = yaml.safe_load((_TRACKS / "ml-researcher.yaml").read_text(encoding="utf-8"))
GERMAN: dict[str, Any] = yaml.safe_load((_TRACKS / "ml-researcher.de.yaml").read_text(encoding="utf-8"))

_KHAN = "https://www.khanacademy.org/math/"
_COURSERA = "https://www.coursera.org/learn/"
_SKLEARN = "https://scikit-learn.org/stable/"
_FLASK = "https://flask.palletsprojects.com/"
_PAPERS = ("https://arxiv.org/abs/1312.5602", "https://arxiv.org/abs/cs/0205070", "https://papers.nips.cc/")
NAMED: dict[str, tuple[str, ...]] = {
    "virtual environment": ("https://docs.python.org/3/tutorial/venv.html", "https://git-scm.com/book/"),
    "diabetes data": (_SKLEARN + "datasets/toy_dataset.html#diabetes-dataset",),
    "RMSE and R-squared say": ("https://developers.google.com/machine-learning/", _SKLEARN),
    "ourse week": (_COURSERA,),
    "the course's": (_COURSERA,),
    "Watch chapters": ("https://www.youtube.com/playlist",),
    "Khan Academy": (_KHAN + "linear-algebra",),
    "Calculus 1": (_KHAN + "calculus-1",),
    "partial derivatives": (_KHAN + "multivariable-calculus",),
    "Probability unit": (_KHAN + "statistics-probability/probability-library",),
    "through random variables": (_KHAN + "statistics-probability/random-variables",),
    "Take the units": (_KHAN + "statistics-probability",),
    "Databases lesson": ("https://www.py4e.com/lessons",),
    "exercises first": ("https://www.py4e.com/lessons",),
    "Flask tutorial": (_FLASK,),
    "the tutorial": (_FLASK,),
    "Getting Started": (_SKLEARN + "getting_started.html",),
    "chapter on logistic": (_SKLEARN + "modules/linear_model.html",),
    "chapters on preprocessing": (_SKLEARN + "user_guide.html",),
    "chapter on metrics": (_SKLEARN + "modules/model_evaluation.html",),
    "lesson on logistic": (_COURSERA, "https://developers.google.com/machine-learning/"),
    "breast cancer data": (_SKLEARN + "datasets/toy_dataset.html#breast-cancer-dataset",),
    "learning curves, and what helps": ("https://www.tensorflow.org/tutorials/keras/",),
    "what a convolution is": ("https://cs231n.github.io/convolutional-networks/", "https://github.com/keras-team/"),
    "Keras example": ("https://github.com/keras-team/keras-io/blob/master/examples/vision/mnist_convnet.py",),
    "Install Keras": ("https://keras.io/getting_started/", "https://keras.io/api/datasets/"),
    "TF-IDF weights": (_SKLEARN + "modules/feature_extraction.html",),
    "newsgroups": (_SKLEARN + "datasets/real_world.html#newsgroups-dataset",),
    "one of the data sets": (_SKLEARN + "datasets/real_world.html#newsgroups-dataset", "https://archive.ics.uci.edu/"),
    "Add MultinomialNB": (_SKLEARN + "modules/naive_bayes.html",),
    "free book": ("http://incompleteideas.net/book/",),
    "CartPole": ("https://gymnasium.farama.org/environments/classic_control/cart_pole/",),
    "Choose a competition": ("https://www.kaggle.com/competitions/",),
    "leakage creeps in": (_SKLEARN + "common_pitfalls.html",),
    "contributing guide": (_SKLEARN + "developers/contributing.html",),
    "pull request": ("https://docs.github.com/en/pull-requests",),
    "Keshav": ("https://web.stanford.edu/class/ee384m/Handouts/HowtoReadPaper.pdf",),
    "lecture on reading papers": ("https://www.youtube.com/watch?v=733m6qBH-jI",),
    "three papers whose": _PAPERS,
    "the three papers": (*_PAPERS, "https://jalammar.github.io/illustrated-transformer/"),
    "third pass": _PAPERS,
    "One-page review": _PAPERS,
    "Take the lectures": ("https://c.d2l.ai/stanford-cs329p/",),
    "licence": ("https://choosealicense.com/",),
}
"""What the English steps name, and where it is: written by hand from the review of 2026-11-25, not from the track."""

LESSON_FIRST = (
    ("what RMSE and R-squared say", "report test RMSE and R-squared"),
    ("Databases lesson", "Write schema.sql"),
    ("Follow the Flask tutorial", "Write schema.sql"),
    ("chapters on preprocessing, pipelines and cross-validation", "into one Pipeline"),
    ("chapter on logistic regression", "put scaler and LogisticRegression"),
    ("chapter on metrics", "Measure the test set once: confusion matrix"),
    ("how overfitting shows on learning curves", "whether it overfits"),
    ("what a convolution is", "Train a first convolutional network"),
    ("what macro-F1 averages", "one table with macro-F1"),
    ("sentiment with Naive Bayes", "Add MultinomialNB"),
    ("headers, footers and quotes make a classifier look better", "measure once more with headers"),
    ("exploration and exploitation", "measure the mean return of a random policy"),
    ("temporal differences, SARSA, Q-learning", "Write the update"),
    ("how leakage creeps in", "Score the baseline and submit it"),
    ("lecture on reading papers", "Make a first pass"),
)
"""Lessons and the project steps that need them, in words of the English steps: the review's first fault, by hand."""


@dataclass(frozen=True)
class Step:
    """One step: its words in a language and in English, and the addresses that must stand with it."""

    item: str
    kind: str
    week: int
    minutes: int
    do: str
    english: str
    addresses: tuple[str, ...]


def steps(language: str) -> list[Step]:
    """All steps in the order of weeks, within a week in the file's."""
    all_steps = [step for item in _items() for step in _steps(item, language)]
    return sorted(all_steps, key=lambda step: step.week)


def _items() -> Iterator[dict[str, Any]]:
    for module in ENGLISH["modules"]:
        yield from module["items"]


def _steps(item: dict[str, Any], language: str) -> Iterator[Step]:
    german = GERMAN["items"][item["id"]]["parts"]
    for number, part in enumerate(item["parts"]):
        english = _flat(part["do"])
        words = english if language == "en" else _flat(german[number])
        addresses = [link["url"] for link in part.get("links", ())]
        if not addresses and "resource" in item:
            addresses = [item["resource"]["url"]]
        addresses += [address for words, where in NAMED.items() if words in english for address in where]
        yield Step(item["id"], item["kind"], part["week"], round(part["hours"] * 60), words, english, tuple(addresses))


def first_steps(language: str) -> set[str]:
    """The words of each item's first step."""
    by_item: dict[str, str] = {}
    for step in steps(language):
        by_item.setdefault(step.item, step.do)
    return set(by_item.values())


def names() -> set[str]:
    """What keeps its own language: names of resources and links, of who made them, and what the original said.

    Their parts, too: "Statistics and probability" of "Statistics and probability: Random variables".
    """
    whole: list[str] = []
    for item in _items():
        whole += [link["title"] for part in item["parts"] for link in part.get("links", ())]
        whole += [item["original"]["text"]]
        if resource := item.get("resource"):
            whole += [resource["title"], resource["provider"], *resource.get("instructors", ())]
            whole += [link["title"] for key in ("alternatives", "bridge") for link in resource.get(key, ())]
    kept = set(map(_flat, whole))
    for name in list(kept):
        parts = [*re.split(r"[:;(),]", name), *re.split(r"[:;(),]| and ", name)]
        kept |= {part.strip() for part in parts if len(part.split()) > 1}
    return kept


def _flat(text: str) -> str:
    return " ".join(text.split())
