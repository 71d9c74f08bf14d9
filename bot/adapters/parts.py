"""Long replies split into several messages: lines stay together while they fit, and no message is empty."""

from collections.abc import Callable, Iterable, Iterator


def parts(
    lines: Iterable[str], room: int, size: Callable[[str], int], short: Callable[[str], Iterable[str]]
) -> Iterator[str]:
    """The lines joined into messages of at most `room` as counted by `size`; `short` cuts one line into pieces that
    fit."""
    held: list[str] = []
    for line in (piece for whole in lines for piece in short(whole)):
        if held and size("\n".join([*held, line])) > room:
            yield "\n".join(held).strip("\n")
            held = []
        if held or line.strip():
            held.append(line)
    if held:
        yield "\n".join(held).strip("\n")
