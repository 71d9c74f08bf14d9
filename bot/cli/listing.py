"""Groups of sub-commands, whose help fits the terminal and says all of each sub-command's first sentence."""

import shutil
from difflib import get_close_matches
from typing import Any

import click

_WIDEST, _MARGIN = 100, 2
_NO_LIMIT = 1000


class Listing(click.Group):
    """Lists its sub-commands without cutting anything off; click would, and writes lines of 50 columns at least."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """As click does, with the width of the terminal, which sub-commands take over."""
        kwargs.setdefault("terminal_width", min(_WIDEST, shutil.get_terminal_size().columns - _MARGIN))
        return super().make_context(*args, **kwargs)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; an unknown name is answered with those there are."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            known = self.list_commands(ctx)
            meant = get_close_matches(args[0], known, 1)
            hint = f" Did you mean {meant[0]}?" if meant else ""
            ctx.fail(f"There is no command {args[0]}.{hint} There are: {', '.join(known)}.")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sub-commands with the first sentence of what each does."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, found.get_short_help_str(_NO_LIMIT)) for name, found in commands if found])
