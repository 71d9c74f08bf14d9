"""`python -m bot.settings_reference` writes `.env.example` and `docs/settings.md` from the settings' declarations."""

import textwrap
from collections.abc import Iterator
from pathlib import Path

from bot import platforms
from bot.adapters.setting import Setting, declared
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / ".env.example"
PAGE = ROOT / "docs" / "settings.md"

_WIDTH = 120
_EXAMPLE_HEAD = """# All settings with their defaults. None is needed to talk in the terminal.
# Generated from the declarations in the code by `make generated`.
#
# The program reads its environment, not this file. Copy it to .env for compose.yaml, or load it into a shell with
#   set -a; . ./.env; set +a
#
# Each NAME can be given as NAME_FILE instead: the path of a file that holds the value. Use it for passwords and tokens,
# because others may be able to read the environment of a process. If both are set, the file is used.
"""
_PAGE_HEAD = """# Settings

Generated from the declarations in the code by `make generated`. [.env.example](../.env.example) is a file to copy.
Settings are environment variables. Each `NAME` can be given as `NAME_FILE` instead: the path of a file that holds the
value, which is better for those marked as secret. If both are set, the file is used.
"""


def sections() -> Iterator[tuple[str, list[Setting]]]:
    """The settings under headings: those for all, then those of each platform."""
    yield "For all", list(declared(Settings).values())
    for plugin in platforms.PLATFORMS:
        heading = f"{plugin.title}, which `studybuddy run` serves where {plugin.needed.variable} is set"
        yield heading, list(declared(plugin.settings).values())


def example() -> str:
    """`.env.example`: every setting explained, none set."""
    parts = [_EXAMPLE_HEAD]
    for heading, settings in sections():
        parts.append(f"# ---- {heading} ".ljust(_WIDTH, "-") + "\n")
        for each in settings:
            about = textwrap.fill(
                each.about, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
            )
            parts.append(f"{about}\n#{each.variable}={each.example}\n#{each.variable}_FILE={each.file}\n")
    return "\n".join(parts)


def page() -> str:
    """`docs/settings.md`: the same as a page."""
    parts = [_PAGE_HEAD]
    for heading, settings in sections():
        lines = [f"- `{each.variable}`{' (secret)' if each.secret else ''}: {each.about}" for each in settings]
        parts.append("\n".join([f"## {heading}", "", *lines]) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    EXAMPLE.write_text(example(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
