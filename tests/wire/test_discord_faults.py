"""What the Discord adapter promises while the gateway, the API or a server fails."""

from operator import methodcaller
from typing import Any

import pytest

from bot.dialogue.sending import TemporaryFailure
from tests.wire.discord_town import HELLO, Town, held
from tests.wire.discord_trouble import CALLBACK, Prompt, Story, account, no_long_waits, shown_count, tell

__all__ = ["no_long_waits", "tell"]


RESUMED = {
    "cut": methodcaller("drop"),
    "closed": methodcaller("drop", 4000),
    "asks to reconnect": methodcaller("reconnect"),
    "invalid for now": methodcaller("invalidate", True),
    "silent": methodcaller("silence"),
}

BEGUN_ANEW = {"invalid": methodcaller("invalidate", False), "forgotten": methodcaller("drop")}


@pytest.mark.parametrize("trouble", [*RESUMED, *BEGUN_ANEW])
def test_a_gateway_that_fails_is_found_again_and_what_a_session_keeps_meanwhile_is_answered_once(
    tell: Story, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(Prompt, "patience", 0.2 if trouble == "silent" else 60.0)

    @tell
    async def story(here: Town) -> None:
        ada, gateway = here.server.person("ada"), here.server.gateway
        if trouble == "forgotten":
            gateway.sessions.clear()
        (RESUMED | BEGUN_ANEW)[trouble](gateway)
        if trouble in BEGUN_ANEW:
            await here.server.until(lambda: gateway.connected == 2 and gateway.online)
        await ada.slash("start")
        await here.server.hears(ada, "How many hours a week")
        await here.server.until(lambda: gateway.connected >= 2 and gateway.online)
        assert bool(gateway.resumes) == (trouble in RESUMED)
        await ada.presses("8 h a week")
        await here.server.hears(ada, "which time zone")
        assert len(ada.dm.visible) == 1


def test_discord_that_goes_down_and_comes_up_again_finds_the_bot_back(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await here.server.down()
        with pytest.raises(TemporaryFailure):
            await here.bot.send(account(ada), HELLO, "delivery:1")
        await here.server.up()
        await here.server.comes_online()
        await ada.slash("log", {"spent": "45m"})
        await here.server.hears(ada, "Logged 45 min")
        await here.bot.send(account(ada), HELLO, "delivery:1")
        assert shown_count(ada, "Good morning") == 1


ARRIVES = [("too_many", 2, True), ("error", 2, True), ("bad_gateway", 3, True), ("cut_after", 1, True)]

ARRIVES += [("cut_before", 1, True)]

DROPPED = [("error", 5, False), ("garbage", 1, False), ("cut_before", 2, False), ("forbidden", 1, False)]


@pytest.mark.parametrize(("kind", "times", "arrives"), ARRIVES + DROPPED)
def test_an_answer_arrives_once_or_is_dropped_with_a_line_and_the_next_one_comes(
    tell: Story, caplog: pytest.LogCaptureFixture, kind: Any, times: int, arrives: bool
) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        trouble = here.server.fault(kind, CALLBACK, times=times)
        await ada.slash("log", {"spent": "45m"})
        if arrives:
            await here.server.hears(ada, "Logged 45 min")
        else:
            await here.server.until(lambda: "an answer was not sent" in caplog.text)
        await ada.slash("history")
        await here.server.hears(ada, "45 min")
        assert (shown_count(ada), len(trouble.met)) == (int(arrives), times)
        assert "Traceback" not in caplog.text


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "bad_gateway", "garbage"])
def test_an_acknowledgement_that_fails_does_not_cost_the_answer(
    tell: Story, monkeypatch: pytest.MonkeyPatch, kind: Any
) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)

    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        opened = held(here, monkeypatch)
        trouble = here.server.fault(kind, CALLBACK)
        asked = await ada.slash("log", {"spent": "45m"})
        await here.server.until(lambda: trouble.met)
        opened.set()
        await here.server.hears(ada, "Logged 45 min")
        assert (asked.answered, shown_count(ada)) == (True, 1)


def test_an_answer_that_hangs_holds_up_nobody_else(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.PATIENCE", 0.05)

    @tell
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        trouble = here.server.fault("hang", CALLBACK)
        await ada.slash("start")
        await here.server.until(lambda: trouble.met)
        await here.enrol(bob)
        # Not even their own next question.
        await ada.slash("start")
        await here.server.hears(ada, "How many hours a week")
        trouble.release()
