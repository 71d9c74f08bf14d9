"""A calendar feed over HTTP, read by a parser that is none of ours."""

import asyncio
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import vobject

from bot.app import wire
from bot.storage.database import SqlDatabase
from bot.web.events import Event
from bot.web.feed import written
from bot.web.feeds import MOST
from bot.web.visitors import GUESSES
from tests.conftest import MONDAY
from tests.storage.oracle import GREEK
from tests.web.conftest import PLAIN_SITE, Town

BERLIN = ZoneInfo("Europe/Berlin")


def path(answer: str) -> str:
    """The path of the address in what the bot said."""
    match = re.search(r"http://study\.example\.org(/feed/[\w-]{43}\.ics)", answer)
    assert match, answer
    return match[1]


def events(body: bytes) -> list[dict[str, Any]]:
    """The events of a calendar, by another parser than the library that wrote it."""
    calendar = vobject.readOne(body.decode())
    calendar.validate(raiseException=True)
    return [{child.name: child.value for child in event.getChildren()} for event in calendar.vevent_list]


def weeks(body: bytes) -> dict[Any, Any]:
    """The ids of the weeks in a calendar, by the day on which each begins."""
    return {event["DTSTART"]: event["UID"] for event in events(body) if str(event["SUMMARY"]).startswith("Week ")}


def test_the_feed_has_the_weeks_and_projects_of_the_plan(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        plan = await town.says("ada", "/plan")
        async with town.served() as calendar:
            response = await calendar.get(path(await town.says("ada", "/calendar")))
            assert response.status == 200
            assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
            shown = events(await response.read())
        listed = [event for event in shown if str(event["SUMMARY"]).startswith("Week ")]
        assert listed[0]["DTSTART"] == date(2026, 1, 5)
        assert listed[0]["DTEND"] == date(2026, 1, 12)
        assert len(listed) == 24
        assert "Week 1: " in str(listed[0]["SUMMARY"])
        module = str(listed[0]["SUMMARY"]).removeprefix("Week 1: ").rpartition(",")[0]
        assert module in plan
        assert any(str(event["SUMMARY"]).startswith("Project due: ") for event in shown)
        assert len({event["UID"] for event in shown}) == len(shown)

    asyncio.run(story())


def test_uids_stay_whatever_the_plan_does(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as calendar:
            address = path(await town.says("ada", "/calendar"))
            before = weeks(await (await calendar.get(address)).read())
            await town.says("ada", "/log 3h")
            await town.says("ada", "/pace 5")
            town.now += timedelta(days=7)
            after = weeks(await (await calendar.get(address)).read())
        assert len(after) > len(before)
        del before[MONDAY.date()]  # a week that is over is not in it any more
        assert all(after[day] == uid for day, uid in before.items())

    asyncio.run(story())


def test_a_pause_leaves_its_weeks_free_as_in_the_plan(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        await town.says("ada", "/pause 2026-01-19 to 2026-02-01")
        async with town.served() as calendar:
            shown = events(await (await calendar.get(path(await town.says("ada", "/calendar")))).read())
        begun = {event["DTSTART"] for event in shown if str(event["SUMMARY"]).startswith("Week ")}
        assert date(2026, 1, 12) in begun
        assert date(2026, 2, 2) in begun
        assert not begun & {date(2026, 1, 19), date(2026, 1, 26)}

    asyncio.run(story())


def test_study_times_are_in_it_on_days_that_owe_something_in_the_learners_zone(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        await town.says("ada", "/times tue thu 19:00 90m")
        await town.says("ada", "/pause 2026-01-19 to 2026-01-25")
        async with town.served() as calendar:
            address = path(await town.says("ada", "/calendar"))
            shown = events(await (await calendar.get(address)).read())
            times = [event for event in shown if event["SUMMARY"] == "Study time"]
            begun = [event["DTSTART"] for event in times]
            assert [(at.isoformat(), at.utcoffset()) for at in begun[:2]] == [
                ("2026-01-06T19:00:00+01:00", timedelta(hours=1)),
                ("2026-01-13T19:00:00+01:00", timedelta(hours=1)),
            ]
            assert {at.date().weekday() for at in begun} == {1, 3}
            assert not any(date(2026, 1, 19) <= at.date() <= date(2026, 1, 25) for at in begun)
            assert times[0]["DTEND"] - times[0]["DTSTART"] == timedelta(minutes=90)
            assert {event["TRANSP"] for event in times} == {"OPAQUE"}
            await town.says("ada", "/times off")
            assert not [e for e in events(await (await calendar.get(address)).read()) if e["SUMMARY"] == "Study time"]

    asyncio.run(story())


def test_two_study_times_of_one_day_are_two_events(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        await town.says("ada", "/times tue 8:00 1h, tue 19:00 1h")
        async with town.served() as calendar:
            shown = events(await (await calendar.get(path(await town.says("ada", "/calendar")))).read())
        times = [event["UID"] for event in shown if event["SUMMARY"] == "Study time"]
        assert len(times) == len(set(times)) == 16

    asyncio.run(story())


def test_whoever_has_finished_has_no_study_times_in_it(sqlite: SqlDatabase) -> None:
    town = Town(wire(sqlite, {}, roadmaps={"greek": GREEK}, site=PLAIN_SITE))

    async def story() -> None:
        await town.starts("ada")
        await town.says("ada", "/times tue 19:00 1h")
        address = path(await town.says("ada", "/calendar"))
        async with town.served() as calendar:
            assert b"Study time" in await (await calendar.get(address)).read()
            for item in GREEK.items:
                await town.says("ada", f"/done {item}")
            assert b"BEGIN:VEVENT" not in await (await calendar.get(address)).read()

    asyncio.run(story())


def test_sessions_of_the_learners_groups_are_in_it(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada", "ben", "eve")
        await town.says("ada", "/group create", group="cafe")
        await town.says("ada", "/group join by my name", group="cafe")
        await town.says("ben", "/group join not shown", group="cafe", organiser=False)
        await town.says("ada", "/session tomorrow 19:00 90m Calculus", group="cafe")
        async with town.served() as calendar:

            async def sessions(who: str) -> list[dict[str, Any]]:
                shown = events(await (await calendar.get(path(await town.says(who, "/calendar")))).read())
                return [event for event in shown if "Calculus" in str(event["SUMMARY"])]

            (hers,), (his,) = await sessions("ada"), await sessions("ben")
            assert hers["SUMMARY"] == "“Calculus” with cafe"
            assert hers["DTSTART"] == his["DTSTART"] == datetime(2026, 1, 6, 19, tzinfo=BERLIN)
            assert (hers["TRANSP"], his["TRANSP"]) == ("OPAQUE", "TRANSPARENT")
            assert await sessions("eve") == []
            await town.says("ben", "/group leave", group="cafe", organiser=False)
            assert await sessions("ben") == []

    asyncio.run(story())


def test_a_calendar_that_has_it_is_not_given_it_again(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as calendar:
            address = path(await town.says("ada", "/calendar"))
            first = await calendar.get(address)
            assert first.headers["Cache-Control"] == "private, max-age=900"
            again = await calendar.get(address, headers={"If-None-Match": first.headers["ETag"]})
            assert (again.status, await again.read()) == (304, b"")
            await town.says("ada", "/log 90m")
            changed = await calendar.get(address, headers={"If-None-Match": first.headers["ETag"]})
            assert changed.status == 200

    asyncio.run(story())


def test_an_old_address_a_switched_off_one_and_a_deleted_persons_open_nothing(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as calendar:

            async def status(address: str) -> int:
                return (await calendar.get(address)).status

            first = path(await town.says("ada", "/calendar"))
            assert path(await town.says("ada", "/calendar")) == first
            with town.application.database.engine.connect() as line:
                number = line.exec_driver_sql("SELECT max(id) FROM web_key").scalar_one()
            second = path(await town.presses("ada", "calendar", new=str(number)))
            # pressed twice, it is replaced once
            assert path(await town.presses("ada", "calendar", new=str(number))) == second
            assert (await status(first), await status(second)) == (404, 200)
            await town.says("ada", "/calendar off")
            assert await status(second) == 404
            third = path(await town.says("ada", "/calendar"))
            assert await status(third) == 200
            await town.presses("ada", "deleteme", sure="1")
            assert await status(third) == 404

    asyncio.run(story())


def test_the_address_is_stored_nowhere(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        secret = path(await town.says("ada", "/calendar")).removeprefix("/feed/").removesuffix(".ics")
        await town.says("ada", "/today")
        with town.application.database.engine.connect() as line:
            dump = "\n".join(line.connection.driver_connection.iterdump())  # type: ignore[union-attr]
        assert "web_key" in dump
        assert secret not in dump

    asyncio.run(story())


def test_guessing_is_slow_and_a_greedy_calendar_waits(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        address = path(await town.says("ada", "/calendar"))
        async with town.served() as calendar:
            seen = [(await calendar.get(address)).status for _ in range(MOST + 1)]
            assert seen == [200] * MOST + [429]
        async with town.served() as calendar:
            guesses = [(await calendar.get(f"/feed/{'x' * 42}{n % 10}.ics")).status for n in range(GUESSES + 1)]
            assert guesses == [404] * GUESSES + [429]

    asyncio.run(story())


def test_times_are_in_the_learners_zone_with_its_rules() -> None:
    begin = datetime(2026, 3, 30, 16, 30, tzinfo=UTC)
    body = written(
        [Event("times:1", begin, begin + timedelta(hours=1), "Study", busy=True)], "Plan", BERLIN, "https://x", MONDAY
    )
    assert b"BEGIN:VTIMEZONE" in body
    assert b"TZID:Europe/Berlin" in body
    calendar = vobject.readOne(body.decode())
    start = calendar.vevent.dtstart.value
    assert (start.hour, start.utcoffset()) == (18, timedelta(hours=2))


def test_long_lines_are_folded_and_words_of_people_are_no_properties() -> None:
    title = "Ä" * 100 + "\nEND:VCALENDAR; , \\"
    body = written([Event("x", date(2026, 1, 5), date(2026, 1, 6), title)], "Plan", BERLIN, "https://x", MONDAY)
    assert max(map(len, body.split(b"\r\n"))) <= 75
    assert vobject.readOne(body.decode()).vevent.summary.value == title
