"""Runs benches one after the other; the results as JSON, as a table on the terminal, and in docs/performance.md."""

import json
import os
import platform
import sqlite3
import subprocess
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.measuring import Bench, Measured, NotMeasured, Row, Scale, figure

Result = dict[str, Any]
"""One row as the JSON has it."""

ROOT = Path(__file__).parents[2]
LATEST = ROOT / "bench" / "latest.json"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- the table: make bench ARGS=--write-docs -->", "<!-- the end of the table -->"


def results(benches: Mapping[str, Bench], scale: Scale) -> Iterator[Result]:
    """Run benches; one that fails is a row that was not measured, and the others go on."""
    for name, bench in benches.items():
        begun = time.perf_counter()
        with tempfile.TemporaryDirectory(dir=scale.folder) as folder:
            all_measured = _measured(bench, replace(scale, folder=Path(folder)))
        for row, measured in zip(bench.rows, all_measured, strict=True):
            yield _result(name, row, measured, time.perf_counter() - begun)


def _measured(bench: Bench, scale: Scale) -> Sequence[Measured]:
    try:
        return bench.measure(scale)
    except NotMeasured as why:
        return [Measured(None, str(why))] * len(bench.rows)
    except Exception as error:
        if scale.size == "tiny":
            raise
        traceback.print_exc()
        words = str(error).partition("\n")[0][:200]
        return [Measured(None, f"failed: {type(error).__name__}: {words}")] * len(bench.rows)


def _result(name: str, row: Row, measured: Measured, seconds: float) -> Result:
    return {
        "row": row.number,
        "what": row.what,
        "value": measured.value,
        "unit": row.unit,
        "target": row.target,
        "verdict": row.verdict(measured.value),
        "more": measured.more,
        "numbers": dict(measured.numbers),
        "bench": name,
        "seconds": round(seconds, 1),
    }


def machine() -> Result:
    """On what this was measured."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "load_before": load and round(load, 2),
        "sqlite": sqlite3.sqlite_version,
    }


def save(run: Result, file: Path = LATEST) -> None:
    """Write a run as JSON."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def line(result: Result) -> str:
    """A row for the terminal."""
    value, verdict = _value(result), result["verdict"]
    judged = f"missed, target {result['target']}" if verdict == "missed" else verdict
    return f"{result['row']:>4}  {result['what'][:74]:<74} {value:>10}  {judged}\n      {result['more']}"


def _value(result: Result) -> str:
    return "" if result["value"] is None else f"{figure(result['value'])}{result['unit']}"


def table(run: Result) -> str:
    """The rows of a run as a Markdown table, with a line that says on what it was measured."""
    machine = run["machine"]
    head = (
        f"Measured on {machine['at'][:10]} at {machine['commit']}: {machine['processors']} processors, "
        f"{machine['system']}, Python {machine['python']}, SQLite {machine['sqlite']}; "
        f"load before {machine['load_before']}. The whole run took {run['seconds'] / 60:.0f} minutes."
    )
    lines = ["| # | what | figure | target | verdict | behind it |", "| --- | --- | --- | --- | --- | --- |"]
    for result in run["rows"]:
        verdict = f"**{result['verdict']}**" if result["verdict"] == "missed" else result["verdict"]
        cells = (result["row"], result["what"], _value(result), result["target"], verdict, result["more"])
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([head, "", *lines])


def write_docs(file: Path = LATEST, page: Path = PAGE) -> None:
    """Put the table of a saved run into the page."""
    run = json.loads(file.read_text(encoding="utf-8"))
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{table(run)}\n\n{END}{after}", encoding="utf-8")
