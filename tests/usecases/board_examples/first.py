"""The use case that was there first, and modules that are none."""

from tests.usecases.board_examples import MEMBER

EXAMPLES = {"log_time": MEMBER + "u1: /log 1h"}
NOTHING_SHOWN = {
    "consequences": "makes boards due after use cases; it is none itself",
    "roadmap_catalog": "notes what files say when the program starts: everybody stays on the version they are on",
}
