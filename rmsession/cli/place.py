"""Where things lie, and how a shell completes the program's words."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import click

from rmsession.cli.crash import LOG
from rmsession.cli.ground import Ground, pass_ground
from rmsession.cli.talk import complain, say, table
from rmsession.cli.usual import COMPLETING
from rmsession.settings import FILE


@click.command(
    epilog="""\b
    Examples:
      rmsession paths
      rm -r "$(rmsession paths data)"        remove everything the program keeps
    """
)
@click.argument("name", required=False, metavar="[NAME]")
@pass_ground
def paths(ground: Ground, name: str | None) -> None:
    """Show where everything lies.

    With a NAME, that path alone. Everything the program keeps is in the data folder, and only you can read it.
    """
    home, settings = ground.home, ground.settings
    known = {
        "data": home,
        "sessions": home / "sessions",
        "settings": home / FILE,
        "agendas": settings.agendas,
        "crashes": home / LOG,
    }
    if name is None:
        for line in table([(each, str(path)) for each, path in known.items()]):
            say(line)
        # Only here: nothing else that `paths` says needs it.
        from rmsession.store.mounts import caution

        if warning := caution(home):
            complain(warning)
    elif name in known:
        say(str(known[name]))
    else:
        raise click.UsageError(f"There is no path '{name}'; there are {', '.join(known)}.")


@click.command(
    epilog="""\b
    Examples:
      rmsession completion bash >> ~/.bashrc
      rmsession completion zsh >> ~/.zshrc
      rmsession completion fish > ~/.config/fish/completions/rmsession.fish
    """
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete words.

    Commands, options, agendas and session ids.
    """
    # Only here: nothing else needs it.
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    say(maker(ctx.find_root().command, {}, "rmsession", COMPLETING).source())
