"""/quiz: this week's questions; the answer comes after the try."""

from collections.abc import Sequence
from typing import Annotated

from bot.commands.views.questions import questions_waiting
from bot.core.quiz import SESSION, due_at, reached, taught, this_week
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, Number, WireWord, WordsParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.section import ROADMAP
from bot.dialogue.text import Day, Plural, Text, words
from bot.usecases.answer_quiz import NoSuchQuestion, answer_quiz, question_of
from roadmap.model import Question

Answer = Annotated[
    str, WordsParameter(Text("your answer"), Text("your answer"), Text("What is your answer?"), longest=2000)
]


@command(section=ROADMAP, spoken=Text("quiz, quiz me"))
def quiz(
    ctx: Context,
    question: WireWord | None = None,
    show: Flag = False,
    knew: Flag | None = None,
    answer: Answer | None = None,
    left: Number | None = None,
) -> Reply:
    """Check yourself with this week's questions, and those that are due again."""
    asked = _find(ctx, question) if question else None
    if asked is None and answer:
        raise Refusal(
            Text("There is no open question that “{words}” could answer.", words=answer),
            buttons=(Button(Text("Quiz"), "quiz"),),
        )
    if asked is None:
        return _ask(ctx, ctx.study.roadmap_week, min(left or SESSION, SESSION))
    if knew is not None:
        answer_quiz(ctx.uow, ctx.who, ctx.study, asked.id, knew=knew, now=ctx.now)
        week = asked.week if asked.week not in ctx.study.roadmap_weeks else ctx.study.roadmap_week
        return _ask(ctx, week, SESSION) if left is None else _ask(ctx, week, left - 1)
    if answer or show:
        return _compare(asked, answer, left)
    return _pose(asked, left)


def _find(ctx: Context, id_: str) -> Question:
    try:
        return question_of(ctx.study, id_)
    except NoSuchQuestion:
        raise Refusal(
            Text("That question is not on your roadmap any more."), buttons=(Button(Text("Quiz"), "quiz"),), final=True
        ) from None


def _ask(ctx: Context, week: int, left: int) -> Reply:
    """The next question; or, when as many were asked as were promised, whether it shall go on."""
    study = ctx.study
    coming = questions_waiting(ctx, study, week)
    if coming and left > 0:
        return _pose(coming[0], min(left, len(coming)))
    if coming:
        return _more(coming)
    every = this_week(study.roadmap, week, study.modules_left_out)
    count = len(taught(every, study.roadmap, study.position))
    lines: list[Text] = []
    if count:
        lines.append(
            Plural("You knew the {n} question of this week.", "You knew all {n} questions of this week.", n=count)
            if count == len(every)
            else Plural("You knew the {n} question so far.", "You knew all {n} questions so far.", n=count)
        )
    if not every:
        lines.append(Text("This week has no questions."))
    elif count < len(every):
        lines.append(Text("This week's questions come after its lessons."))
    reached_now = reached(study.roadmap, {*study.roadmap_weeks, week}, study.modules_left_out)
    known = {question.id for question in reached_now}
    due = [at for question, at in due_at(ctx.uow.quizzes.tries(ctx.who.id)).items() if question in known]
    if due:
        lines.append(Text("The next one comes back on {day}.", day=Day(ctx.date_at(min(due)))))
    return reply(
        *lines,
        buttons=((Button(Text("Today"), "today"), Button(Text("Progress"), "progress")),),
    )


def _more(coming: Sequence[Question]) -> Reply:
    waiting = Plural(
        "{n} question is waiting, and it can wait longer.",
        "{n} questions are waiting, and they can wait longer.",
        n=len(coming),
    )
    more = min(SESSION, len(coming))
    go_on = Button(Plural("{n} more", "{n} more", n=more), "quiz", {"left": str(more)})
    return reply(waiting, buttons=((go_on, Button(Text("Enough for today"), "today")),))


def _carried(question: Question, left: int | None) -> dict[str, str]:
    """The options of a question's buttons: its id, and how many questions are left in this sitting."""
    return {"question": question.id} | ({} if left is None else {"left": str(left)})


def _pose(question: Question, left: int | None) -> Reply:
    return reply(
        Heading(Text("Question, week {week}", week=question.week)),
        words(question.question),
        Text("Try to say it, or write it here; then look."),
        buttons=((Button(Text("Show the answer"), "quiz", _carried(question, left) | {"show": "1"}),),),
        expects=Expects("quiz", "answer", _carried(question, left)),
    )


def _compare(question: Question, answer: str | None, left: int | None) -> Reply:
    verdicts = tuple(
        Button(label, "quiz", _carried(question, left) | {"knew": word})
        for word, label in (("1", Text("I knew it")), ("0", Text("Not yet")))
    )
    return reply(
        Heading(Text("Question, week {week}", week=question.week)),
        words(question.question),
        *([Line(Text("You: {answer}", answer=answer))] if answer else []),
        Text("Answer: {answer}", answer=question.answer),
        buttons=(verdicts,),
    )
