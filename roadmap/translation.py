"""A track in another language: a file beside it has the texts by their ids, `ml-researcher.de.yaml` for German.

A text that the file does not have stays untranslated. Names of resources and links keep their language.
docs/roadmap-format.md is the page for translators.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from roadmap.model import Criterion, Item, Link, Module, Part, Practice, Question, Resource, Roadmap
from roadmap.problems import Problem, Report, RoadmapErrors, quote
from roadmap.reading import MOST_BYTES, Collection, Node, Scalar, decode, tree
from roadmap.scalars import LANGUAGE, Pattern, guess
from roadmap.schema import ITEM_ID, SENTENCES

Key = tuple[str, ...]
"""The place of a text: ("items", "calculus", "parts", "2")."""
Translate = Callable[[Key, str], str]


@dataclass(frozen=True)
class Translation:
    """The texts of one track in one language, by their place in the track."""

    roadmap: str
    locale: str
    texts: Mapping[Key, str]


def load(path: Path, roadmap: Roadmap) -> Translation:
    """The translation of a track. Raises `RoadmapErrors` if the file is none, or has texts that the track has not."""
    report = Report(str(path))
    try:
        with path.open("rb") as file:
            source = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise report.fatal(1, f"cannot be opened ({error.strerror}); expected a readable file") from None
    root = tree(decode(source, report), report)
    leaves = dict(_leaves(root, (), report))
    known = dict(texts(roadmap))
    of, locale = leaves.pop(("translates",), None), leaves.pop(("locale",), None)
    _head(root, of, locale, roadmap, report)
    for key, node in leaves.items():
        if key not in known:
            _unknown(key, node, known, report)
    written = {key: text for key, node in leaves.items() if (text := SENTENCES.read(node, ".".join(key), report))}
    if errors := report.errors():
        raise errors
    return Translation(
        roadmap.id, locale.text if locale else "", {key: written[key] for key in written if key in known}
    )


def missing(translation: Translation, roadmap: Roadmap) -> list[Key]:
    """The keys of texts that the translation does not have, in the track's order."""
    return [key for key, _ in texts(roadmap) if key not in translation.texts]


def texts(roadmap: Roadmap) -> Iterator[tuple[Key, str]]:
    """Every translatable text of the track with its key, in order."""
    by_key: dict[Key, str] = {}

    def note(key: Key, text: str) -> str:
        by_key[key] = text
        return text

    _with_texts(roadmap, note)
    return iter(by_key.items())


def translated(roadmap: Roadmap, translation: Translation) -> Roadmap:
    """The track in the translation's language, as far as that has its texts."""
    return _with_texts(roadmap, lambda key, text: translation.texts.get(key, text))


def _with_texts(roadmap: Roadmap, translate: Translate) -> Roadmap:
    return replace(
        roadmap,
        title=translate(("roadmap", "title"), roadmap.title),
        summary=translate(("roadmap", "summary"), roadmap.summary),
        origin=_maybe(translate, ("roadmap", "origin"), roadmap.origin),
        outcomes=_list(translate, ("roadmap", "outcomes"), roadmap.outcomes),
        assumes=_list(translate, ("roadmap", "assumes"), roadmap.assumes),
        modules=tuple(_module(module, translate) for module in roadmap.modules),
    )


def _module(module: Module, translate: Translate) -> Module:
    at = ("modules", module.id)
    return replace(
        module,
        title=translate((*at, "title"), module.title),
        note=_maybe(translate, (*at, "note"), module.note),
        outcomes=_list(translate, (*at, "outcomes"), module.outcomes),
        items=tuple(_item(item, translate) for item in module.items),
        practice=tuple(_practice(practice, translate) for practice in module.practice),
        questions=tuple(_question(question, translate) for question in module.questions),
    )


def _item(item: Item, translate: Translate) -> Item:
    at = ("items", item.id)
    original, remarks = item.original, _Remarks(at, translate)
    return replace(
        item,
        title=(title := translate((*at, "title"), item.title)),
        also=item.also if title == item.title else (*item.also, item.title),
        original=replace(original, why=translate((*at, "why"), original.why))
        if original and original.why
        else original,
        resource=_resource(item.resource, at, translate, remarks) if item.resource else None,
        start_with=tuple(
            replace(remarks.of(link), title=translate((*at, "start_with", str(n)), link.title))
            for n, link in enumerate(item.start_with, 1)
        ),
        needs=_maybe(translate, (*at, "needs"), item.needs),
        stretch=_maybe(translate, (*at, "stretch"), item.stretch),
        alone=_maybe(translate, (*at, "alone"), item.alone),
        paths=tuple(replace(path, title=translate((*at, "paths", path.id), path.title)) for path in item.paths),
        done_when=_criteria(item.done_when, at, translate),
        parts=tuple(_part(part, at, str(n), translate, remarks) for n, part in enumerate(item.parts, 1)),
    )


def _resource(resource: Resource, at: Key, translate: Translate, remarks: "_Remarks") -> Resource:
    return replace(
        resource,
        cost_note=_maybe(translate, (*at, "cost_note"), resource.cost_note),
        fit=_maybe(translate, (*at, "fit"), resource.fit),
        checked=_maybe(translate, (*at, "checked"), resource.checked),
        alternatives=tuple(map(remarks.of, resource.alternatives)),
        bridge=tuple(map(remarks.of, resource.bridge)),
    )


@dataclass
class _Remarks:
    """What is said of the links of one item, by address: a link that several steps have is translated once.

    Of two different remarks on one address the first is translated; the other stays as it is.
    """

    at: Key
    translate: Translate
    first: dict[Key, str] = field(default_factory=dict)

    def of(self, link: Link) -> Link:
        """The link with its remarks translated, and its own title."""
        return replace(link, why=self._remark(link, "why"), checked=self._remark(link, "checked"))

    def _remark(self, link: Link, name: Literal["why", "checked"]) -> str | None:
        text: str | None = getattr(link, name)
        key = (*self.at, "links", link.url or link.title, name)
        if not text or self.first.setdefault(key, text) != text:
            return text
        return self.translate(key, text)


def _part(part: Part, at: Key, number: str, translate: Translate, remarks: _Remarks) -> Part:
    return replace(
        part,
        do=translate((*at, "parts", number), part.do),
        milestone=_maybe(translate, (*at, "milestones", number), part.milestone),
        links=tuple(map(remarks.of, part.links)),
    )


def _practice(practice: Practice, translate: Translate) -> Practice:
    at = ("practice", practice.id)
    return replace(
        practice,
        title=translate((*at, "title"), practice.title),
        text=translate((*at, "text"), practice.text),
        done_when=_criteria(practice.done_when, at, translate),
    )


def _criteria(criteria: Sequence[Criterion], at: Key, translate: Translate) -> tuple[Criterion, ...]:
    return tuple(
        replace(criterion, text=translate((*at, "done_when", criterion.id), criterion.text)) for criterion in criteria
    )


def _question(question: Question, translate: Translate) -> Question:
    at = ("questions", question.id)
    return replace(
        question,
        question=translate((*at, "question"), question.question),
        answer=translate((*at, "answer"), question.answer),
    )


def _maybe(translate: Translate, key: Key, text: str | None) -> str | None:
    return translate(key, text) if text else text


def _list(translate: Translate, at: Key, listed: Sequence[str]) -> tuple[str, ...]:
    return tuple(translate((*at, str(n)), text) for n, text in enumerate(listed, 1))


def _leaves(node: Node, at: Key, report: Report) -> Iterator[tuple[Key, Scalar]]:
    """The texts of a file with where they stand; elements of lists by their numbers from 1."""
    if isinstance(node, Scalar):
        yield at, node
        return
    if not node.mapping:
        for number, child in enumerate(node.children, 1):
            yield from _leaves(child, (*at, str(number)), report)
        return
    seen: set[str] = set()
    for key, child in node.pairs():
        if not isinstance(key, Scalar):
            report.add(key.line, ".".join(at), "has a key that is no word; expected key: value lines")
        elif key.text in seen:
            report.add(key.line, ".".join((*at, key.text)), "comes again; expected each key once")
        else:
            seen.add(key.text)
            yield from _leaves(child, (*at, key.text), report)


def _head(root: Node, of: Scalar | None, locale: Scalar | None, roadmap: Roadmap, report: Report) -> None:
    line = root.line if isinstance(root, Collection) else 1
    if of is None or ITEM_ID.read(of, "translates", report) != roadmap.id:
        report.add(of.line if of else line, "translates", f"is not this track; expected {roadmap.id}")
    if locale is None:
        report.add(line, "locale", "is missing; expected the language, such as de")
    else:
        Pattern(LANGUAGE, "a language such as de or pt-BR", 20).read(locale, "locale", report)


def _unknown(key: Key, node: Scalar, known: Mapping[Key, str], report: Report) -> None:
    """Say which part of the path is not there."""
    for length in range(1, len(key) + 1):
        siblings = sorted({other[length - 1] for other in known if other[: length - 1] == key[: length - 1]})
        if key[length - 1] not in siblings:
            hint = guess(key[length - 1], siblings) or ("; expected " + ", ".join(siblings[:12]) if siblings else "")
            problem = f"names {quote(key[length - 1])}, which the track does not have there{hint}"
            report.add(node.line, ".".join(key[:length]), problem)
            return
    report.add(node.line, ".".join(key), "is a text where the track has more; expected keys below it")


__all__ = ["Problem", "RoadmapErrors", "Translation", "load", "missing", "texts", "translated"]
