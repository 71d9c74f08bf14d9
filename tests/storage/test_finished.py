"""What a learner reads who has finished, with something left out, on pause or not."""

from dataclasses import replace

from bot.storage.database import SqlDatabase
from tests.storage.frontend import frontend, shown
from tests.storage.oracle import GREEK


def test_whoever_has_finished_reads_what_is_true_for_them(database: SqlDatabase) -> None:
    items = GREEK.modules[0].items
    last = replace(items[-1], core=False)
    roadmap = replace(GREEK, modules=(replace(GREEK.modules[0], items=(*items[:-1], last)),))
    here = frontend(database, {"greek": roadmap})
    here.enrol("ada")
    here.press("ada", here.say("ada", "/catchup trim"), "Take it")
    for item in items[:-1]:
        here.say("ada", f"/done {item.id}")
    reply = shown(here.say("ada", "/today"))
    assert "Everything in your plan is done." in reply
    assert "5 h are left out of it; /catchup brings them back." in reply
    assert "still counts for your weeks" in reply
    here.say("ada", "/pause")
    reply = shown(here.say("ada", "/today"))
    assert "You are on pause; nothing is owed." in reply
    assert "still counts for your weeks" not in reply
    reply = shown(here.say("ada", "/progress"))
    assert "100% · 19 h of 19 h · 5 h left out" in reply
    assert "Week 1:" in reply
    assert "nothing is open" in shown(here.say("ada", "/why plan"))
    refused = here.say("ada", "/catchup")
    assert "Left out, and welcome back any time" in shown(refused)
    here.press("ada", refused, "Bring back “Delta”")
    assert "19 h of 24 h" in shown(here.say("ada", "/progress"))
