"""A script of a thousand commands in the terminal: the whole program, without any platform's library."""

import os
import subprocess
import sys
from collections.abc import Sequence

from tests.bench.measuring import Measured, Row, Scale, Took, Watch, bench, figure, middle
from tests.bench.report import ROOT

MIX = (
    "/log 17m",
    "/today",
    "/log 23m yesterday",
    "/progress",
    "/undo",
    "/plan",
    "/log 31m calculus",
    "/history",
    "/module",
    "/why",
)


def script(commands: int) -> str:
    """A learner's usual mix of commands, over some weeks."""
    lines = ["u1: /start", "u1: [8 h a week]", "u1: [UTC]"]
    for number in range(commands - len(lines)):
        lines.append(f"u1: {MIX[number % len(MIX)]}")
        if number % 20 == 19:
            lines.append("+8h")
    return "\n".join(lines)


@bench(Row("S", "a script of 1,000 commands in the terminal, the whole process", most=5, unit=" s"))
def thousand_commands(scale: Scale) -> Sequence[Measured]:
    """`studybuddy chat --script` with a new file each time."""
    commands = scale.of(20, 1000)
    words = scale.folder / "thousand.txt"
    words.write_text(script(commands), encoding="utf-8")
    taken: list[Took] = []
    for number in range((scale.rounds + 1) // 2):
        arguments = ["chat", "--script", str(words), "--db", str(scale.folder / f"script{number}.db"), "--json"]
        watch, before = Watch(), os.times()
        outcome = subprocess.run(
            [sys.executable, "-m", "bot", *arguments, "--now", "2026-01-05T08:00Z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        taken.append(Took(watch.took().wall, cpu))
        assert outcome.stdout.count(b'"kind": "reply"') + outcome.stdout.count(b'"kind": "edit"') == commands
    usual = middle(taken)
    return [Measured(usual.wall, f"CPU time {figure(usual.cpu)} s", {"cpu_seconds": usual.cpu})]
