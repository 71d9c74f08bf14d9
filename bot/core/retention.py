"""How long data is kept that serves delivery and conversation only."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

Retained = Literal["requests", "buttons", "deliveries", "codes", "timers", "imports", "web_keys"]

KEEP: Mapping[Retained, timedelta] = {
    "requests": timedelta(days=3),
    "buttons": timedelta(days=400),
    "deliveries": timedelta(days=100),
    "codes": timedelta(days=7),
    "timers": timedelta(days=400),
    "imports": timedelta(days=7),
    "web_keys": timedelta(days=7),
}
"""How long each serves: a platform redelivers an event for a day at most; a button works for longer than any roadmap
runs at its slowest usual pace, and a timer for as long as its buttons. Deliveries tell for three check-ins whether
somebody is silent; what a silent learner was sent since they were last seen stays, however old. Codes: after they have
run out or were used, as keys to what is on the web. Imports: hours out of a file that nobody said yes or no to."""
