"""The Discord adapter against SimCord: a second opinion on what our own Discord of `tests.platforms.discord` says.

SimCord plays Discord inside the process, below the library: its people press only buttons that are there, see only what
is shown to them and submit only forms that stand open before them. It logs the client in itself, everybody there speaks
English, and all work ends before its clock moves: gateway, languages and late answers are for `test_discord`.
"""

import pytest
import simcord

from bot.commands import COMMANDS
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.all_commands import by_name
from bot.dialogue.answer import Answer
from bot.dialogue.reply import reply
from bot.dialogue.text import Text
from bot.storage.database import SqlDatabase
from tests.storage.stored_rows import committed
from tests.wire.simcord_town import IN_PUBLIC, SAYS_NO, TYPE, Story, Town, components, labels, press, same, tell, text

__all__ = ["tell"]


def test_undo_takes_back_what_was_logged_and_stands_in_its_place(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.env.create_user("ada")
        await press(ada, await ada.slash("start", hours="8h"), "UTC")
        logged = await ada.slash("log", spent="1h30 calculus")
        assert "Logged 1 h 30 min on “Calculus”" in text(logged.response)
        undone = await press(ada, logged, "Undo")
        assert same(logged, undone)
        assert "Took back" in text(undone.response)
        assert labels(undone.response) == ["Put it back", "Today"]
        assert len(ada.dm_channel.history()) == 2
        today = await press(ada, undone, "Today")
        assert not same(undone, today)
        assert "Today: Introduction" in text(today.response)

    tell(story)
    assert [line["minutes"] for line in committed(sqlite, "entry")] == [90, -90]


def test_undo_says_what_the_week_holds_after_it(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.member("ada")
        await here.enrol(ada)
        logged = await ada.slash(here.general, "log", spent="1h30 calculus")
        assert "1 h 30 min of 8 h this week" in text(logged.response)
        undone = await press(ada, logged, "Undo")
        assert "░ 0 min of 8 h this week" in text(undone.response)

    tell(story)


def test_a_question_is_answered_in_a_form_and_its_message_moves_on(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.member("ada"), here.member("bob")
        asked = await ada.slash(here.general, "start")
        await press(ada, asked, TYPE)  # opened and put away
        form = await press(ada, asked, TYPE)
        assert form.modal is not None
        assert form.modal["title"] == "How many hours a week do you want to study?"
        with pytest.raises(simcord.SetupError):
            await bob.submit_modal(form, {"a": "7"})
        refused = await ada.submit_modal(form, {"a": "@everyone *lots*"})
        assert same(asked, refused)
        assert "I did not understand “@\u2060everyone \\*lots\\*”" in text(refused.response)
        understood = await ada.submit_modal(await press(ada, refused, TYPE), {"a": "7"})
        assert same(asked, understood)
        assert "7 h a week, from today" in text(understood.response)
        submitted = await ada.submit_modal(await press(ada, understood, TYPE), {"a": "Berlin"})
        assert "Your days are those of Europe/Berlin" in text(submitted.response)
        assert here.general.history(viewer=bob) == []

    tell(story)


def test_what_is_typed_is_completed_and_what_was_offered_is_understood(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.member("ada")
        await here.enrol(ada)

        async def offered(command: str, option: str, typed: str) -> dict[str, str]:
            choices = await ada.autocomplete(here.general, command, option, typed)
            assert len(choices) <= 25
            assert all(1 <= len(words) <= 100 for choice in choices for words in (choice["name"], choice["value"]))
            return {choice["name"]: choice["value"] for choice in choices}

        items = await offered("log", "item", "calc")
        assert list(items) == ["Calculus"]
        assert len(await offered("log", "item", "")) > 10
        assert await offered("log", "item", "no such item anywhere") == {}
        assert "Europe/Berlin" in await offered("timezone", "zone", "berl")
        assert set(await offered("log", "day", "yes")) == {"yesterday"}
        assert "tuesday" in await offered("log", "day", "tu")
        logged = await ada.slash(here.general, "log", spent="45m", day="today", item=items["Calculus"])
        assert "Logged 45 min on “Calculus”" in text(logged.response)
        stranger = here.member("stranger")
        assert await stranger.autocomplete(here.general, "timezone", "zone", "berl") != []

    tell(story)
    assert [line["item"] for line in committed(sqlite, "entry")] == ["calculus"]


def test_who_manages_the_server_creates_a_group_for_a_channel_and_nobody_else(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada, eva = here.member("ada", "manage_guild"), here.member("eva", "administrator")
        bob = here.member("bob", "manage_channels", "manage_messages", "moderate_members")
        refused = await bob.slash(here.general, "group create")
        assert SAYS_NO in text(refused.response)
        assert committed(sqlite, "study_group") == []
        overview = await ada.slash(here.general, "group create")
        assert "general has a study group" in text(overview.response)
        assert SAYS_NO in text((await press(bob, overview, "Say nothing here")).response)
        assert "has a study group" in text(overview.response)
        ended = await press(ada, overview, "Say nothing here")
        assert same(overview, ended)
        assert "I send nothing here by myself any more" in text(ended.response)
        again = await press(eva, ended, "Begin again")
        assert same(overview, again)
        assert "has a study group" in text(again.response)

    tell(story)


def test_in_a_server_everybody_sees_what_is_for_all_and_nothing_else(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.member("ada"), here.member("bob")
        known = by_name(COMMANDS, web=False).values()
        offered = [command for command in known if not (command.hidden or command.unlisted or command.subs)]
        for menu in (ada.available_commands(here.general), ada.user.available_commands()):
            assert sorted(menu) == sorted(command.typed for command in offered)
        await here.enrol(ada)
        bare = [c.typed for c in offered if not any(o.required or o.parameter.attached for o in c.options)]
        for name in bare:
            answer = (await ada.slash(here.general, name)).response
            assert answer is not None, name
            assert answer.ephemeral is (name not in IN_PUBLIC), name
            assert (answer.id in {message.id for message in here.general.history(viewer=bob)}) is (name in IN_PUBLIC), (
                name
            )
        alone = await ada.user.slash("today")
        assert alone.response is not None
        assert not alone.response.ephemeral
        private = next(message for message in here.general.history(viewer=ada) if message.flags.ephemeral)
        with pytest.raises(simcord.SetupError, match="not visible"):
            await bob.click(private, label=labels(private)[0])

    tell(story)


def test_everybody_may_press_the_buttons_of_a_board(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.member("ada"), here.member("bob")
        await here.enrol(bob)
        await here.member("eva", "manage_guild").slash(here.general, "group create")
        board = await ada.slash(here.general, "leaderboard show")
        assert "Nobody is on the board of general yet" in text(board.response)
        asked = await press(bob, board, "Join the board")
        assert asked.response is not None
        assert asked.response.ephemeral
        joined = await press(bob, asked, "By my name")
        assert joined.response is not None
        assert joined.response.ephemeral
        assert "bob is on the board of general now" in text(joined.response)
        assert "We have not started yet" in text((await press(ada, board, "Join the board")).response)
        assert "1  bob" in text((await ada.slash(here.general, "leaderboard show")).response)
        assert "1  bob" in text((await press(ada, board, "By hours")).response)

    tell(story)


def test_after_a_restart_old_messages_and_open_forms_still_work(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada, bob, eva = here.member("ada"), here.member("bob", "manage_guild"), here.member("eva")
        await here.enrol(ada)
        logged = await ada.slash(here.general, "log", spent="45m")
        alone = await ada.user.slash("today")
        overview = await bob.slash(here.general, "group create")
        asked = await eva.slash(here.general, "start")
        form = await press(eva, asked, TYPE)
        former = here.bot._client
        await here.restarts()
        assert here.bot._client is not former
        undone = await press(ada, logged, "Undo")
        assert same(logged, undone)
        assert "Took back" in text(undone.response)
        assert "is done, 8 h earlier" in text((await press(ada.user, alone, "Item is done")).response)
        ended = await press(bob, overview, "Say nothing here")
        assert same(overview, ended)
        answered = await eva.submit_modal(form, {"a": "7"})
        assert same(asked, answered)
        assert "7 h a week, from today" in text(answered.response)
        registered = [
            call for call in here.env.http_requests if (call.method, call.path.split("/")[-1]) == ("PUT", "commands")
        ]
        assert len(registered) == 1

    tell(story)
    assert [line["minutes"] for line in committed(sqlite, "entry")][:2] == [45, -45]


def test_no_name_calls_anybody(tell: Story) -> None:
    async def story(here: Town) -> None:
        assert here.cafe.me is not None
        assert here.cafe.me.guild_permissions.mention_everyone  # so it could
        bob = here.member("bob")
        role = here.cafe.create_role("all", mentionable=True)
        await here.member("eva", "manage_guild").slash(here.general, "group create")
        names = ["@everyone", "@here", bob.mention, role.mention]
        for number, name in enumerate(names):
            who = here.member(f"u{number}", shown=name)
            await here.enrol(who)
            joined = await who.slash(here.general, "group join", shown="name")
            assert "is on the board of general now" in text(joined.response)
        board = await bob.slash(here.general, "leaderboard show")
        assert "@\u2060everyone" in text(board.response)
        answer = Answer(reply(*(Text("Good morning, {name}!", name=name) for name in names)), "en", private=False)
        await here.bot.send(Place("discord", str(here.general.id), "general"), answer, "delivery:1")
        await here.bot.send(Account("discord", str(bob.id), "bob"), answer, "delivery:2")
        seen = [*here.general.history(viewer=bob), *bob.user.dm_channel.history()]
        assert len(seen) >= 4
        for message in seen:
            assert not any(name in text(message) for name in names)
            assert (message.mention_everyone, message.mentions, message.role_mentions) == (False, [], [])

    tell(story)


def test_a_file_comes_with_its_message(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.member("ada")
        await here.enrol(ada)
        answer = (await ada.slash(here.general, "export")).response
        assert answer is not None
        assert answer.ephemeral
        shown = [component["file"]["url"] for component in components(answer) if "file" in component]
        assert shown == [file.url for file in answer.attachments] != []

    tell(story)


def test_an_answer_that_cannot_be_given_goes_another_way(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.member("ada"), here.member("bob")
        await here.enrol(ada)
        for name, options in (("log", {"spent": "45m"}), ("leaderboard show", {})):
            here.env.inject_error(
                "POST", "/interactions/*/callback", status=404, code=10062, message="Unknown interaction"
            )
            assert (await ada.slash(here.general, name, **options)).response is None
        assert ["Logged 45 min" in text(message) for message in ada.user.dm_channel.history()] == [True]
        assert ["no study group yet" in text(message) for message in here.general.history(viewer=bob)] == [True]

    tell(story)
