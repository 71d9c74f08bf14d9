"""Every language says everything, with the same values; what no language knows is said in English."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.commands import COMMANDS
from bot.dialogue.all_commands import with_subs
from bot.dialogue.command import Option
from bot.dialogue.parameters import ChoiceParameter
from bot.dialogue.text import Day, Minutes, Text
from bot.dialogue.wording import CATALOGUES, SOURCE, Wording, languages, nearest
from bot.locales.extract import TEMPLATE, missing, speaks, template, texts, written

TRANSLATED = sorted(set(languages()) - {SOURCE})
UNKNOWN = "eo"
"""A language we have no catalogue of."""
ENDS = tuple(".:?!")


def read(path: Path, locale: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def of(language: str) -> Catalog:
    return read(CATALOGUES / language / "LC_MESSAGES" / "studybuddy.po", language)


def messages(catalog: Catalog) -> dict[str, Message]:
    """A catalogue's messages by their English sentence, the singular where there are two."""
    return {sentences(message.id)[0]: message for message in catalog if message.id}


def translated(catalog: Catalog) -> dict[str, Message]:
    """The messages that are translated already; the others are shown in English."""
    return {english: message for english, message in messages(catalog).items() if any(sentences(message.string))}


def sentences(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def places(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def shown(option: Option) -> Iterator[Text]:
    """The texts people see of an option."""
    parameter = option.parameter
    yield from (parameter.about, parameter.question)
    if isinstance(parameter.example, Text):
        yield parameter.example
    if isinstance(parameter, ChoiceParameter) and not callable(parameter._options):
        yield from parameter._options.values()


def test_the_template_is_up_to_date() -> None:
    fresh = written(template())
    assert TEMPLATE.read_text(encoding="utf-8") == fresh, "make messages"


def test_there_is_german() -> None:
    assert languages()["de"] == "Deutsch"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_the_templates_messages_and_no_others(language: str) -> None:
    ours, wanted = messages(of(language)), messages(template())
    assert sorted(ours) == sorted(wanted), f"make messages ARGS={language}"
    for message, translated in ours.items():
        assert sentences(translated.id) == sentences(wanted[message].id)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_sure_of_what_it_says(language: str) -> None:
    """What it does not say yet is shown in English, as a whole: a sentence with one form only is none."""
    for english, message in messages(of(language)).items():
        forms = [sentence.strip() for sentence in sentences(message.string)]
        assert all(forms) or not any(forms), f"half translated: {english}"
        assert not message.fuzzy, english


def test_what_is_missing_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog, before = of("de"), set(missing("de"))
    known = messages(catalog)
    known["Undo"].string = ""
    known["{n} more"].string = ("", "")
    (tmp_path / "de" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "de" / "LC_MESSAGES" / "studybuddy.po").write_text(written(catalog), encoding="utf-8")
    monkeypatch.setattr("bot.locales.extract.FOLDER", tmp_path)
    assert set(missing("de")) - before == {"Undo", "{n} more"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_values_of_the_english_sentence(language: str) -> None:
    for english, message in translated(of(language)).items():
        for sentence in sentences(message.string):
            assert places(sentence) == places(english), sentence
            assert not re.search(r"[{}]", re.sub(r"\{\w+\}", "", sentence)), sentence


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_plural_has_as_many_forms_as_the_language(language: str) -> None:
    catalog = of(language)
    assert catalog.num_plurals == Catalog(locale=language).num_plurals
    for english, message in translated(catalog).items():
        if message.pluralizable:
            assert len(sentences(message.string)) == catalog.num_plurals, english
        else:
            assert isinstance(message.string, str), english


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_as_the_english_sentence_does(language: str) -> None:
    """A blank or a full stop that is missing shows only where sentences meet."""
    for english, message in translated(of(language)).items():
        for sentence in sentences(message.string):
            assert sentence == sentence.strip()
            assert sentence.endswith(ENDS) == english.endswith(ENDS), sentence


def test_german_quotes_as_germans_do() -> None:
    for english, message in translated(of("de")).items():
        for sentence in sentences(message.string):
            quoted = re.findall("„[^„“”]+“", sentence)
            assert len(quoted) == sentence.count("„") == sentence.count("“") >= english.count("“"), sentence
            assert "”" not in sentence


def test_every_command_and_option_is_in_the_template() -> None:
    known = messages(template())
    for command in (command for command in with_subs(COMMANDS) if not command.hidden):
        assert command.summary.message in known, command.name
        for option in (option for option in command.options if option.parameter.typed):
            for text in shown(option):
                assert text.message in known or not speaks(text.message), f"{command.name}: {text}"
        for example in command.examples:
            if isinstance(example, Text):
                assert example.message in known


def test_a_text_within_a_text_is_found() -> None:
    assert "/reminders {kind} friday 17:30" in {sentences(text.message)[0] for text in texts()}


def test_what_has_only_values_is_left_to_itself() -> None:
    assert not speaks("{time}")
    assert not speaks("{number}. {title} →")
    assert speaks("“{item}”")
    assert speaks("{hours} h")


def test_an_unknown_language_is_english() -> None:
    assert nearest(UNKNOWN) == nearest("xx-YY") == nearest("") == nearest(None) == SOURCE
    text = Text("Logged {spent}, {day}:", spent=Minutes(90), day=Day(date(2026, 1, 5)))
    assert Wording("xx").say(text) == Wording(SOURCE).say(text) == "Logged 1 h 30 min, Mon, 5 Jan 2026:"
    assert Wording(UNKNOWN).say(Text("Today")) == "Today"


def test_a_platforms_locale_finds_the_nearest_language() -> None:
    assert nearest("de-AT") == nearest("de_DE") == nearest("DE") == "de"
