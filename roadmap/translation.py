"""A track in another language: a file beside it has our texts by their ids, `ml-researcher.de.yaml` for German.

What the file does not have stays as it is, text by text. Names of resources and links keep their own language.
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
"""Where a text stands: ("items", "calculus", "parts", "2")."""
Say = Callable[[Key, str], str]


@dataclass(frozen=True)
class Translation:
    """The texts of one track in one language, by where they stand."""

    roadmap: str
    locale: str
    texts: Mapping[Key, str]


def load(path: Path, roadmap: Roadmap) -> Translation:
    """The translation of a track. Raises RoadmapErrors for a file that is none, or has texts for what is not there."""
    report = Report(str(path))
    try:
        with path.open("rb") as file:
            source = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise report.fatal(1, f"cannot be opened ({error.strerror}); expected a readable file") from None
    root = tree(decode(source, report), report)
    found = dict(_leaves(root, (), report))
    known = dict(texts(roadmap))
    of, locale = found.pop(("translates",), None), found.pop(("locale",), None)
    _head(root, of, locale, roadmap, report)
    for key, node in found.items():
        if key not in known:
            _unknown(key, node, known, report)
    said = {key: text for key, node in found.items() if (text := SENTENCES.read(node, ".".join(key), report))}
    if errors := report.errors():
        raise errors
    return Translation(roadmap.id, locale.text if locale else "", {key: said[key] for key in said if key in known})


def missing(translation: Translation, roadmap: Roadmap) -> list[Key]:
    """The texts that the translation does not have, in the track's order."""
    return [key for key, _ in texts(roadmap) if key not in translation.texts]


def texts(roadmap: Roadmap) -> Iterator[tuple[Key, str]]:
    """Every text of the track that can be translated, in order."""
    found: dict[Key, str] = {}

    def note(key: Key, text: str) -> str:
        found[key] = text
        return text

    _said(roadmap, note)
    return iter(found.items())


def translated(roadmap: Roadmap, translation: Translation) -> Roadmap:
    """The track in the language of the translation, as far as that goes."""
    return _said(roadmap, lambda key, text: translation.texts.get(key, text))


def _said(roadmap: Roadmap, say: Say) -> Roadmap:
    return replace(
        roadmap,
        title=say(("roadmap", "title"), roadmap.title),
        summary=say(("roadmap", "summary"), roadmap.summary),
        origin=_maybe(say, ("roadmap", "origin"), roadmap.origin),
        outcomes=_list(say, ("roadmap", "outcomes"), roadmap.outcomes),
        assumes=_list(say, ("roadmap", "assumes"), roadmap.assumes),
        modules=tuple(_module(module, say) for module in roadmap.modules),
    )


def _module(module: Module, say: Say) -> Module:
    at = ("modules", module.id)
    return replace(
        module,
        title=say((*at, "title"), module.title),
        note=_maybe(say, (*at, "note"), module.note),
        outcomes=_list(say, (*at, "outcomes"), module.outcomes),
        items=tuple(_item(item, say) for item in module.items),
        practice=tuple(_practice(practice, say) for practice in module.practice),
        questions=tuple(_question(question, say) for question in module.questions),
    )


def _item(item: Item, say: Say) -> Item:
    at = ("items", item.id)
    original, remarks = item.original, _Remarks(at, say)
    return replace(
        item,
        title=(title := say((*at, "title"), item.title)),
        also=item.also if title == item.title else (*item.also, item.title),
        original=replace(original, why=say((*at, "why"), original.why)) if original and original.why else original,
        resource=_resource(item.resource, at, say, remarks) if item.resource else None,
        start_with=tuple(
            replace(remarks.of(link), title=say((*at, "start_with", str(n)), link.title))
            for n, link in enumerate(item.start_with, 1)
        ),
        needs=_maybe(say, (*at, "needs"), item.needs),
        stretch=_maybe(say, (*at, "stretch"), item.stretch),
        alone=_maybe(say, (*at, "alone"), item.alone),
        paths=tuple(replace(path, title=say((*at, "paths", path.id), path.title)) for path in item.paths),
        done_when=_criteria(item.done_when, at, say),
        parts=tuple(_part(part, at, str(n), say, remarks) for n, part in enumerate(item.parts, 1)),
    )


def _resource(resource: Resource, at: Key, say: Say, remarks: "_Remarks") -> Resource:
    return replace(
        resource,
        cost_note=_maybe(say, (*at, "cost_note"), resource.cost_note),
        fit=_maybe(say, (*at, "fit"), resource.fit),
        checked=_maybe(say, (*at, "checked"), resource.checked),
        alternatives=tuple(map(remarks.of, resource.alternatives)),
        bridge=tuple(map(remarks.of, resource.bridge)),
    )


@dataclass
class _Remarks:
    """What is said of the links of one item, by address: a link that several steps have is translated once.

    Of two different remarks on one address the first is translated; the other stays as it is.
    """

    at: Key
    say: Say
    first: dict[Key, str] = field(default_factory=dict)

    def of(self, link: Link) -> Link:
        """The link with its remarks translated, and its own title."""
        return replace(link, why=self._remark(link, "why"), checked=self._remark(link, "checked"))

    def _remark(self, link: Link, name: Literal["why", "checked"]) -> str | None:
        text: str | None = getattr(link, name)
        key = (*self.at, "links", link.url or link.title, name)
        if not text or self.first.setdefault(key, text) != text:
            return text
        return self.say(key, text)


def _part(part: Part, at: Key, number: str, say: Say, remarks: _Remarks) -> Part:
    return replace(
        part,
        do=say((*at, "parts", number), part.do),
        milestone=_maybe(say, (*at, "milestones", number), part.milestone),
        links=tuple(map(remarks.of, part.links)),
    )


def _practice(practice: Practice, say: Say) -> Practice:
    at = ("practice", practice.id)
    return replace(
        practice,
        title=say((*at, "title"), practice.title),
        text=say((*at, "text"), practice.text),
        done_when=_criteria(practice.done_when, at, say),
    )


def _criteria(criteria: Sequence[Criterion], at: Key, say: Say) -> tuple[Criterion, ...]:
    return tuple(replace(one, text=say((*at, "done_when", one.id), one.text)) for one in criteria)


def _question(question: Question, say: Say) -> Question:
    at = ("questions", question.id)
    return replace(
        question,
        question=say((*at, "question"), question.question),
        answer=say((*at, "answer"), question.answer),
    )


def _maybe(say: Say, key: Key, text: str | None) -> str | None:
    return say(key, text) if text else text


def _list(say: Say, at: Key, listed: Sequence[str]) -> tuple[str, ...]:
    return tuple(say((*at, str(n)), text) for n, text in enumerate(listed, 1))


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
