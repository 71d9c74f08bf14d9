"""`/export page` is one file that holds everything, fetches nothing, and says what was studied to the minute."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import Talk

HOSTILE = 'https://example.org/"><script>alert(1)</script>'


class Reader(HTMLParser):
    """The elements of a page, the addresses in them, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "data", "action"}]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize(("locale", "hours"), [("en", "Hours by module"), ("de", "Stunden je Modul")])
def test_the_page_holds_all_that_was_studied_and_fetches_nothing(
    talk: Talk, tmp_path: Path, locale: str, hours: str
) -> None:
    talk(
        f"""
        =2026-01-05T08:00
        u1: /start 8
        u1: [UTC]
        u1: /before 20h
        u1: /log 8h linear regression
        u1: /project submit linear-regression {HOSTILE}
        =2026-01-13T10:00
        u1: /log 90m calculus
        u1: /log 1h calculus yesterday
        u1: /undo
        u1: /language {locale}
        u1: /export page
        """
    )
    (file,) = tmp_path.glob("*.html")
    text = file.read_text(encoding="utf-8")
    page = Reader()
    page.feed(text)
    words = " ".join(page.words)
    assert f'<html lang="{locale}">' in text
    assert "script" not in page.tags
    assert page.addresses == [HOSTILE]
    assert not re.search(r"url\(|@import", text)
    assert hours in words
    assert "29 h 30 min" in words  # 20 h before, 8 h and 90 minutes
    assert "u1" in words


def test_the_page_names_who_congratulated_as_their_group_knows_them(talk: Talk, tmp_path: Path) -> None:
    talk(
        """
        ada: /start 8
        ada: [UTC]
        ada@cafe: /group create
        ada@cafe: /group join by my name
        ben: /start 8
        ben: [UTC]
        ben@cafe: /group join "Ben <b>"
        zed: /start 8
        zed: [UTC]
        zed@cafe: /group join hidden
        ada: /before 184h
        ada: yes
        ada: /log 8h
        +11m
        ben@cafe: [Congratulate]
        zed@cafe: [Congratulate]
        ada: /export page
        """
    )
    (file,) = tmp_path.glob("*.html")
    text = file.read_text(encoding="utf-8")
    assert "<h2>Congratulations</h2>\n<p>Ben &lt;b&gt;</p>" in text
    assert "zed" not in text
