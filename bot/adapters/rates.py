"""What a platform's limit allows now: windows that are never exceeded, the spacing of bulk, and how fast a request
can be."""

from collections import deque
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from heapq import heappop, heappush

MARGIN = 0.02
"""Seconds kept between our clock and the platform's."""
HELD = 2.0
"""Seconds after which a request that is still under way is taken for counted: it was received, and hangs."""
_LOOK = 0.05
"""Seconds after which a process that has no share of a limit yet asks for it again."""
_LESS, _LEAST = 0.8, 0.1
"""What is left of a limit when the platform has refused what it should have allowed, and the least that is."""
_WHOLE_AGAIN = 900.0
"""Seconds in which a limit that was lowered to nothing would be whole again."""


class Window:
    """At most `limit` requests in any `seconds`, wherever between `begin` and `end` the platform counts each.

    `share` is the part of the limit, from 0 to 1, that is this process's now.
    """

    def __init__(self, limit: int, seconds: float, share: Callable[[], float] = lambda: 1.0) -> None:
        self.limit = limit
        self.seconds = seconds + MARGIN
        self._under_way: deque[float] = deque()
        self._counted: list[float] = []
        self._share = share
        self._left = 1.0
        self._lowered = 0.0

    def allowed(self, now: float) -> float:
        """How many requests are sent in a window: this process's share of the limit, or less for some minutes after it
        was lowered."""
        return self.limit * self._share() * self._whole(now)

    def _whole(self, now: float) -> float:
        """The part of the limit that the platform still allows, as far as is known."""
        return min(1.0, self._left + (now - self._lowered) / _WHOLE_AGAIN) if self._left < 1 else 1.0

    def lower(self, now: float) -> None:
        """The platform refused what this limit allows: keep to less, once for all that it refuses within a second."""
        if self._left == 1 or now - self._lowered > self.seconds:
            self._left = max(_LEAST, _LESS * self._whole(now))
            self._lowered = now

    def free_at(self, now: float) -> float:
        """When the next request may begin, unless an answer makes it sooner."""
        while self._under_way and self._under_way[0] + HELD <= now:
            heappush(self._counted, self._under_way.popleft() + HELD)
        while self._counted and self._counted[0] + self.seconds <= now:
            heappop(self._counted)
        allowed = self.allowed(now)
        if not allowed:
            return now + _LOOK
        if len(self._counted) + len(self._under_way) < max(1, int(allowed)):
            return now
        return self._counted[0] + self.seconds if self._counted else self._under_way[0] + HELD

    def begin(self, now: float) -> None:
        """A request is being sent."""
        self._under_way.append(now)

    def end(self, begun: float, counted: float) -> None:
        """A request was answered that began at `begun`: the platform has counted it before one would be that is sent at
        `counted`."""
        with suppress(ValueError):  # it took so long that it is taken for counted already
            self._under_way.remove(begun)
            heappush(self._counted, counted)

    def idle(self, now: float) -> bool:
        """Whether nothing is counted here any more."""
        return self.free_at(now) <= now and not self._counted and not self._under_way


class Spacing:
    """Spaces bulk evenly in what replies leave of a window, so that a slot for a reply becomes free all the time.

    Each request, whether reply or bulk, puts the next of bulk off by the time that it takes of the limit. A few slots
    are left free where several replies came at once lately, so that as many again are sent within `PROMPT`.
    """

    PROMPT = 0.28
    """Seconds within which as many replies as came at once lately are to be sent."""
    SLACK = 0.3
    """The slots left free in any case, so that a window is hardly ever full: a full one makes replies wait."""
    MOST = 1 / 3
    """The part of a window that is left free at most."""
    FORGOTTEN = 30.0
    """Seconds in which half of what is left free is used again."""
    LATE = 3
    """So many turns that came too late, by a busy loop, are made up for at once."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._next = float("-inf")
        self._free = 0.0
        self._crowded = 0.0
        self._before: float | None = None

    def free_at(self, now: float) -> float:
        """When the next request of bulk may begin."""
        return max(self._next, now)

    def sent(self, now: float) -> None:
        """A request of any kind begins."""
        step = self._window.seconds / max(0.5, self._window.allowed(now) - self.SLACK - self._left_free(now))
        self._next = min(max(self._next, now - self.LATE * step) + step, now + self._window.seconds)

    def crowded(self, replies: int, now: float) -> None:
        """So many replies wait for nothing but the limit, though what is left free is used already."""
        allowed = self._window.allowed(now)
        late = replies - self.PROMPT * allowed / self._window.seconds
        if late <= 0:
            self._before = None
            return
        if self._before is None:
            self._before = self._left_free(now)
        if self._before + late > self._left_free(now):
            self._free, self._crowded = min(self._before + late, allowed * self.MOST), now

    def _left_free(self, now: float) -> float:
        return self._free and self._free * 0.5 ** ((now - self._crowded) / self.FORGOTTEN)


class Fastest:
    """How long a request takes at least, there and back, by kind.

    The platform counts a request somewhere on its way. As the way there and the way back take no less for the next
    request than this, so much of the answer's delay need not be waited for: the next may be sent as much sooner.
    """

    SURE = 50
    """Trips of a kind of which the fastest is nearly the fastest there is: where each way varies by a tenth of a
    second, to within `MARGIN`."""
    LATELY = 60.0
    """Seconds after which a trip is forgotten, in one or two more: the network may have changed."""

    def __init__(self) -> None:
        self._kinds: dict[Hashable, _Trips] = {}

    def trip(self, kind: Hashable, begun: float, now: float) -> float:
        """Note how long a request took that was answered; the seconds of it that every request takes."""
        trips = self._kinds.get(kind)
        if trips is None or now - trips.since > self.LATELY:
            trips = self._kinds[kind] = _Trips(now, (trips.count, trips.fastest) if trips else (0, float("inf")))
        trips.count += 1
        trips.fastest = min(trips.fastest, now - begun)
        count, fastest = trips.before
        return min(trips.fastest, fastest) if trips.count + count > self.SURE else 0.0


@dataclass
class _Trips:
    """How many trips of a kind there were since an instant, and the fastest; and the same of the time `before`."""

    since: float
    before: tuple[int, float]
    count: int = 0
    fastest: float = float("inf")
