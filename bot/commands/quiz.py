"""/quiz: this week's questions; the answer comes after the try."""

from typing import Annotated

from bot.core.calendar import local_date
from bot.core.quiz import Try, due_at, next_question, this_week, up_to
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, WireWord, WordsParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.text import Day, Plural, Text, words
from roadmap.model import Question

Answer = Annotated[
    str, WordsParameter(Text("your answer"), Text("your answer"), Text("What is your answer?"), longest=2000)
]


@command()
def quiz(
    ctx: Context,
    question: WireWord | None = None,
    show: Flag = False,
    knew: Flag | None = None,
    answer: Answer | None = None,
) -> Reply:
    """Check yourself with this week's questions, and those that are due again."""
    asked = _find(ctx, question) if question else None
    if asked is None and answer:
        raise Refusal(
            Text("No question is open that “{words}” could answer.", words=answer),
            buttons=(Button(Text("Quiz"), "quiz"),),
        )
    if asked is None:
        return _ask(ctx, ctx.study.roadmap_week)
    if knew is not None:
        ctx.store.quizzes.add(ctx.who.id, Try(asked.id, knew, ctx.now))
        return _ask(ctx, max(asked.week, ctx.study.roadmap_week))
    if answer or show:
        return _compare(asked, answer, pressed=ctx.request.pressed)
    return _pose(asked, ctx)


def _find(ctx: Context, id_: str) -> Question:
    found = next((q for module in ctx.study.roadmap.modules for q in module.questions if q.id == id_), None)
    if found is None:
        raise Refusal(Text("That question is not on your roadmap any more."), buttons=(Button(Text("Quiz"), "quiz"),))
    return found


def _ask(ctx: Context, week: int) -> Reply:
    study = ctx.study
    tries = ctx.store.quizzes.tries(ctx.who.id)
    questions = up_to(study.roadmap, week, study.modules_left_out)
    coming = next_question(questions, week, tries, ctx.now)
    if coming:
        return _pose(coming, ctx)
    count = len(this_week(study.roadmap, week, study.modules_left_out))
    said: list[Text] = [
        Plural("You knew the {n} question of this week.", "You knew all {n} questions of this week.", n=count)
    ]
    if not count:
        said = [Text("This week has no questions.")]
    known = {question.id for question in questions}
    due = [at for question, at in due_at(tries).items() if question in known]
    if due:
        said.append(Text("The next one comes back on {day}.", day=Day(local_date(min(due), ctx.zone))))
    return reply(
        *said,
        buttons=((Button(Text("Today"), "today"), Button(Text("Progress"), "progress")),),
        replaces=ctx.request.pressed,
    )


def _pose(question: Question, ctx: Context) -> Reply:
    return reply(
        Heading(Text("Question, week {week}", week=question.week)),
        words(question.question),
        Text("Try to say it, or write it here; then look."),
        buttons=((Button(Text("Show the answer"), "quiz", {"question": question.id, "show": "1"}),),),
        expects=Expects("quiz", "answer", {"question": question.id}),
        replaces=ctx.request.pressed,
    )


def _compare(question: Question, answer: str | None, *, pressed: bool) -> Reply:
    verdicts = tuple(
        Button(label, "quiz", {"question": question.id, "knew": word})
        for word, label in (("1", Text("I knew it")), ("0", Text("Not yet")))
    )
    return reply(
        Heading(Text("Question, week {week}", week=question.week)),
        words(question.question),
        *([Line(Text("You: {answer}", answer=answer))] if answer else []),
        Text("Answer: {answer}", answer=question.answer),
        buttons=(verdicts,),
        replaces=pressed,
    )
