"""What Discord says no with: a state of things, or a mistake of the bot's own."""

from typing import Any


class Refusal(Exception):
    """A request that Discord would refuse as things stand: closed, gone, too late.

    `status` is the HTTP status, `code` Discord's JSON error code
    (https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes).
    """

    def __init__(self, status: int, code: int, message: str) -> None:
        """Keep what the answer will say."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message

    def answer(self) -> dict[str, Any]:
        """The body of the answer."""
        return {"message": self.message, "code": self.code}


class Mistake(Refusal):
    """A request that no correct bot makes: it is answered with 400 and kept among the server's problems."""

    def __init__(self, why: str, code: int = 50035, message: str = "Invalid Form Body") -> None:
        """`why` is what is wrong, for the reader of the problems and of the answer's `errors`."""
        super().__init__(400, code, message)
        self.why = why

    def answer(self) -> dict[str, Any]:
        """The body of the answer, with the reason where Discord puts it."""
        if self.code != 50035:
            return super().answer()
        return super().answer() | {"errors": {"_errors": [{"code": "INVALID", "message": self.why}]}}


UNAUTHORIZED = (401, 0, "401: Unauthorized")
NOT_FOUND = (404, 0, "404: Not Found")
UNKNOWN_APPLICATION = (404, 10002, "Unknown Application")
UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
UNKNOWN_USER = (404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
UNKNOWN_EVENT = (404, 10070, "Unknown Guild Scheduled Event")
UNKNOWN_COMMAND = (404, 10063, "Unknown application command")
ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
MISSING_ACCESS = (403, 50001, "Missing Access")
FOREIGN_MESSAGE = (403, 50005, "Cannot edit a message authored by another user")
CANNOT_MESSAGE = (403, 50007, "Cannot send messages to this user")
ARCHIVED = (400, 50083, "Tried to perform an operation on an archived thread")
MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
BAD_WEBHOOK_TOKEN = (401, 50027, "Invalid Webhook Token")
