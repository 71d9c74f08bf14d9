"""One of the reminders that the commands declare."""

from collections.abc import Mapping

from bot.dialogue.parameters.base import Parameter
from bot.dialogue.parameters.spelled import SpelledParameter
from bot.dialogue.reminder import Reminder
from bot.dialogue.text import Text


class ReminderKindParameter(SpelledParameter):
    """One of the reminders there are, by the words that each declares for itself."""

    def __init__(self, kinds: Mapping[str, Reminder] | None = None) -> None:
        options = {name: (kind.label, kind.spellings) for name, kind in (kinds or {}).items()}
        super().__init__("checkin", Text("which reminder"), Text("Which reminder?"), options)

    def with_reminders(self, kinds: Mapping[str, Reminder]) -> Parameter[str]:
        """The parameter that knows these reminders."""
        return ReminderKindParameter(kinds)
