"""netkeep completion: commands, options, values and names, completed by the shell."""

from enum import StrEnum
from typing import Annotated

import typer

from netkeep.cli.completion import bash_script, fish_script, read_command, zsh_script
from netkeep.output.streams import write_output


class Shell(StrEnum):
    """A shell that can be told how to complete."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


SCRIPTS = {Shell.bash: bash_script, Shell.zsh: zsh_script, Shell.fish: fish_script}


def completion(
    ctx: typer.Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> None:
    """Print what makes TAB complete in your shell.

    It completes commands, options and their values, and people: ada-lovelace, or ada-lovelace-12
    where two share a name. In bash or zsh source it in ~/.bashrc or ~/.zshrc; for fish keep it in
    a file.

    Examples:
        source <(netkeep completion bash)
        source <(netkeep completion zsh)
        netkeep completion fish > ~/.config/fish/completions/netkeep.fish
    """
    write_output(SCRIPTS[shell](read_command(ctx.find_root().command)), "utf-8")
