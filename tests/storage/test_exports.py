"""What an export holds of what others said, and of earlier exports."""

import json

from bot.storage.database import SqlDatabase
from tests.storage.frontend import Frontend, forged
from tests.storage.stored_rows import lines
from tests.storage.test_privacy import asked_for, exported, finished


def test_an_export_does_not_hold_the_exports_before_it(here: Frontend) -> None:
    sizes = [len(json.dumps(exported(here, "ada"))) for _ in range(4)]
    assert len(set(sizes)) == 1


def test_the_export_holds_what_others_said_about_ones_work_and_not_who_said_it(
    here: Frontend, database: SqlDatabase
) -> None:
    here.say("ada", "/group create", "/group join by my name", group="cafe")
    number = asked_for(here, database, "ada")
    here.handle(here.pressed("ada", forged("look", review=number, verdict="done", say="I like the plots", send="1")))
    author = f"{here.now:%H%M}-3-joe"
    (reply_text,) = exported(here, author)["review"]
    assert reply_text["words"] == "I like the plots"
    assert reply_text["learner"] is None
    (mine,) = exported(here, "ada")["review"]
    assert mine["words"] == "I like the plots"


def test_the_export_holds_that_one_was_congratulated_and_not_by_whom(here: Frontend, database: SqlDatabase) -> None:
    here.say("ada", "/group create", "/group join by my name", group="cafe")
    here.handle(here.pressed("ada", forged("congratulate", of=finished(here, database, "ada")), group="cafe"))
    (kept,) = lines(database, "congratulation")
    assert kept["learner"] is not None
    (received,) = exported(here, f"{here.now:%H%M}-3-eva")["congratulation"]
    assert (received["id"], received["learner"]) == (kept["id"], None)
    (given,) = exported(here, "ada")["congratulation"]
    assert given["learner"] == kept["learner"]
