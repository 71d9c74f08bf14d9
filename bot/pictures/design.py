"""The design of all pictures: a light card that stands out from a dark chat, and from a light one by its border.

Sizes are in pixels of a phone 360 pixels wide; pictures have twice as many. A test computes the contrasts: texts have
at least 4.5 to 1, marks and lines 3 to 1 (WCAG 2.2, AA). Colours are never the only difference: marks differ by shape,
lines by their dashes, shades by lightness.
"""

WIDTH = 360
PIXELS = 2
"""Pixels of the picture for each of the phone."""
PADDING = 18
INNER = WIDTH - 2 * PADDING

CARD = "#FCFBF8"
BORDER = "#C9C5BA"
INK = "#1C2128"
MUTED = "#58606B"
FAINT = "#E3E1DA"
"""Grid lines and empty bars, which say nothing by themselves."""
STUDIED = "#1F6FB4"
STUDIED_AREA = "#D3E5F5"
PLAN = "#A8480C"
PACE = "#15663F"
EMPTY = "#EBE9E3"
SHADES = ("#B5D3EE", "#74ABDD", "#2F7CC0", "#0F4478")
"""Days from few minutes to many."""
STEPS = (30, 60, 120)
"""Minutes from which on a day has the next shade."""
MET = "#15663F"
PARTLY = "#8A5A00"
MISSED = "#8C3B2E"
PAUSED = MUTED

TEXTS = (INK, MUTED, STUDIED, PLAN, PACE)
MARKS = (STUDIED, PLAN, PACE, MET, PARTLY, MISSED, PAUSED, SHADES[2], SHADES[3])

FAMILY = "Inter, sans-serif"
SMALL, HEADING, NORMAL, TITLE, HUGE = 12, 13, 14, 17, 36
"""Sizes of text; the smallest can be read on a phone."""
REGULAR, STRONG = 400, 600


def luminance(colour: str) -> float:
    """The relative luminance of a colour, from 0 to 1 (WCAG 2.2)."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, other_colour: str) -> float:
    """How many to 1 two colours contrast (WCAG 2.2)."""
    light, dark = sorted((luminance(colour), luminance(other_colour)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
