"""/help: every command, from the commands themselves."""

from typing import Annotated

from bot.dialogue.command import Command, command, commands_of, listed
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter
from bot.dialogue.reply import Block, Bullets, Button, Fields, Heading, Line, Reply, reply
from bot.dialogue.sentences import Sentences
from bot.dialogue.spoken import Spoken
from bot.dialogue.text import Text, Typed


class _CommandParameter(ChoiceParameter):
    """A command or sub-command that may be typed, by any of the words that call it: gruppe einladen."""

    def take(self, said: str, ctx: Context) -> tuple[str, str] | None:
        found = Spoken(commands_of(ctx)).named(said)
        return (found[0].typed, found[1]) if found else super().take(said, ctx)


CommandRef = Annotated[
    str,
    _CommandParameter(
        "log",
        Text("which command"),
        Text("Which command?"),
        lambda ctx: {command.typed: command.summary for command in commands_of(ctx).values() if not command.hidden},
    ),
]


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


@command(examples=("/help", "/help log"), reads=True, spoken=Text("help, help me, commands"), sentences=_SENTENCES)
def help_(ctx: Context, about: CommandRef | None = None) -> Reply:
    """See what I can do."""
    if about:
        return reply(*_about(commands_of(ctx)[about.replace(" ", ".")]), anew=True)
    shown = listed(commands_of(ctx))
    rows = tuple((Text("{command}", command=Typed(f"/{command.name}")), command.summary) for command in shown)
    return reply(
        Heading(Text("What I can do")),
        Fields(rows),
        Text(
            "Hours as you would say them: {one}, {two}, {three}.",
            one=Typed("/log 1h30"),
            two=Typed("/log 90"),
            three=Typed(Text("/log 45 min yesterday calculus")),
        ),
        buttons=(
            (Button(Text("Today"), "today"), Button(Text("Settings"), "settings"), Button(Text("Privacy"), "privacy")),
        ),
        anew=True,
    )


def _about(command: Command) -> list[Block]:
    blocks: list[Block] = [Heading(Text("{usage}", usage=Typed(command.usage))), Line(command.summary)]
    subs = [sub for sub in command.subs.values() if not sub.hidden]
    if subs:
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
