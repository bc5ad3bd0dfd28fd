"""The command line: arguments in, one library call, printing out.

stdout carries data, stderr talk. Exit codes: 0 all went well, 1 some input was skipped, 2 wrong usage,
130 stopped by the user, 141 nobody reads stdout any more. Heavy modules are imported inside the commands that
need them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, NoReturn

import typer

from variorum.cli.accounts import annotate, compare
from variorum.cli.console import say
from variorum.cli.library import COMMANDS, LIBRARY_COMMANDS, Command
from variorum.cli.stories import stories
from variorum.cli.watch import watch
from variorum.errors import SkipArticle, VariorumError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Lay the accounts of one event side by side: who claims what, how firmly, and where they differ.",
)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"variorum {version('variorum')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None: ...


def _with_exit_codes(command: Command) -> Command:
    """The command, ended as shells expect where it is stopped or its reader has what it wanted."""

    @wraps(command)
    def run(*arguments: object, **options: object) -> None:
        try:
            try:
                command(*arguments, **options)
            finally:
                sys.stdout.flush()
        except KeyboardInterrupt:
            say("stopped")
            raise typer.Exit(130) from None
        except BrokenPipeError:
            # without this the interpreter complains again when it flushes at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(141) from None

    return run


_library = typer.Typer(no_args_is_help=True, help="Check a library, see what it holds, make it anew.")
_commands: tuple[Command, ...] = (compare, annotate, stories, *COMMANDS, watch)
for _command in _commands:
    app.command()(_with_exit_codes(_command))
for _command in LIBRARY_COMMANDS:
    _library.command()(_with_exit_codes(_command))
app.add_typer(_library, name="library")


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:  # article text may hold lone surrogates, and terminals other encodings than UTF-8
            reconfigure(errors="backslashreplace")
    try:
        app()
    except VariorumError as e:
        say(str(e))
        sys.exit(1 if isinstance(e, SkipArticle) else 2)
    sys.exit(0)
