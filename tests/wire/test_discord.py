"""The Discord adapter against a Discord of our own, over real sockets."""

from bot.storage.database import SqlDatabase
from tests.platforms.discord import wires
from tests.storage.stored_rows import committed
from tests.wire.discord_town import Story, Town, tell

__all__ = ["tell"]


def test_somebody_starts_logs_and_takes_it_back(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        assert len(ada.dm.visible) == 1  # what a button changed stands in its place
        await ada.slash("log", {"spent": "1h30 calculus"})
        await here.server.hears(ada, "Logged 1 h 30 min on “Calculus”")
        await ada.presses("Undo")
        await here.server.hears(ada, "Took back")

    tell(story)
    assert [line["minutes"] for line in committed(sqlite, "entry")] == [90, -90]


def test_what_is_private_is_seen_by_nobody_else_and_old_buttons_work_after_a_restart(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.guild("cafe", owner=ada, members=[ada])
        general = cafe.channel("general")
        await here.enrol(ada, general)
        await ada.slash("today", {}, general)
        await here.server.hears(ada, "Today: Introduction")
        assert general.messages == []
        await here.closes()
        await here.opens()
        await ada.presses("Item is done", general)
        await here.server.hears(ada, "done", after=0)
        await ada.slash("leaderboard show", {}, general)
        await here.server.hears(general, "This chat has no study group yet")

    tell(story)


def test_a_question_can_be_answered_in_a_form(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await ada.slash("start", {})
        await here.server.hears(ada, "How many hours a week")
        await ada.presses("✎ Type an answer")
        await here.server.until(lambda: ada.modal is not None)
        await ada.submits("7")
        await here.server.hears(ada, "7 h a week, from today")

    tell(story)


def test_options_complete_what_is_typed_and_german_is_spoken(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, eva = here.server.person("ada"), here.server.person("eva", locale="de")
        await here.enrol(ada)
        choices = await ada.completes("log", "item", "calc")
        assert [choice.name for choice in choices] == ["Calculus"]
        assert "Europe/Berlin" in [choice.value for choice in await ada.completes("timezone", "zone", "berl")]
        await eva.slash("start", {})
        await here.server.hears(eva, "Wie viele Stunden pro Woche")
        assert "Lernzeit" in str(here.server.commands)

    tell(story)


def test_sub_commands_stand_in_the_menu_with_options_and_words_of_their_own(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, eva = here.server.person("ada"), here.server.person("eva", locale="de")
        general = here.server.guild("cafe", members=[ada]).channel("general")
        await here.enrol(ada)
        group = next(command for command in eva.menu() if command["name"] == "group")
        subs = {sub["name"]: sub for sub in group["options"]}
        assert {sub["type"] for sub in subs.values()} == {1}
        assert list(subs)[:3] == ["show", "create", "settings"]
        assert subs["create"]["name_localizations"]["de"] == "anlegen"
        assert [option["name"] for option in subs["create"]["options"]] == ["title", "zone"]
        assert [option["name"] for option in subs["settings"]["options"]] == ["kind", "weekday", "at", "zone"]
        assert not subs["invite"].get("options")
        assert {"undo", "back"}.isdisjoint(
            option["name"]
            for option in next(command for command in eva.menu() if command["name"] == "catchup")["options"]
        )
        choices = await ada.completes("group settings", "zone", "berl")
        assert "Europe/Berlin" in [choice.value for choice in choices]
        await ada.slash("catchup pace", {"hours": "10h"})
        await here.server.hears(ada, "10 h a week")
        await ada.slash("group create", {}, general)
        await here.server.hears(general, "Only organisers can do that")

    tell(story)


def test_a_menu_registered_before_there_were_sub_commands_still_works(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        guild = here.server.guild("cafe")
        guild.member(ada, manage_guild=True)
        general = guild.channel("general")
        await here.enrol(ada)
        registered = next(command for command in ada.menu() if command["name"] == "group")

        async def chooses(*options: tuple[str, str]) -> None:
            given = [{"name": name, "type": 3, "value": value} for name, value in options]
            data = {"id": registered["id"], "name": "group", "type": 1, "options": given}
            await here.server.answered(ada._does(wires.COMMAND, general, data))

        await chooses(("change", "create"))
        assert "general has a study group" in ada.sees(general)[-1].plain
        await chooses(("change", "join"), ("shown", "alias"), ("words", "Ada L."))
        assert "Ada L. is on the board" in ada.sees(general)[-1].plain
        await chooses()
        assert "general has a study group" in ada.sees(general)[-1].plain
        bob = here.server.person("bob")
        guild.member(bob)
        assert len(bob.sees(general)) == 2  # what was told about ada alone is not among it

    tell(story)


def test_a_question_about_one_option_keeps_what_stood_in_the_others(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await ada.slash("log", {"spent": "2 calculus", "day": "today", "note": "the chain rule"})
        await here.server.hears(ada, "Is 2 hours or minutes?")
        await ada.presses("2 h")
        logged = await here.server.hears(ada, "Logged 2 h on “Calculus”")
        assert "the chain rule" in logged.plain

    tell(story)


def test_the_menu_is_in_the_language_of_whoever_opens_it(tell: Story) -> None:
    async def story(here: Town) -> None:
        eva = here.server.person("eva", locale="de")
        log = next(command for command in eva.menu() if command["name"] == "log")
        assert log["description_localizations"]["de"].startswith("Lernzeit")
        names = {option["name"]: option["name_localizations"]["de"] for option in log["options"]}
        assert names == {"spent": "dauer", "day": "tag", "item": "teil", "note": "notiz"}
        for command in eva.menu():
            shown = [
                option.get("name_localizations", {}).get("de", option["name"]) for option in command.get("options", [])
            ]
            assert len(set(shown)) == len(shown), command["name"]
        await here.enrol(here.server.person("ada"))
        days = await here.server.person("ada").completes("log", "day", "y")
        assert "yesterday" in [choice.value for choice in days]

    tell(story)
