"""Let the messages of the week come again in a group that was silenced."""

from datetime import datetime

from bot.core.group import Asker, Group
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import decide
from bot.usecases.settle_group import Defaults, settle_group, speak_weekly


def speak_again(uow: UnitOfWork, asker: Asker, group: Group, defaults: Defaults, now: datetime) -> None:
    """Let every message of the week come at the hour it had, in all places of the group.

    For who decides for the group: else raises `NotOrganiser` or `NotManager`.
    """
    decide(uow, asker, group, now)
    settle_group(uow, group, group.zone, defaults, now)
    speak_weekly(uow, group, group.zone, defaults, now)
