"""Characters that a terminal does not have, written with those that every terminal has. Pure, but for the registration.

Windows consoles and terminals under `LANG=C` know neither “ nor █; Python ends the program at the first of them.
"""

import codecs
import unicodedata

LEGIBLE = "legible"
"""The name under which streams use it: `stream.reconfigure(errors=LEGIBLE)`."""
_SPELLED = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’‚", "'"),
        **dict.fromkeys("–—−‑", "-"),
        **dict.fromkeys("•✓", "*"),
        **dict.fromkeys("█▓", "#"),
        **dict.fromkeys("▒◐", "+"),
        **dict.fromkeys("░·", "."),
        "…": "...",
        "→": "->",
        "←": "<-",
        "‖": "=",
        "○": "o",
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ß": "ss",
    }
)


def legible(text: str, encoding: str) -> str:
    """The text as a terminal of this encoding can show it."""
    return text.encode(encoding, LEGIBLE).decode(encoding)


def _spelled(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_ascii, error.object[error.start : error.end])), error.end


def _ascii(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character.translate(_SPELLED))
    return plain.encode("ascii", "ignore").decode() or "?"


codecs.register_error(LEGIBLE, _spelled)
