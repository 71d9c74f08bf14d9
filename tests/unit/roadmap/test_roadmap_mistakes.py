"""Each mistake an author can make is told with its line, its key and what was expected."""

from pathlib import Path

import pytest
import yaml

from roadmap import loader, reading

SMALL = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")

KINDS = "modules[leaves].items[kinds]"
CUP = "modules[leaves].items[first-cup]"

# What is replaced, by what, the text in whose line the problem is told, its key, a part of its message.
ONE_MISTAKE: list[tuple[str, str, str, str, str]] = [
    # keys
    ("summary: From", "sumary: From", "sumary:", "sumary", "did you mean summary?"),
    ("summary: From the leaf to the cup.\n", "", "id: tea", "summary", "is missing"),
    (
        "provider: Tea house\n          cost: paid",
        "cost: paid",
        "title: All",
        f"{KINDS}.resource.provider",
        "is missing",
    ),
    ("locale: en\n", "locale: en\nlocale: en\n", "locale: en\nweeks", "locale", "repeats the key of line 5"),
    ("locale: en\n", "locale: en\n? [a]\n: b\n", "? [a]", "(file)", "a key that is no word"),
    ("locale: en\n", "locale: en\n<<: {a: b}\n", "<<:", "'<<'", "is not a key of a roadmap"),
    # YAML beyond plain keys, texts and lists
    ("A kettle.", "&kettle A kettle.", "&kettle", "(file)", "has an anchor ('kettle')"),
    ("A kettle.", "!!str A kettle.", "!!str", "(file)", "has a tag ('tag:yaml.org,2002:str')"),
    ("A kettle.", "[[[[[[[[[[[[[]]]]]]]]]]]]]", "[[[", "(file)", "is nested deeper than 12 levels"),
    ("id: tea\n", "%YAML 1.1\n---\nid: tea\n", "%YAML", "(file)", "has a YAML directive"),
    ("modules:\n", "---\nmodules:\n", "---", "(file)", "begins a second document"),
    ("It is a website now.", "It is: a website", "It is: a", "(file)", "a text with ': ' in it needs quotes"),
    ("A first cup\n", '"A first cup\n', '"A first cup', "(file)", "a quote is opened and never closed"),
    # kinds of value
    ("title: Leaves", "title: [Leaves]", "[Leaves]", "modules[leaves].title", "is a list; expected a text"),
    ("title: Leaves", "title: {a: b}", "{a: b}", "modules[leaves].title", "is a mapping (key: value); expected a text"),
    ("title: Leaves", "title:", "title:\n    weeks", "modules[leaves].title", "is empty; expected a text"),
    ("title: Leaves", "title: ~", "title: ~", "modules[leaves].title", "is empty; expected a text"),
    ("title: Leaves", 'title: "  "', 'title: "  "', "modules[leaves].title", "is empty; expected a text"),
    (
        "title: Leaves",
        f"title: {'x' * 101}",
        "title: xxx",
        "modules[leaves].title",
        "has 101 characters; expected at most 100",
    ),
    ("title: Leaves", 'title: "Leaves\\u202e"', "u202e", "modules[leaves].title", "has a character U+202E"),
    ("title: Leaves", "title: Leaves\u2066", "\u2066", "modules[leaves].title", "has a character U+2066"),
    ("title: Leaves", 'title: "Le\\0aves"', "Le\\0", "modules[leaves].title", "has a character U+0000"),
    (
        "title: Leaves",
        "title: |\n      Leaves\n      and more",
        "title: |",
        "modules[leaves].title",
        "has a line break",
    ),
    ("id: tea\n", "id: tea # \u202e\n", "id: tea", "(file)", "has the direction override U+202E"),
    ("id: tea\n", "id: tea # \x07\n", "id: tea", "(file)", "has the control character U+0007"),
    ("\nweeks: 3", "\nweeks: 0x3", "weeks: 0x3", "weeks", "is '0x3'; expected a whole number from 1 to 260"),
    ("\nweeks: 3", "\nweeks: 1_0", "weeks: 1_0", "weeks", "is '1_0'; expected a whole number"),
    ("\nweeks: 3", "\nweeks: 03", "weeks: 03", "weeks", "is '03'; expected a whole number"),
    ("\nweeks: 3", "\nweeks: ３", "weeks: ３", "weeks", "expected a whole number"),
    ("\nweeks: 3", '\nweeks: "3"', 'weeks: "3"', "weeks", "is '3' in quotes; expected a whole number"),
    ("\nweeks: 3", "\nweeks: 261", "weeks: 261", "weeks", "is '261'; expected a whole number from 1 to 260"),
    ("hours_per_week: 2", "hours_per_week: no", "hours_per_week: no", "hours_per_week", "is 'no'; expected hours"),
    ("hours_per_week: 2", "hours_per_week: 2:00", "hours_per_week: 2:", "hours_per_week", "is '2:00'; expected hours"),
    ("hours_per_week: 2", "hours_per_week: 0", "hours_per_week: 0", "hours_per_week", "is '0'; expected hours"),
    ("hours_per_week: 2", "hours_per_week: -2", "hours_per_week: -", "hours_per_week", "is '-2'; expected hours"),
    ("hours_per_week: 2", "hours_per_week: .inf", "hours_per_week: .", "hours_per_week", "is '.inf'; expected hours"),
    (
        "hours_per_week: 2",
        "hours_per_week: 2.001",
        "hours_per_week",
        "hours_per_week",
        "is not a whole number of minutes",
    ),
    ("checked: 2026-11-23", "checked: 2026-02-30", "checked:", "checked", "is '2026-02-30'; expected a day such as"),
    ("locale: en", "locale: english", "locale:", "locale", "is 'english'; expected a language"),
    ("version: 2.1.0", "version: 2.1", "version: 2.1", "version", "is '2.1'; expected a version such as 1.0.0"),
    ("version: 2.1.0", "version: 2.01.0", "version: 2.01", "version", "is '2.01.0'; expected a version"),
    ("id: tea\n", "id: Tea\n", "id: Tea", "id", "is 'Tea'; expected small letters"),
    ("id: tea\n", f"id: {'t' * 25}\n", "id: ttt", "id", "at most 24 characters"),
    ("weeks: 1-2", "weeks: 2-1", "weeks: 2-1", "modules[leaves].weeks", "is '2-1'; expected weeks such as 1-2"),
    ("weeks: 1-2", "weeks: [1, 2]", "weeks: [1", "modules[leaves].weeks", "is a list; expected weeks such as 1-2"),
    ("check: self", "check: slef", "check: slef", f"{CUP}.done_when[drunk].check", "did you mean self?"),
    (
        "recommends: [water]",
        "recommends: water",
        "recommends: w",
        "modules[leaves].recommends",
        "is 'water'; expected a list",
    ),
    (
        "outcomes:\n      - Tell green from black.",
        "outcomes: []",
        "outcomes: []",
        "modules[leaves].outcomes",
        "has 0 elements",
    ),
    (
        "outcomes: [Brew a cup worth drinking.]",
        f"outcomes: [{'a, ' * 13}]",
        "outcomes: [a",
        "outcomes",
        "has 13 elements",
    ),
    ("ours: [parts]", "ours: [parts, parts]", "ours: [parts, ", f"{KINDS}.ours", "names 'parts' twice"),
    ("  - A kettle.", "  A kettle.", "  A kettle.", "assumes", "is 'A kettle.'; expected a list"),
    # addresses
    *(
        ("https://tea.example/kinds", url, "          url: " + url[:4], f"{KINDS}.resource.url", told)
        for url, told in [
            ("ftp://tea.example/", "not http or https"),
            ("javascript:alert(1)", "not http or https"),
            ("tea.example", "not http or https"),
            ("https:///kinds", "without a host"),
            ("https://me:secret@tea.example/", "with a user or password"),
            ("https://tea.example@evil.example/", "with a user or password"),
            ("https://tea.example/a b", "with blanks or characters outside ASCII"),
            ("https://teä.example/", "with blanks or characters outside ASCII"),
            ('"https://tea.example/\\n"', "with blanks or characters outside ASCII"),
            ("https://tea.example\\@evil.example/", "a user or password"),
            ("https://[tea/", "not an address"),
            ("https://tea.example:99999/", "not an address"),
            ("https://-tea/", "not an address"),
            ("https://tea.example/<b>", "not an address"),
            ("https://tea.example/" + "x" * 500, "longer than 500 characters"),
            ('""', "is empty"),
        ]
    ),
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
        ("reaches: [drunk]", new, new, f"{CUP}.parts[2].reaches", told)
        for new, told in [
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


@pytest.fixture(params=["C", "pure"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of PyYAML's parsers: which one is there depends on how it was installed."""
    if request.param == "C" and not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML is installed without libyaml")
    monkeypatch.setattr(reading, "_LOADER", yaml.SafeLoader if request.param == "pure" else yaml.CSafeLoader)


def problems(text: str | bytes) -> tuple[loader.Problem, ...]:
    with pytest.raises(loader.RoadmapErrors) as caught:
        loader.loads(text, "tea.yaml")
    return caught.value.problems


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(("old", "new", "line_of", "key", "message"), ONE_MISTAKE)
def test_a_mistake_is_told_with_its_line_its_key_and_what_was_expected(
    old: str, new: str, line_of: str, key: str, message: str
) -> None:
    assert SMALL.count(old) == 1, "the mutation must hit one place"
    text = SMALL.replace(old, new)
    line = text.count("\n", 0, text.index(line_of)) + 1
    told = [(p.line, p.key) for p in problems(text) if message in p.message]
    assert told == [(line, key)], "\n".join(map(str, problems(text)))
