"""One value out of a short list."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from babel import Locale

from bot.dialogue.parameters.base import Choice, Parameter
from bot.dialogue.text import Text, words
from bot.dialogue.wording import Wording, languages

if TYPE_CHECKING:
    from bot.dialogue.context import Context


class ChoiceParameter(Parameter[str]):
    """One of a few words, each with a label; the label's words, in the learner's language or in English, are understood
    as well."""

    def __init__(
        self,
        example: str | Text,
        about: Text,
        question: Text,
        options: "Mapping[str, Text] | Callable[[Context], Mapping[str, Text]]",
    ) -> None:
        self.example = example
        self.about = about
        self.question = question
        self._options = options

    def options(self, ctx: "Context") -> Mapping[str, Text]:
        """Wire words with their labels."""
        return self._options if isinstance(self._options, Mapping) else self._options(ctx)

    def fixed(self) -> Sequence[Choice]:
        """The choices where they are the same for everybody: for menus; none where they depend on who asks."""
        if not isinstance(self._options, Mapping):
            return ()
        return [Choice(label, wire) for wire, label in self._options.items()]

    def take(self, typed: str, ctx: "Context") -> tuple[str, str] | None:
        """Read a wire word, or a label in the learner's language or in English; letter case does not matter."""
        # Not casefold(), which makes two letters of a German ß.
        lowered = typed.lower()
        names = [
            (name.lower(), wire)
            for wire, label in self.options(ctx).items()
            for name in (wire, ctx.say(label), Wording().say(label))
        ]
        # The longest first: “trim to the core” is more than “trim”.
        for name, wire in sorted(names, key=lambda known: -len(known[0])):
            if lowered.startswith(name) and not lowered[len(name) : len(name) + 1].isalnum():
                return wire, typed[len(name) :].strip()
        return None

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Every option, in the declared order."""
        return [Choice(label, wire) for wire, label in self.options(ctx).items()]


class LanguageParameter(ChoiceParameter):
    """A language the bot speaks."""

    def __init__(self) -> None:
        super().__init__(
            "en",
            Text("which language"),
            Text("Which language?"),
            lambda _: {c: words(name) for c, name in languages().items()},
        )

    def take(self, typed: str, ctx: "Context") -> tuple[str, str] | None:
        """Also by its name in another of the languages: german, englisch."""
        if taken := super().take(typed, ctx):
            return taken
        word, _, rest = typed.partition(" ")
        known = {
            (Locale.parse(code).get_language_name(name) or "").lower(): code
            for name in languages()
            for code in languages()
        }
        return (code, rest.strip()) if (code := known.get(word.lower())) else None
