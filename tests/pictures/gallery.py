"""Writes docs/pictures.md and the pictures it shows (`make generated`)."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from bot.dialogue.facts import ClosingFacts, Facts, ProgressFacts
from bot.pictures.drawing import draw
from bot.pictures.png import to_png
from tests.pictures.examples import EXAMPLES, GERMAN_TITLE

DOCS = Path(__file__).parents[2] / "docs"
PAGE, FOLDER = DOCS / "pictures.md", DOCS / "pictures"
SHOWN: Mapping[str, tuple[str, str]] = {
    "progress": ("`/progress`", "Hours against the plan, the two forecasts of the end, and the days of half a year."),
    "groupweek": ("A group's week", "Comes with the group's message on Monday."),
    "board": ("`/leaderboard picture`", "Each member's share of their own plan; the line marks the whole of it."),
    "closing": ("The end of a roadmap", "Comes with the last hour."),
}
LOCALES: Mapping[str, str] = {"en": "in English", "de": "in German"}
_HEAD = """# Pictures

Some replies have a picture. It is drawn for a phone 360 pixels wide, in the reader's language, and the words beside it
say the same. Telegram shows it as a photo with the words as its caption, Discord as a media gallery with an alternative
text. The terminal draws the heatmap in characters; with `--json` a message's `image` is the path of the picture.
[Decision 40](decisions/0040-pictures.md) says how they are made.

This page is written by `make generated`.
"""


def pictures() -> dict[str, str]:
    """The SVG of every picture on the page, by the name of its file."""
    return {f"{name}-{locale}.png": draw(_facts(name, locale), locale) for name in SHOWN for locale in LOCALES}


def _facts(name: str, locale: str) -> Facts:
    facts = EXAMPLES[name]
    if locale == "de" and isinstance(facts, ProgressFacts | ClosingFacts):
        return replace(facts, title=GERMAN_TITLE)
    return facts


def page() -> str:
    """The page. A comment tells which drawing each file is of, so that a test sees when one is out of date."""
    drawn = pictures()
    lines = [_HEAD]
    for name, (title, about) in SHOWN.items():
        lines += [f"## {title}", "", about, ""]
        for locale, language in LOCALES.items():
            alt = f"{title.replace('`', '')}, {language}"
            lines.append(f'<img src="pictures/{name}-{locale}.png" width="360" alt="{alt}">')
        lines += ["", *(f"<!-- {name}-{locale} {_digest(drawn[f'{name}-{locale}.png'])} -->" for locale in LOCALES), ""]
    return "\n".join(lines)


def _digest(svg: str) -> str:
    return sha256(svg.encode()).hexdigest()[:16]


def main() -> None:
    """Write the page, and the pictures that are not of the present drawing."""
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    FOLDER.mkdir(exist_ok=True)
    for file, svg in pictures().items():
        if _digest(svg) not in before or not (FOLDER / file).exists():
            (FOLDER / file).write_bytes(to_png(svg))
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
