"""`studybuddy roadmap …`: check, show, compare and describe roadmap files."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.errors import spoken_errors
from bot.cli.listing import Listing
from bot.cli.streams import speak_json

if TYPE_CHECKING:
    from roadmap.model import Roadmap

_GAPS = 5
"""So many missing texts are named."""


@click.group(cls=Listing)
def roadmap() -> None:
    """Check, show, compare and describe roadmap files."""


@roadmap.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def roadmap_check(files: tuple[Path, ...]) -> None:
    """Report every mistake in roadmap FILES, with line and key.

    Reported as well: where a roadmap does not teach in order, and what its translations lack. Exit code 1: there is a
    mistake, or a place where it does not teach in order.
    """
    from roadmap.loader import RoadmapErrors, load

    failed = False
    for file in files:
        try:
            loaded = load(file)
        except RoadmapErrors as errors:
            failed = True
            click.echo(str(errors), err=True)
        else:
            hours = loaded.minutes // 60
            click.echo(
                f"{file}: {loaded.id} {loaded.version}: {len(loaded.modules)} modules, {loaded.weeks} weeks, {hours} h"
            )
            failed = _advised(file) or failed
            failed = _translated(file, loaded) or failed
    if failed:
        sys.exit(1)


def _advised(file: Path) -> bool:
    """Print where a track does not teach in order; whether there is such a place."""
    from roadmap.loader import advice
    from roadmap.problems import MOST

    notes = advice(file)
    for note in notes:
        click.echo(str(note), err=True)
    if notes:
        count = "1 note" if len(notes) == 1 else f"{'at least ' * (len(notes) >= MOST)}{len(notes)} notes"
        click.echo(f"{file}: {count} on how it teaches; learners can follow it all the same.", err=True)
    return bool(notes)


def _translated(file: Path, track: "Roadmap") -> bool:
    """Check the translations of a track and print what they lack; whether one has a mistake."""
    from roadmap.loader import RoadmapErrors, translations
    from roadmap.translation import load, missing

    failed = False
    for path in translations(file).values():
        try:
            gaps = missing(load(path, track), track)
        except RoadmapErrors as errors:
            failed = True
            click.echo(str(errors), err=True)
            continue
        click.echo(f"{path}: complete" if not gaps else f"{path}: {len(gaps)} missing, shown as the track has them:")
        for gap in gaps[:_GAPS]:
            click.echo(f"  {'.'.join(gap)}")
        if len(gaps) > _GAPS:
            click.echo(f"  and {len(gaps) - _GAPS} more")
    return failed


@roadmap.command("show")
@click.argument("id_", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def roadmap_show(id_: str, as_json: bool) -> None:
    """Print the whole roadmap that has the ID."""
    from bot import app, settings
    from roadmap import show

    with spoken_errors():
        tracks = app.library(settings.load().roadmap_dir)
        if id_ not in tracks:
            raise click.ClickException(f"There is no roadmap {id_}. There are: {', '.join(tracks)}.")
        track = tracks[id_]
        if as_json:
            speak_json()
        click.echo(json.dumps(show.as_json(track), ensure_ascii=False, indent=2) if as_json else show.outline(track))


@roadmap.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def roadmap_diff(old: Path, new: Path, as_json: bool) -> None:
    """Compare two versions of a roadmap, the files OLD and NEW.

    Each change is either a correction or one that learners decide about.
    """
    from dataclasses import asdict

    from bot.commands.views.changes import change_text
    from bot.dialogue.wording import Wording
    from roadmap.diff import differences, only_corrections
    from roadmap.loader import RoadmapErrors, load

    try:
        before, after = load(old), load(new)
    except RoadmapErrors as errors:
        raise click.ClickException(str(errors)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    changes = differences(before, after)
    if as_json:
        speak_json()
        output = {"from": before.version, "to": after.version, "differences": [asdict(change) for change in changes]}
        click.echo(json.dumps(output, ensure_ascii=False))
        return
    click.echo(f"{before.id} {before.version} → {after.id} {after.version}")
    for change in changes:
        line = Wording().say(change_text(change, before, after))
        if isinstance(change.after, tuple) and change.what == "worded":
            line += f" ({', '.join(change.after)})"
        click.echo(f"  {change.weight:<10}  {change.id or '(roadmap)'}: {line}")
    if not changes:
        click.echo("  the same content")
    elif only_corrections(changes):
        click.echo("Only corrections: nobody's plan changes.")
    else:
        click.echo("Plans change with it: whoever is on the old version decides.")


@roadmap.command("schema")
def roadmap_schema() -> None:
    """Print the JSON Schema of roadmap files, for editors."""
    from roadmap.schema import json_schema

    speak_json()
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
