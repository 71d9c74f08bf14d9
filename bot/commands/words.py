"""Typed words that are no command and answer no question: most likely study time."""

from bot.commands.log import log
from bot.commands.views.languages import other_languages
from bot.dialogue.command import command, commands_of
from bot.dialogue.context import Context
from bot.dialogue.offering import offer
from bot.dialogue.parameters import Note
from bot.dialogue.questions import REST
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.sentences import WRONG, Sentences, clauses, likely, means
from bot.dialogue.studied import told
from bot.dialogue.text import Text, Typed

# note: patterns of sentences (see bot/dialogue/sentences.py) that thank
_THANKS = Sentences(
    Text(
        "thanks/thx/ty/tysm/cheers (a) (lot/million/bunch) (for) (the/your) (help), (many/big) thanks, "
        "(great/nice/cool/super/awesome/perfect) thanks/thx/ty (a) (lot), "
        "(great/nice/cool/super/awesome/perfect) thank you/u (so/very) (much) (for) (the/your) (help), much "
        "appreciated, appreciate it, … thanks/thx/ty …, … thank you/u …, … appreciate it/that/you, "
        "youre (the) (a) (best/great/awesome/lifesaver)"
    )
)

_WRONG = Sentences(WRONG)
_MOST_LIKELY = 2


@command(hidden=True, sentences=_THANKS)
def words(ctx: Context, said: Note | None = None) -> Reply:
    """Answer what is no command."""
    if ctx.learner is None:
        return reply(
            Text("Hello! {start} gets us going.", start=Typed("/start")),
            buttons=((Button(Text("Start"), "start"), *other_languages(ctx)),),
            anew=True,
        )
    if said:
        answer = _thanked(said) or _wrong(said) or offer(said, ctx) or _about_study(said, ctx)
        answer = answer or next(filter(None, map(_thanked, clauses(said))), None)
        if answer:
            return answer
    return reply(
        Text(
            "I understand commands such as {today} or {log}; {help} shows all of them.",
            today=Typed("/today"),
            log=Typed("/log 1h30"),
            help=Typed("/help"),
        ),
        buttons=(_likely(said or "", ctx),),
        anew=True,
    )


def _likely(typed: str, ctx: Context) -> tuple[Button, ...]:
    """What may have been meant, the likeliest first, and help."""
    labels = {
        "today": Text("Today"),
        "log": Text("Log"),
        "progress": Text("Progress"),
        "plan": Text("Plan"),
        "undo": Text("Undo"),
        "pause": Text("Pause"),
        "resume": Text("End the pause"),
    }
    known = {name: meant for name in labels if (meant := commands_of(ctx)[name].sentences)}
    names = likely(typed, known)[:_MOST_LIKELY] or ["today", "log"]
    return (*(Button(labels[name], name) for name in names), Button(Text("Help"), "help"))


def _thanked(typed: str) -> Reply | None:
    if not means(typed, _THANKS, slips=True):
        return None
    return reply(Text("You are welcome!"), buttons=((Button(Text("Today"), "today"),),), anew=True)


def _wrong(typed: str) -> Reply | None:
    return _take_back() if means(typed, _WRONG, slips=True) else None


def _take_back() -> Reply:
    return reply(
        Text("Shall I take back what you logged last?"),
        buttons=((Button(Text("Undo"), "undo", answers="yes"), Button(Text("History"), "history", answers="no")),),
        anew=True,
    )


def _about_study(typed: str, ctx: Context) -> Reply | None:
    """The question about a time that may have been studied."""
    try:
        tells = told(typed, log, ctx)
    except Refusal:  # there is no roadmap to read it with
        return None
    if tells is None:
        return None
    if tells.back:
        return _take_back()
    question = Text("Shall I take that down as study time?")
    if tells.doubt:
        question = Text("I am not sure that you have studied this already. Shall I take it down as study time?")
    return reply(
        question,
        buttons=(
            (
                Button(Text("Log {words}", words=tells.words[:40]), "log", {REST: tells.words}, "yes"),
                Button(Text("Today"), "today"),
            ),
        ),
        anew=True,
    )
