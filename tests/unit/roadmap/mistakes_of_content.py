"""Mistakes in what a roadmap file says: its sums, weeks, references, ids, topics and projects."""

from tests.unit.roadmap.mistakes_of_form import CUP, KINDS

# What is replaced, by what, the text in whose line the problem is told, its key, a part of its message.
MISTAKES_OF_CONTENT: list[tuple[str, str, str, str, str]] = [
    # sums
    ("\nhours: 6", "\nhours: 7", "hours: 7", "hours", "is 7 h; 3 weeks of 2 h are 6 h"),
    ("    hours: 4\n", "    hours: 5\n", "hours: 5", "modules[leaves].hours", "is 5 h; its items add up to 4 h"),
    (
        "Hardness\n        hours: 2",
        "Hardness\n        hours: 3",
        "hours: 3",
        "modules[water].items[hardness].hours",
        "its parts add up to 2 h",
    ),
    (
        "week: 2\n            hours: 0.5",
        "week: 1\n            hours: 0.5",
        "items:\n      - id: kinds",
        "modules[leaves].items",
        "week 1 has 2.5 h; expected 2 h of parts in every week",
    ),
    # weeks
    (
        "    weeks: 3",
        "    weeks: 4",
        "weeks: 4",
        "modules[water].weeks",
        "begin in week 4 and leave a gap; expected week 3",
    ),
    (
        "    weeks: 3",
        "    weeks: 2-3",
        "weeks: 2-3",
        "modules[water].weeks",
        "overlap with the module before; expected week 3",
    ),
    ("    weeks: 3", "    weeks: 3-4", "weeks: 3-4", "modules[water].weeks", "end in week 4; the roadmap has 3 weeks"),
    (
        "- week: 3",
        "- week: 2",
        "- week: 2\n            hours: 2",
        "modules[water].items[hardness].parts[1].week",
        "is 2, outside the module; expected 3 to 3",
    ),
    (
        "        week: 3",
        "        week: 1",
        "week: 1\n        question: Why",
        "modules[water].questions[why-soft].week",
        "is 1, outside the module",
    ),
    # references
    ("      - leaves", "      - leafs", "- leafs", "modules[water].requires", "names 'leafs', which is no module"),
    ("      - leaves", "      - water", "- water", "modules[water].requires", "names the module itself"),
    ("recommends: [water]", "requires: [water]", "requires: [water]", "modules[leaves].requires", "which comes later"),
    (
        "inside: kinds",
        "inside: hardness",
        "inside: hardness",
        "modules[leaves].practice[blind-tasting].inside",
        "no item of this module",
    ),
    (
        "inside: kinds\n        hours: 1",
        "inside: kinds\n        hours: 3",
        "hours: 3",
        "modules[leaves].practice[blind-tasting].hours",
        "kinds has only 2 h",
    ),
    (
        "replaced_by: first-cup",
        "replaced_by: last-cup",
        "replaced_by:",
        "retired[old-kettle].replaced_by",
        "names 'last-cup', which is no id here",
    ),
    *(
        ("reaches: [drunk]", new, new, f"{CUP}.parts[2].reaches", message)
        for new, message in [
            ("reaches: [drank]", "names 'drank', which is no criterion of this item; expected an id of its done_when"),
            ("reaches: [dronk]", "expected an id of its done_when; did you mean drunk?"),
            ("reaches: [first-cup]", "names 'first-cup', which is no criterion of this item"),
            ("reaches: [drunk, drunk]", "names 'drunk' twice; expected each once"),
            ("reaches: drunk", "is 'drunk'; expected a list"),
            ("reaches: []", "has 0 elements; expected 1 to 12"),
        ]
    ),
    (
        "reaches: [drunk]",
        "reaches:\n            - drunk\n            - washed",
        "- washed",
        f"{CUP}.parts[2].reaches",
        "names 'washed'",
    ),
    (
        "reaches: [drunk]",
        "reaches: [Drunk]",
        "reaches: [Drunk]",
        f"{CUP}.parts[2].reaches[1]",
        "is 'Drunk'; expected small letters",
    ),
    (
        "do: Read about lime.",
        "do: Read about lime.\n            reaches: [drunk]",
        "reaches: [drunk]\n    questions:\n      - id: why",
        "modules[water].items[hardness].parts[1].reaches",
        "is not a key of a topic's part; expected it left out",
    ),
    # ids
    (
        "id: hardness",
        "id: kinds",
        "id: kinds\n        kind: topic\n        title: Hard",
        "modules[water].items[kinds].id",
        "repeats the id of line 26",
    ),
    (
        "id: blind-tasting",
        "id: kinds",
        "id: kinds\n        title: Blind",
        "modules[leaves].practice[kinds].id",
        "repeats the id of line 26",
    ),
    (
        "id: why-soft",
        "id: green-or-black",
        "id: green-or-black\n        week: 3",
        "modules[water].questions[green-or-black].id",
        "repeats the id of line",
    ),
    (
        "- id: water",
        "- id: leaves",
        "- id: leaves\n    title: Water",
        "modules[leaves].id",
        "repeats the id of line 18",
    ),
    (
        "id: hardness",
        "id: old-kettle",
        "id: old-kettle\n        kind",
        "modules[water].items[old-kettle].id",
        "is the retired id of line 14",
    ),
    (
        "id: why-soft",
        "id: old-kettle",
        "id: old-kettle\n        week",
        "modules[water].questions[old-kettle].id",
        "is the retired id",
    ),
    (
        "since: 2.0.0",
        "since: 2.1.1",
        "since: 2.1.1",
        "retired[old-kettle].since",
        "later than this version; expected at most 2.1.0",
    ),
    # topics and projects
    (
        "needs: A cup.",
        "resource: {title: a, url: http://a.b, provider: c, cost: free}",
        "resource: {",
        f"{CUP}.resource",
        "is not a key of a project",
    ),
    (
        "Hardness\n",
        "Hardness\n        stretch: Swim.\n",
        "stretch: Swim.",
        "modules[water].items[hardness].stretch",
        "is not a key of a topic",
    ),
    (
        "        start_with:\n          - title: The kettle you have\n",
        "",
        "- id: first-cup",
        f"{CUP}.start_with",
        "is missing; expected it, for this is a project",
    ),
    (
        "          why: It is a website now.\n",
        "",
        "text: The book",
        f"{KINDS}.original.why",
        "is missing; expected a reason, for the original is renamed",
    ),
    (
        "hours: 1.5\n        parts",
        "cost: paid\n        parts",
        "alternatives:",
        f"{KINDS}.resource.alternatives",
        "expected a free one first",
    ),
]
