"""Going through a database page by page for `studybuddy db verify`."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.ids import EnrollmentId

if TYPE_CHECKING:
    from bot.storage.database import SqlDatabase
    from bot.usecases.verify_sums import Verified


def verified(database: "SqlDatabase", roadmaps: Path | None, *, rebuild: bool) -> "Iterator[Verified]":
    """What each few enrollments have shown, in a transaction of their own. `roadmaps` is the host's folder of them."""
    from bot.roadmaps import library
    from bot.usecases.roadmap_catalog import RoadmapCatalog
    from bot.usecases.verify_sums import verify_sums
    from roadmap.loader import loads

    files = library(roadmaps)
    # Versions in use are in the database; a file may have another text under the same number by now.
    stored = database.transact(lambda uow: {id_ for id_ in files if uow.roadmaps.newest(id_)})
    catalog = RoadmapCatalog({id_: roadmap for id_, roadmap in files.items() if id_ not in stored}, loads)
    after: EnrollmentId | None = EnrollmentId(0)
    while after is not None:
        page = database.transact(partial(verify_sums, catalog=catalog, after=after, rebuild=rebuild))
        yield page
        after = page.last
