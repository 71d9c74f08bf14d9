"""What is different between two versions of a roadmap, in words."""

from collections.abc import Mapping

from bot.dialogue.text import Minutes, Plural, Text
from roadmap.diff import Difference, What
from roadmap.model import Roadmap


def change_text(change: Difference, old: Roadmap, new: Roadmap) -> Text:
    """One difference as a sentence."""
    item = (new.items.get(change.id) or old.items.get(change.id)) if change.id else None
    title = item.title if item else change.id
    if change.what == "gone" and (heir := new.items.get(str(change.after))):
        return Text("“{item}” is replaced by “{heir}”.", item=title, heir=heir.title)
    if change.what == "gone":
        return Text("“{item}” ({time}) is no longer part of it.", item=title, time=_time(change.before))
    if change.what == "new":
        return Text("New: “{item}” ({time}).", item=title, time=_time(change.after))
    if change.what == "minutes":
        times = {"after": _time(change.after), "before": _time(change.before)}
        return Text("“{item}” takes {after}, not {before}.", item=title, **times)
    if change.what == "length":
        return Text("It has {weeks}, not {before}.", weeks=_length(new), before=_length(old))
    return _plain(change, title)[change.what]


def _plain(change: Difference, title: str) -> Mapping[What, Text]:
    """The sentences that name nothing but the item or the question."""
    core = Text("“{item}” belongs to the core now.", item=title) if change.after else None
    project = Text("“{item}” is a project now.", item=title) if change.after == "project" else None
    return {
        "unnamed": Text("“{item}” is not among the retired ids, so its hours count for nothing else.", item=change.id),
        "reused": Text("“{item}” was retired before, and must not come back.", item=change.id),
        "kind": project or Text("“{item}” is a topic now.", item=title),
        "worded": Text("“{item}” has been reworded.", item=title),
        "weeks": Text("“{item}” has moved to other weeks.", item=title),
        "core": core or Text("“{item}” is no longer core.", item=title),
        "criteria": Text("“{item}” has other criteria for being done.", item=title),
        "modules": Text("There are other modules, or they are in another order."),
        "question gone": Text("The question “{id}” is gone.", id=change.id),
        "question new": Text("The question “{id}” is new.", id=change.id),
        "question worded": Text("The question “{id}” has been reworded.", id=change.id),
        "texts": Text("The roadmap's own texts have been reworded."),
        "modules worded": Text("Modules have been reworded."),
    }


def _length(roadmap: Roadmap) -> Text:
    time = Minutes(roadmap.minutes_per_week)
    return Plural("{n} week of {time}", "{n} weeks of {time}", n=roadmap.weeks, time=time)


def _time(minutes: object) -> Minutes:
    assert isinstance(minutes, int)  # noqa: S101 - see Difference
    return Minutes(minutes)
