"""Links of a reply on Discord."""

from bot.adapters.discord.render import render
from bot.dialogue.reply import (
    Button,
    LinkButton,
    reply,
)
from bot.dialogue.text import words


def test_links_are_buttons_above_the_others_and_text_where_discord_takes_no_button() -> None:
    links = [
        LinkButton(words("A & B"), "https://x.test/?a=1&b=2"),
        LinkButton(words("long"), "https://x.test/" + "a" * 600),
        LinkButton(words("no"), "javascript:alert(1)"),
    ]
    (message,) = render(reply(words("x"), buttons=[Button(words("Go"), "today")], links=links), "en")
    assert message.links == (("A & B", "https://x.test/?a=1&b=2"),)
    assert message.text == f"x\n[long](<https://x.test/{'a' * 600}>)\nno"
    view = message.view().to_components()  # type: ignore[no-untyped-call]
    rows = [component for component in view if component["type"] == 1]
    assert [[button.get("url") for button in row["components"]] for row in rows] == [
        ["https://x.test/?a=1&b=2"],
        [None],
    ]


def test_links_leave_room_for_the_components_of_a_message() -> None:
    links = [LinkButton(words(f"a{n}"), f"https://x.test/{n}") for n in range(30)]
    buttons = [Button(words("x"), "undo", {"entry": str(n)}) for n in range(60)]
    (message,) = render(reply(words("x"), buttons=buttons, links=links), "en")
    assert message.links
    assert message.view().total_children_count <= 40
    assert all(link.url in message.text or link.url in dict(message.links).values() for link in links)
