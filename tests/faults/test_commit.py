"""“Logged” is said only after the commit (promise 5), and a refusal takes back what its command wrote."""

from bot.commands import COMMANDS
from bot.core.group import Place
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Reply, reply
from bot.dialogue.text import Text
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.faults.interrupt import Injected, failing_commits
from tests.storage.frontend import SORRY, Frontend, frontend, shown
from tests.storage.stored_rows import rows, studied


def test_what_could_not_be_committed_is_not_said(here: Frontend, database: SqlDatabase) -> None:
    for words in ("/log 1h", "/done", "/pace 6", "/start", "/deleteme", "hello"):
        before = rows(database)
        request = here.typed("ada", words)
        with failing_commits(database.engine):
            answer = here.handle(request)[0]
        assert shown(answer).startswith(SORRY), words
        assert rows(database) == before, words
        assert not shown(here.handle(request)[0]).startswith(SORRY), words


def test_who_was_told_sorry_may_say_it_again_and_it_counts_once(here: Frontend, database: SqlDatabase) -> None:
    request = here.typed("ada", "/log 1h")
    with failing_commits(database.engine):
        assert [shown(answer)[:20] for answer in here.handle(*[request] * 10)] == [SORRY[:20]] * 10
    assert shown(here.say("ada", "/log 1h")).startswith("Logged 1 h")
    assert len(studied(database)) == 1


def test_the_sorry_gives_back_what_was_typed(here: Frontend, database: SqlDatabase) -> None:
    with failing_commits(database.engine):
        assert "You wrote: 1h30 eigenvectors" in shown(here.say("ada", "/log 1h30 eigenvectors"))


def test_a_refusal_takes_back_what_its_command_wrote_and_is_remembered(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    runs = []

    @command()
    def spoil(ctx: Context) -> Reply:
        """Write a little everywhere, then think better of it."""
        runs.append(ctx.now)
        study = ctx.study
        ctx.uow.ledger.add(study.enrollment, item=study.item, day=ctx.today, minutes=5, kind="study", now=ctx.now)
        ctx.uow.groups.get_or_create(Place("terminal", "spoiled", "spoiled"), ctx.zone, ctx.now)
        ctx.uow.learners.set_locale(ctx.who.id, "xx")
        raise Refusal(Text("On second thoughts, no."))

    here = frontend(database, roadmaps, commands=(*COMMANDS, spoil))
    here.enrol("ada")
    before = rows(database)
    request = here.typed("ada", "/spoil")
    answer = here.handle(request)[0]
    after = rows(database)
    assert shown(answer) == "On second thoughts, no."
    changed = {name for name in after if after[name] != before[name]}
    # The question /start had left open is closed, and the request itself is in the database.
    assert changed <= {"request", "question"}
    assert len(after["request"]) == len(before["request"]) + 1
    assert here.handle(request)[0] == answer
    assert rows(database) == after
    assert len(runs) == 1


def test_a_command_that_breaks_leaves_nothing_and_is_not_remembered(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    broken = [True]

    @command()
    def shaky(ctx: Context) -> Reply:
        """Break the first time."""
        study = ctx.study
        ctx.uow.ledger.add(study.enrollment, item=study.item, day=ctx.today, minutes=5, kind="study", now=ctx.now)
        if broken:
            broken.clear()
            raise Injected
        return reply(Text("Taken."))

    here = frontend(database, roadmaps, commands=(*COMMANDS, shaky))
    here.enrol("ada")
    before = rows(database)
    request = here.typed("ada", "/shaky")
    assert shown(here.handle(request)[0]).startswith(SORRY)
    assert rows(database) == before
    assert shown(here.handle(request)[0]) == "Taken."
    assert len(studied(database)) == 1
