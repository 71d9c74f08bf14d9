"""/help: every command by what it is for, from the commands themselves."""

from collections.abc import Sequence
from typing import Annotated

from bot.dialogue.command import Command, command, commands_of, listed
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, every_spelling, plain
from bot.dialogue.reply import Block, Bullets, Button, Fields, Heading, Line, Reply, reply
from bot.dialogue.section import SECTIONS, YOU, Section
from bot.dialogue.sentences import Sentences
from bot.dialogue.spoken import Spoken
from bot.dialogue.text import Text, Typed


class _TopicParameter(ChoiceParameter):
    """A section of the help, or a command or sub-command that may be typed, by any of the words that call it: gruppe
    einladen."""

    def take(self, typed: str, ctx: Context) -> tuple[str, str] | None:
        """Read a section's name or title where it is all that was said, else a command's words."""
        wanted = plain(typed).strip(" .!?")
        for section in SECTIONS:
            if wanted in {section.name, *map(plain, every_spelling(section.title))}:
                return section.name, ""
        if meant := Spoken(commands_of(ctx)).named(typed):
            return meant[0].typed, meant[1]
        named = (section for section in SECTIONS if wanted in map(plain, every_spelling(section.spellings)))
        section_meant = next(named, None)
        return (section_meant.name, "") if section_meant else super().take(typed, ctx)


def _topics(ctx: Context) -> dict[str, Text]:
    """What help there is: the sections, then the commands with their sub-commands."""
    commands = {command.typed: command.summary for command in commands_of(ctx).values() if not command.hidden}
    return {section.name: section.title for section in _sections(ctx)} | commands


TopicRef = Annotated[str, _TopicParameter("log", Text("which command"), Text("Which command?"), _topics)]


# note: patterns of sentences (see bot/dialogue/sentences.py) that mean /help
_SENTENCES = Sentences(
    Text(
        "what can/could/do you do (for) (me), what can/could i (do/type/say/write/ask/send) (you) (here), help "
        "(me) (out), (i) need (some) help, how does/do (all) this/it/you/the work (bot) (here), how "
        "do/can/should i use this/it/you/the (bot), (i) (do) dont/not understand (how) (this/it/you) "
        "(works/work), (which/show/list) (me) (the/all) commands/options (are) (there/available), what "
        "commands/options (are/do/can) (there/you/i) (have/know/use), can/could you help (me), how to use "
        "(this/you/it) (bot), who are you, what are you, what is this, how … work/works …, how do/can i … "
        "log/add/change/delete/use/stop/set/pause/join/start …, what … commands …, what … you do/can "
        "…, what … i … type/say/write …, i … lost, explain … bot/this/yourself/commands, (i) dont "
        "get/understand … bot/works/commands …, i dont get/understand it/this/anything"
    )
)


@command(
    section=YOU,
    examples=("/help", "/help log", Text("/help groups")),
    reads=True,
    spoken=Text("help, help me, commands"),
    sentences=_SENTENCES,
)
def help_(ctx: Context, about: TopicRef | None = None) -> Reply:
    """See what I can do."""
    if about is None:
        return _overview(ctx)
    command = commands_of(ctx).get(about.replace(" ", "."))
    section = next((section for section in SECTIONS if section.name == about), None)
    if section is None:
        shown = _about(command) if command else []
        return reply(*shown, buttons=((_to(command.section), _ALL),) if command else (_ALL,), anew=True)
    # A section and a command may have one name: what it does itself comes below those beside it.
    more = _about(command)[2:] if command else []
    own = [Heading(command.usage, 3), *more] if command and more else []
    rows = tuple((_name(each), each.summary) for each in _of(ctx, section))
    others = [_to(other) for other in _sections(ctx) if other is not section]
    return reply(Heading(section.title), section.about, Fields(rows), *own, buttons=(*_rows(others), *_first(ctx)))


_ALL = Button(Text("All of it"), "help")


def _overview(ctx: Context) -> Reply:
    """The sections with the names of their commands; a button opens one."""
    sections = _sections(ctx)
    rows = tuple((section.title, _names(_of(ctx, section))) for section in sections)
    return reply(
        Heading(Text("What I can do")),
        Fields(rows),
        Text(
            "Type time as you would say it: {one}, {two}, {three}.",
            one=Typed("/log 1h30"),
            two=Typed("/log 90"),
            three=Typed(Text("/log 45 min yesterday calculus")),
        ),
        buttons=(*_rows([_to(section) for section in sections]), *_first(ctx)),
        anew=True,
    )


def _sections(ctx: Context) -> list[Section]:
    """The sections that have commands, in their order."""
    there = {command.section.name for command in listed(commands_of(ctx))}
    return [section for section in SECTIONS if section.name in there]


def _of(ctx: Context, section: Section) -> list[Command]:
    return [command for command in listed(commands_of(ctx)) if command.section == section]


def _name(command: Command) -> Text:
    return Text("{command}", command=Typed(f"/{command.name}"))


def _names(commands: Sequence[Command]) -> Text:
    names = _name(commands[0])
    for each in commands[1:]:
        names = Text("{some}, {more}", some=names, more=_name(each))
    return names


def _to(section: Section) -> Button:
    return Button(section.title, "help", {"about": section.name})


def _rows(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[n : n + 3]) for n in range(0, len(buttons), 3)]


def _first(ctx: Context) -> tuple[tuple[Button, ...], ...]:
    """What to begin with: the start, or the day."""
    if ctx.learner is None:
        return ((Button(Text("Start"), "start"), Button(Text("Privacy"), "privacy")),)
    return ((Button(Text("See today"), "today"), Button(Text("Settings"), "settings")),)


def _about(command: Command) -> list[Block]:
    blocks: list[Block] = [Heading(Text("{usage}", usage=Typed(command.usage))), Line(command.summary)]
    if subs := command.listed_subs:
        blocks.append(Bullets(tuple(Text("{usage}: {about}", usage=Typed(s.usage), about=s.summary) for s in subs)))
    options = tuple(
        Text(
            "{name}: {about}, for example {example}",
            name=option.label,
            about=option.parameter.about,
            example=Typed(option.parameter.example),
        )
        for option in command.options
        if option.parameter.typed
    )
    if options:
        blocks.append(Bullets(options))
    if command.examples:
        blocks.append(Line(Text("For example:")))
        blocks.append(Bullets(tuple(Text("{example}", example=Typed(example)) for example in command.examples)))
    return blocks
