"""What Telegram says no with: a state of things, or a mistake of the bot's own."""

from typing import Any


class Refusal(Exception):
    """A call that Telegram would refuse as things stand: blocked, gone, unchanged.

    `code` is the HTTP status and `error_code`, `description` the text that Telegram sends, `parameters` its
    `ResponseParameters` where it sends any.
    """

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        """Keep what the answer will say."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class Mistake(Refusal):
    """A call that no correct bot makes: it is answered with 400 and kept among the server's problems."""

    def __init__(self, description: str, why: str = "") -> None:
        """`description` follows "Bad Request: "; `why` is for the reader of the problems alone."""
        super().__init__(400, f"Bad Request: {description}")
        self.why = why


def bad(description: str) -> Refusal:
    """The 400 of this description."""
    return Refusal(400, f"Bad Request: {description}")


def forbidden(description: str) -> Refusal:
    """The 403 of this description."""
    return Refusal(403, f"Forbidden: {description}")


def conflict(description: str) -> Refusal:
    """The 409 of this description."""
    return Refusal(409, f"Conflict: {description}")
