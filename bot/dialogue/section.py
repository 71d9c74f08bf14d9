"""What `/help` shows together: the commands that serve one need. A command names its section where it is declared."""

from dataclasses import dataclass

from bot.dialogue.text import Text


@dataclass(frozen=True)
class Section:
    """Commands that serve one need. `name` opens it: `/help plan`."""

    name: str
    title: Text
    about: Text
    """What it is for, below its title."""
    spellings: Text
    """What may be typed for it beside its title, with commas."""


TODAY = Section(
    "today",
    Text("Today"),
    Text("Know what to do now, and log your hours."),
    # note: what may be typed for the section of the help about studying today
    Text("studying, logging, hours"),
)
PLAN = Section(
    "plan",
    Text("Plan"),
    Text("See where you are, and change how much you study, or take a break."),
    # note: what may be typed for the section of the help about the plan
    Text("planning, progress and plan, breaks"),
)
ROADMAP = Section(
    "roadmap",
    Text("Roadmap"),
    Text("See what there is to learn, and how well you know it."),
    # note: what may be typed for the section of the help about the roadmap
    Text("learning, content"),
)
REMINDERS = Section(
    "reminders",
    Text("Reminders"),
    Text("Choose what I send you, and when."),
    # note: what may be typed for the section of the help about reminders
    Text("messages, notifications"),
)
GROUPS = Section(
    "groups",
    Text("Groups"),
    Text("Study with others: a board, a check-in, reviews."),
    # note: what may be typed for the section of the help about groups
    Text("groups, others, together"),
)
YOU = Section(
    "you",
    Text("You & privacy"),
    Text("Your settings, your accounts, and your data."),
    # note: what may be typed for the section of the help about settings and privacy
    Text("you and privacy, you, me, data, account"),
)
MORE = Section(
    "more",
    Text("More"),
    Text("What else there is."),
    # note: what may be typed for the section of the help about all the rest
    Text("other, the rest"),
)
SECTIONS = (TODAY, PLAN, ROADMAP, REMINDERS, GROUPS, YOU, MORE)
