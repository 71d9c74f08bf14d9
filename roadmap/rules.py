"""Rules between the values of a track file: sums, weeks, references, ids.

A rule is skipped where a value that it needs could not be read: that problem was reported already.
"""

from collections.abc import Iterator
from fractions import Fraction

from roadmap.fields import Record
from roadmap.problems import Report, quote
from roadmap.scalars import guess


def check(roadmap: Record, report: Report) -> None:
    """Report every broken rule of a roadmap."""
    _weeks(roadmap, report)
    _ids(roadmap, report)
    _retired(roadmap, report)
    _modules_named(roadmap, report)
    for module in roadmap.every("modules"):
        _module_sums(module, roadmap["hours_per_week"], report)
        _inside_weeks(module, report)
        _practice(module, report)
        for item in module.every("items"):
            _item(item, report)
            _reaches(item, report)
            _paths(item, report)
        _steps(module, report)


def in_hours(minutes: int) -> str:
    """Minutes as an author writes hours: 240 is "4", 30 is "0.5"."""
    hours = Fraction(minutes, 60)
    return str(hours.numerator) if hours.denominator == 1 else f"{float(hours):.4g}"


def _weeks(roadmap: Record, report: Report) -> None:
    weeks, each, total = roadmap["weeks"], roadmap["hours_per_week"], roadmap["hours"]
    if None not in (weeks, each, total) and weeks * each != total:
        expected = f"{weeks} weeks of {in_hours(each)} h are {in_hours(weeks * each)} h"
        roadmap.note(report, "hours", f"is {in_hours(total)} h; {expected}")
    following: int | None = 1
    for module in roadmap["modules"] or ():
        span = module and module["weeks"]
        if span is None:
            following = None  # unknown where the next one must begin
            continue
        if following is not None and span[0] != following:
            kind = "leave a gap" if span[0] > following else "overlap with the module before"
            module.note(report, "weeks", f"begin in week {span[0]} and {kind}; expected week {following}")
        following = span[1] + 1
    if following is not None and weeks is not None and roadmap["modules"] and following - 1 != weeks:
        roadmap["modules"][-1].note(report, "weeks", f"end in week {following - 1}; the roadmap has {weeks} weeks")


def _ids(roadmap: Record, report: Report) -> None:
    for records in _families(roadmap):
        first: dict[str, int] = {}
        for record in records:
            if record["id"] is None:
                continue
            if record["id"] in first:
                message = f"repeats the id of line {first[record['id']]}; expected an id of its own"
                record.note(report, "id", message)
            first.setdefault(record["id"], record.line_of("id"))


def _families(roadmap: Record) -> Iterator[list[Record]]:
    """The records whose ids must differ from each other."""
    modules = roadmap.every("modules")
    yield modules
    owners = [record for module in modules for key in ("items", "practice") for record in module.every(key)]
    yield owners
    yield [question for module in modules for question in module.every("questions")]
    yield roadmap.every("retired")
    for owner in owners:
        yield owner.every("done_when")


def _retired(roadmap: Record, report: Report) -> None:
    modules = roadmap.every("modules")
    living = [r for module in modules for key in ("items", "practice", "questions") for r in module.every(key)]
    living += modules
    retired = {record["id"]: record.line_of("id") for record in roadmap.every("retired")}
    for record in living:
        if record["id"] is not None and record["id"] in retired:
            message = f"is the retired id of line {retired[record['id']]}; expected an id that was never used"
            record.note(report, "id", message)
    names = {record["id"] for record in living}
    for record in roadmap.every("retired"):
        successor = record["replaced_by"]
        if successor and successor.id not in names:
            message = f"names {quote(successor.id)}, which is no id here; expected a module, item, practice or question"
            record.note(report, "replaced_by", message)
        since, version = _version(record["since"]), _version(roadmap["version"])
        if since and version and since > version:
            message = f"is {record['since']}, later than this version; expected at most {roadmap['version']}"
            record.note(report, "since", message)


def _version(text: str | None) -> tuple[int, ...] | None:
    return tuple(int(number) for number in text.split(".")) if text else None


def _modules_named(roadmap: Record, report: Report) -> None:
    modules = roadmap.every("modules")
    every = {module["id"] for module in modules}
    earlier: set[str] = set()
    for module in modules:
        for key in ("requires", "recommends"):
            for named in module.every(key):
                if named.id not in every:
                    problem = f"names {quote(named.id)}, which is no module; expected a module's id"
                elif named.id == module["id"]:
                    problem = "names the module itself; expected another one"
                elif key == "requires" and named.id not in earlier:
                    problem = f"names {quote(named.id)}, which comes later; expected an earlier module"
                else:
                    continue
                report.add(named.line, module.path(key), problem)
        if module["id"] is not None:
            earlier.add(module["id"])


def _module_sums(module: Record, each: int | None, report: Report) -> None:
    total = module.total("items", "hours")
    if total is not None and module["hours"] is not None and total != module["hours"]:
        message = f"is {in_hours(module['hours'])} h; its items add up to {in_hours(total)} h"
        module.note(report, "hours", message)
    if each is None or module["weeks"] is None or module.total("items", "hours") is None:
        return
    if any(item.total("parts", "hours") is None or item.total("parts", "week") is None for item in module["items"]):
        return
    first, last = module["weeks"]
    spent: dict[int, int] = {}
    for part in (part for item in module["items"] for part in item["parts"]):
        spent[part["week"]] = spent.get(part["week"], 0) + part["hours"]
    for week in range(first, last + 1):
        if spent.get(week, 0) != each:
            problem = f"week {week} has {in_hours(spent.get(week, 0))} h"
            module.note(report, "items", f"{problem}; expected {in_hours(each)} h of parts in every week")


def _inside_weeks(module: Record, report: Report) -> None:
    if module["weeks"] is None:
        return
    first, last = module["weeks"]
    parts = [part for item in module.every("items") for part in item.every("parts")]
    for record in parts + module.every("questions"):
        if record["week"] is not None and not first <= record["week"] <= last:
            message = f"is {record['week']}, outside the module; expected {first} to {last}"
            record.note(report, "week", message)


def _practice(module: Record, report: Report) -> None:
    items = {item["id"]: item for item in module.every("items")}
    for practice in module.every("practice"):
        inside = practice["inside"]
        if inside is None:
            continue
        if inside.id not in items:
            message = f"names {quote(inside.id)}, which is no item of this module; expected one of its items"
            practice.note(report, "inside", message)
            continue
        available = items[inside.id]["hours"]
        if None not in (available, practice["hours"]) and practice["hours"] > available:
            message = f"is {in_hours(practice['hours'])} h; {inside.id} has only {in_hours(available)} h to hold it"
            practice.note(report, "hours", message)


def _paths(item: Record, report: Report) -> None:
    known = [path["id"] for path in item.every("paths")]
    for criterion in item.every("done_when"):
        named = criterion["path"]
        if named and named.id not in known and None not in known:
            problem = f"names {quote(named.id)}, which is no path of this item; expected an id of its paths"
            report.add(named.line, criterion.path("path"), problem)


def _steps(module: Record, report: Report) -> None:
    """What steps and questions say of outcomes and practices names some that are there."""
    outcomes = len(module["outcomes"] or ())
    practices = {practice["id"]: practice["inside"] for practice in module.every("practice")}
    for item in module.every("items"):
        for part in item.every("parts"):
            for key in ("teaches", "uses"):
                if any(number > outcomes for number in part.every(key)):
                    part.note(report, key, f"names an outcome that is not there; the module has {outcomes}")
            named = part["practice"]
            if named and named.id not in practices:
                part.note(report, "practice", f"names {quote(named.id)}, which is no practice of this module")
            elif named and practices[named.id] and practices[named.id].id != item["id"]:
                part.note(report, "practice", f"names {quote(named.id)}, which is inside of another item")
    for question in module.every("questions"):
        if (question["about"] or 0) > outcomes:
            question.note(report, "about", f"names an outcome that is not there; the module has {outcomes}")


def _item(item: Record, report: Report) -> None:
    total = item.total("parts", "hours")
    if total is not None and item["hours"] is not None and total != item["hours"]:
        message = f"is {in_hours(item['hours'])} h; its parts add up to {in_hours(total)} h"
        item.note(report, "hours", message)
    needed, foreign = {
        "topic": (("resource",), ("needs", "start_with", "done_when", "stretch", "paths", "alone")),
        "project": (("start_with", "done_when"), ("resource",)),
        None: ((), ()),
    }[item["kind"]]
    for key in needed:
        if key not in item.lines:
            item.note(report, key, f"is missing; expected it, for this is a {item['kind']}")
    for key in foreign:
        if key in item.lines:
            item.note(report, key, f"is not a key of a {item['kind']}; expected it left out")
    original, resource = item["original"], item["resource"]
    if original and original["verdict"] in ("renamed", "wrong") and "why" not in original.lines:
        original.note(report, "why", f"is missing; expected a reason, for the original is {original['verdict']}")
    others = resource["alternatives"] if resource and resource["cost"] == "paid" else None
    if others and others[0] and others[0]["cost"] == "paid":
        message = "begin with a paid one; expected a free one first, for the resource is paid"
        resource.note(report, "alternatives", message)


def _reaches(item: Record, report: Report) -> None:
    criteria = item["done_when"]
    known = [criterion["id"] for criterion in criteria or () if criterion]
    for part in item.every("parts"):
        if item["kind"] == "topic":
            if "reaches" in part.lines:
                part.note(report, "reaches", "is not a key of a topic's part; expected it left out")
            continue
        if not criteria or None in criteria or None in known:
            return  # what cannot be read may be the one that is meant
        for named in part.every("reaches"):
            if named.id in known:
                continue
            if report.full:
                report.add(named.line, part.path("reaches"), "")  # "at least one more": guessing is slow
                return
            expected = f"an id of its done_when{guess(named.id, known)}"
            problem = f"names {quote(named.id)}, which is no criterion of this item; expected {expected}"
            report.add(named.line, part.path("reaches"), problem)
