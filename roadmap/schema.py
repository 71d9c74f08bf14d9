"""The format of a track file, declared once: the loader reads by it and editors check by it (`json_schema`).

Limits on lengths come from where the texts end up: a Discord choice holds 100 characters, a field 1,024, a button's
address 512, and a callback of Telegram 64 bytes with an id of at most 24 or 32 in it.
"""

from typing import Any, get_args

from roadmap.fields import Fields, Key, ListOf
from roadmap.model import Check, Cost, Kind, Verdict
from roadmap.quantities import Day, Hours, Weeks, Whole
from roadmap.scalars import LANGUAGE, VERSION, Choice, Pattern, Ref, Text, Url, slug

OURS = ("hours", "criteria", "resource", "parts")
MOST_WEEKS = 260
MOST_WEEKLY_HOURS = 60
MOST_CRITERIA = 12
MOST_OUTCOMES = 12

TITLE = Text(100)
NAME = Text(40)
LINE = Text(200)
SENTENCES = Text(1000, lines=True)
ITEM_ID = slug(24)
SHORT_ID = slug(32)
SEMVER = Pattern(VERSION, "a version such as 1.0.0", 14)


_CHECKED = Key(LINE, "What was checked of it and when, where nobody opened and read it.", required=False)


def _link(url: Key, about: str) -> Fields:
    return Fields(
        about,
        {
            "title": Key(LINE, "What it is called."),
            "url": url,
            "hours": Key(Hours(500), "How long the whole of it takes, where that is known.", required=False),
            "cost": Key(Choice(get_args(Cost)), "free unless it says paid.", required=False),
            "why": Key(LINE, "What it is for, in half a sentence.", required=False),
            "checked": _CHECKED,
        },
    )


_ADDRESS = Key(Url(), "Where it is: https://...")
LINK = _link(_ADDRESS, "a link")
START = _link(Key(Url(empty=True), "Where it is; left out if it is nowhere.", required=False), "a link to start with")

ORIGINAL = Fields(
    "what the original named",
    {
        "text": Key(LINE, "What the original roadmap named, in its own words."),
        "verdict": Key(Choice(get_args(Verdict)), "Does it exist under this name: correct, renamed or wrong."),
        "why": Key(SENTENCES, "What is the matter with it. Needed unless it is correct.", required=False),
    },
)

RESOURCE = Fields(
    "a resource",
    {
        "title": Key(LINE, "Its real title."),
        "url": Key(Url(), "Where the learner opens it: https://..."),
        "parent_url": Key(Url(), "What it is a part of, or its other half.", required=False),
        "provider": Key(LINE, "Who gives it."),
        "instructors": Key(ListOf(TITLE, 12), "Who teaches.", required=False),
        "cost": Key(Choice(get_args(Cost)), "free or paid. A paid one should have a free alternative."),
        "cost_note": Key(SENTENCES, "What is to be known about the price.", required=False),
        "fit": Key(LINE, "Which share of it the planned hours cover: 8 of about 33 h.", required=False),
        "alternatives": Key(ListOf(LINK, 6), "Instead of it; for a paid one the first is free.", required=False),
        "bridge": Key(ListOf(LINK, 6), "What the module needs and the resource does not have.", required=False),
        "checked": _CHECKED,
    },
)

CRITERION = Fields(
    "a criterion",
    {
        "id": Key(SHORT_ID, "A short name for it, unique in the item: tests-pass."),
        "check": Key(Choice(get_args(Check)), "Who can tell: the learner (self), a peer, or a program (auto)."),
        "text": Key(SENTENCES, "One sentence that is true when it is reached."),
        "path": Key(
            Ref(24), "The path of the project that it belongs to; left out where it holds on all.", required=False
        ),
    },
)

PATH = Fields(
    "a path",
    {
        "id": Key(ITEM_ID, "A short name for it, unique in the item: open-source."),
        "title": Key(TITLE, "What it is called: An open-source contribution."),
    },
)

_OUTCOMES = ListOf(Whole(MOST_OUTCOMES), MOST_OUTCOMES, least=1, unique=True)

PART = Fields(
    "a part",
    {
        "week": Key(Whole(MOST_WEEKS), "A week of the module."),
        "hours": Key(Hours(200), "How long it is meant to take: 4, 0.5."),
        "do": Key(SENTENCES, "What to do today: one or two sentences."),
        "milestone": Key(LINE, "What is reached when it is done.", required=False),
        "reaches": Key(
            ListOf(Ref(32), MOST_CRITERIA, least=1, unique=True),
            "The project's criteria that are true once it is done, by their ids.",
            required=False,
        ),
        "links": Key(ListOf(LINK, 6, least=1), "What this step names or uses: shown with it.", required=False),
        "teaches": Key(_OUTCOMES, "The module's outcomes that it serves, by their numbers from 1.", required=False),
        "uses": Key(_OUTCOMES, "The module's outcomes that it needs: earlier steps teach them.", required=False),
        "practice": Key(Ref(24), "The practice of the module that is done in it.", required=False),
    },
)

_DONE_WHEN = ListOf(CRITERION, MOST_CRITERIA, least=1)

ITEM = Fields(
    "an item",
    {
        "id": Key(ITEM_ID, "A name for ever: hours are credited to it. Unique in the roadmap, no numbering."),
        "kind": Key(Choice(get_args(Kind)), "A topic has a resource, a project has done_when and start_with."),
        "title": Key(TITLE, "What it is called in lists."),
        "also": Key(ListOf(NAME, 24, unique=True), "Other names learners call it: calc, Mathe.", required=False),
        "hours": Key(Hours(1000), "The sum of its parts."),
        "ours": Key(ListOf(Choice(OURS), 4, unique=True), "What is not the original's.", required=False),
        "original": Key(ORIGINAL, "What the original roadmap named.", required=False),
        "resource": Key(RESOURCE, "What a topic is learned from.", required=False),
        "needs": Key(LINE, "Which machine, account and download a project needs.", required=False),
        "start_with": Key(ListOf(START, 6, least=1), "Where a project begins.", required=False),
        "done_when": Key(_DONE_WHEN, "When a project is done.", required=False),
        "stretch": Key(SENTENCES, "For those who want more.", required=False),
        "paths": Key(ListOf(PATH, 4, least=2), "The ways to do a project, where there are several.", required=False),
        "alone": Key(SENTENCES, "What to do in place of what needs a peer.", required=False),
        "level": Key(
            Choice(("core", "extra")),
            "core (the default), or extra: may be left out when time is short.",
            required=False,
        ),
        "parts": Key(ListOf(PART, 60, least=1), "The item laid out in weeks, in the order of doing."),
    },
    rules={
        "if": {"properties": {"kind": {"const": "topic"}}},
        "then": {
            "required": ["resource"],
            "properties": {
                "needs": False,
                "start_with": False,
                "done_when": False,
                "stretch": False,
                "paths": False,
                "alone": False,
                "parts": {"items": {"properties": {"reaches": False}}},
            },
        },
        "else": {"required": ["start_with", "done_when"], "properties": {"resource": False}},
    },
)

PRACTICE = Fields(
    "a practice",
    {
        "id": Key(ITEM_ID, "A name for ever, unique among items and practices."),
        "title": Key(TITLE, "What it is called in lists."),
        "inside": Key(Ref(24), "The item of this module in whose hours it is done."),
        "hours": Key(Hours(200), "How long it takes, at most as long as that item."),
        "text": Key(SENTENCES, "What to do."),
        "done_when": Key(_DONE_WHEN, "When it is done.", required=False),
    },
)

QUESTION = Fields(
    "a question",
    {
        "id": Key(SHORT_ID, "A name for ever, unique among the roadmap's questions: chain-rule-power."),
        "week": Key(Whole(MOST_WEEKS), "The week of the module in which it is asked."),
        "question": Key(SENTENCES, "What is asked."),
        "answer": Key(SENTENCES, "The answer, short enough to compare one's own with."),
        "about": Key(
            Whole(MOST_OUTCOMES), "The module's outcome that it checks, by its number from 1.", required=False
        ),
    },
)

MODULE = Fields(
    "a module",
    {
        "id": Key(ITEM_ID, "A name for ever, unique among modules."),
        "title": Key(TITLE, "Its theme."),
        "weeks": Key(Weeks(), "First and last week of the roadmap: 1-2, or 5 for a single one."),
        "hours": Key(Hours(2000), "The sum of its items."),
        "note": Key(SENTENCES, "What the original's hours were and what we set.", required=False),
        "requires": Key(ListOf(Ref(24), 20, unique=True), "Earlier modules it builds on.", required=False),
        "recommends": Key(ListOf(Ref(24), 20, unique=True), "Modules that help.", required=False),
        "outcomes": Key(ListOf(LINE, MOST_OUTCOMES, least=1), "What the learner can do afterwards."),
        "items": Key(ListOf(ITEM, 20, least=1), "Its topics and projects, in the order of a week."),
        "practice": Key(ListOf(PRACTICE, 12), "Optional exercises within its hours.", required=False),
        "questions": Key(ListOf(QUESTION, 60), "Self-check questions.", required=False),
    },
)

RETIRED = Fields(
    "a retired id",
    {
        "id": Key(SHORT_ID, "An id that once existed and is never used again."),
        "since": Key(SEMVER, "The first version without it."),
        "replaced_by": Key(Ref(32), "The id that stands for it now.", required=False),
    },
)

ROADMAP = Fields(
    "a roadmap",
    {
        "id": Key(ITEM_ID, "A name for ever; the file is called after it."),
        "version": Key(SEMVER, "Raised with every published change."),
        "title": Key(TITLE, "What it is called."),
        "summary": Key(SENTENCES, "What it leads to, in one or two sentences."),
        "locale": Key(Pattern(LANGUAGE, "a language such as en or pt-BR", 20), "The language it is written in."),
        "weeks": Key(Whole(MOST_WEEKS), "How many weeks it has."),
        "hours_per_week": Key(Hours(MOST_WEEKLY_HOURS), "What every week's parts add up to."),
        "hours": Key(Hours(20 * 1000 - 1), "weeks times hours_per_week."),
        "checked": Key(Day(), "The day on which the facts were last checked.", required=False),
        "origin": Key(SENTENCES, "Where it comes from.", required=False),
        "outcomes": Key(ListOf(LINE, 12), "What the learner can do at the end.", required=False),
        "assumes": Key(ListOf(SENTENCES, 12), "What the learner brings, and what to do without it.", required=False),
        "retired": Key(ListOf(RETIRED, 500), "Ids that once existed.", required=False),
        "modules": Key(ListOf(MODULE, 60, least=1), "Its modules, in the order of weeks."),
    },
)


def json_schema() -> dict[str, Any]:
    """The format as JSON Schema (draft 2020-12), for editors. What needs two places to see is checked by the loader."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "studybuddy roadmap",
        "description": "A track: modules of some weeks, their topics and projects laid out in hours.",
    } | ROADMAP.schema()
