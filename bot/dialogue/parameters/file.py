"""A file sent with the command."""

from typing import TYPE_CHECKING

from bot.dialogue.parameters.base import Parameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.request import File
from bot.dialogue.text import Text

if TYPE_CHECKING:
    from bot.dialogue.context import Context


class FileParameter(Parameter[File]):
    """A file; it comes with the request and not as words."""

    attached = True

    def __init__(self, example: str, about: Text, question: Text) -> None:
        self.example = example
        self.about = about
        self.question = question

    def take(self, typed: str, ctx: "Context") -> tuple[File, str] | None:
        """Always raises `Refusal`: words are no file."""
        raise Refusal(
            Text(
                "“{words}” came without a file. I need the file itself, such as {example}.",
                words=typed,
                example=self.example,
            )
        )
