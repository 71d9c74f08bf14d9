"""From checked records to the frozen values of `roadmap.model`. Nothing can fail here."""

from roadmap.fields import Record
from roadmap.model import (
    Criterion,
    Item,
    Link,
    Module,
    Original,
    Part,
    Path,
    Practice,
    Question,
    Resource,
    Retired,
    Roadmap,
)


def build(root: Record) -> Roadmap:
    """The roadmap of a file without problems. Hours become minutes."""
    return Roadmap(
        id=root["id"],
        version=root["version"],
        title=root["title"],
        summary=root["summary"],
        locale=root["locale"],
        weeks=root["weeks"],
        minutes_per_week=root["hours_per_week"],
        minutes=root["hours"],
        modules=tuple(_module(record) for record in root.every("modules")),
        outcomes=tuple(root.every("outcomes")),
        assumes=tuple(root.every("assumes")),
        origin=root["origin"],
        checked=root["checked"],
        retired=tuple(_retired(record) for record in root.every("retired")),
    )


def _module(record: Record) -> Module:
    return Module(
        id=record["id"],
        title=record["title"],
        weeks=record["weeks"],
        minutes=record["hours"],
        outcomes=tuple(record.every("outcomes")),
        items=tuple(_item(item) for item in record.every("items")),
        questions=tuple(
            Question(question["id"], question["week"], question["question"], question["answer"], question["about"])
            for question in record.every("questions")
        ),
        practice=tuple(_practice(practice) for practice in record.every("practice")),
        requires=_ids(record, "requires"),
        recommends=_ids(record, "recommends"),
        note=record["note"],
    )


def _item(record: Record) -> Item:
    return Item(
        id=record["id"],
        kind=record["kind"],
        title=record["title"],
        minutes=record["hours"],
        parts=tuple(_part(record["id"], part) for part in record.every("parts")),
        ours=tuple(record.every("ours")),
        original=_original(record["original"]),
        resource=_resource(record["resource"]),
        start_with=_links(record, "start_with"),
        done_when=_criteria(record),
        needs=record["needs"],
        stretch=record["stretch"],
        core=record["level"] != "extra",
        also=tuple(record.every("also")),
        paths=tuple(Path(path["id"], path["title"]) for path in record.every("paths")),
        alone=record["alone"],
    )


def _part(item: str, record: Record) -> Part:
    return Part(
        item=item,
        week=record["week"],
        minutes=record["hours"],
        do=record["do"],
        milestone=record["milestone"],
        reaches=_ids(record, "reaches"),
        links=_links(record, "links"),
        teaches=tuple(record.every("teaches")),
        uses=tuple(record.every("uses")),
        practice=record["practice"].id if record["practice"] else None,
    )


def _original(record: Record | None) -> Original | None:
    return Original(record["text"], record["verdict"], record["why"] or "") if record else None


def _resource(record: Record | None) -> Resource | None:
    if record is None:
        return None
    return Resource(
        title=record["title"],
        url=record["url"],
        provider=record["provider"],
        cost=record["cost"],
        instructors=tuple(record.every("instructors")),
        parent_url=record["parent_url"],
        cost_note=record["cost_note"],
        fit=record["fit"],
        alternatives=_links(record, "alternatives"),
        bridge=_links(record, "bridge"),
        checked=record["checked"],
    )


def _practice(record: Record) -> Practice:
    return Practice(
        id=record["id"],
        title=record["title"],
        inside=record["inside"].id,
        minutes=record["hours"],
        text=record["text"],
        done_when=_criteria(record),
    )


def _links(record: Record, key: str) -> tuple[Link, ...]:
    return tuple(
        Link(link["title"], link["url"] or "", link["hours"], link["why"], link["cost"] or "free", link["checked"])
        for link in record.every(key)
    )


def _criteria(record: Record) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(c["id"], c["text"], c["check"], c["path"].id if c["path"] else None)
        for c in record.every("done_when")
    )


def _retired(record: Record) -> Retired:
    successor = record["replaced_by"]
    return Retired(record["id"], record["since"], successor.id if successor else None)


def _ids(record: Record, key: str) -> tuple[str, ...]:
    return tuple(named.id for named in record.every(key))
