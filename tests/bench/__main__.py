"""`make bench`: run all benches or some (`-k today`), print the rows, write bench/latest.json."""

import argparse
import importlib
import pkgutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from string import ascii_lowercase

from tests import bench as package
from tests.bench import report
from tests.bench.measuring import Bench, Scale, Size


def all_benches() -> dict[str, Bench]:
    """Every bench by its name, in the order of their rows."""
    benches: dict[str, Bench] = {}
    for module in pkgutil.iter_modules(package.__path__):
        if module.name.startswith("row"):
            members = vars(importlib.import_module(f"{package.__name__}.{module.name}"))
            benches |= {f"{module.name}.{name}": each for name, each in members.items() if isinstance(each, Bench)}
    return dict(sorted(benches.items(), key=lambda item: _place(item[1])))


def _place(bench: Bench) -> tuple[int, str]:
    number = bench.rows[0].number
    return int("".join(c for c in number if c.isdigit()) or 99), number


def chosen(benches: dict[str, Bench], words: Sequence[str]) -> dict[str, Bench]:
    """Those whose name, number or description contains one of the words; all where there is no word."""
    if not words:
        return benches
    wanted = [word.casefold() for word in words]

    def fits(name: str, bench: Bench) -> bool:
        text = " ".join([name, *(row.what for row in bench.rows)]).casefold()
        numbers = {row.number for row in bench.rows} | {row.number.rstrip(ascii_lowercase) for row in bench.rows}
        return any(word in numbers or (not word.isdecimal() and word in text) for word in wanted)

    return {name: bench for name, bench in benches.items() if fits(name, bench)}


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="Measure how fast the bot is.")
    parser.add_argument("-k", action="append", default=[], metavar="WORD", help="only rows with this word or number")
    parser.add_argument("--list", action="store_true", help="list the rows and measure nothing")
    parser.add_argument("--size", choices=("tiny", "usual", "large"), default="usual", help="large: up to 10⁶ learners")
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured; 5 where not given")
    parser.add_argument("--write-docs", action="store_true", help="put bench/latest.json into docs/performance.md")
    asked = parser.parse_args()
    if asked.write_docs:
        report.write_docs()
        return
    benches = chosen(all_benches(), asked.k)
    if asked.list:
        for name, bench in benches.items():
            for row in bench.rows:
                print(f"{row.number:>4}  {row.what}  ({name})")  # noqa: T201
        return
    run(benches, asked.size, asked.rounds)


def run(benches: dict[str, Bench], size: Size, rounds: int) -> None:
    """Run benches; print and save each row when it is there."""
    report.LATEST.parent.mkdir(exist_ok=True)
    measured: report.Result = {"machine": report.machine(), "size": size, "rounds": rounds, "rows": []}
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="run-", dir=report.LATEST.parent) as folder:
        for result in report.results(benches, Scale(size, Path(folder), rounds)):
            print(report.line(result), flush=True)  # noqa: T201
            measured["rows"].append(result)
            measured["seconds"] = round(time.perf_counter() - begun)
            report.save(measured)
    print(f"{time.perf_counter() - begun:.0f} s; {report.LATEST}")  # noqa: T201


if __name__ == "__main__":
    main()
