"""The configuration of a command: read before its other options, whose defaults it becomes.

What is typed wins over the environment, that over the configuration, that over the defaults of the program.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from policylint.cli.terminal import fail

if TYPE_CHECKING:
    from policylint.config.reading import Config

_WITHOUT = "policylint.no_config"


def _do_without(ctx: typer.Context, wanted: bool) -> bool:
    ctx.meta[_WITHOUT] = wanted
    return wanted


def _configure(ctx: typer.Context, path: Path | None) -> Path | None:
    """Read the configuration and make it the defaults of the command. What is wrong with it ends the program."""
    if ctx.resilient_parsing:  # a shell asks for completions
        return path
    if ctx.meta.get(_WITHOUT):
        if path is not None:
            fail("--no-config and --config exclude each other")
        return path
    from policylint.config.locating import nearest

    found = path or nearest(_here())
    if found is not None:
        from policylint.config.keys import KEYS
        from policylint.config.reading import ConfigError, read

        try:
            config = read(found)
        except ConfigError as error:
            fail(str(error))
        ctx.obj = config
        ctx.default_map = {
            key.option: _as_typed(config.values[key.name]) for key in KEYS if key.option and key.name in config.values
        }
    return path


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:
        fail("the current directory is gone: change into one that is there")


def _as_typed(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        is_eager=True,
        callback=_configure,
        envvar="POLICYLINT_CONFIG",
        help="The configuration to go by; the nearest policylint.toml or pyproject.toml upward without it.",
    ),
]
NoConfig = Annotated[
    bool,
    typer.Option("--no-config", is_eager=True, callback=_do_without, help="Go by no configuration file."),
]


def given(ctx: typer.Context, option: str) -> bool:
    """Tell whether an option was given for this very run, rather than by the configuration."""
    source: Any = ctx.get_parameter_source(option)
    return source is not None and source.name in ("COMMANDLINE", "ENVIRONMENT")


def origin(ctx: typer.Context, option: str) -> str | None:
    """Say where an option was given: at a line of the configuration, by a variable, by its own name; None: nowhere."""
    source: Any = ctx.get_parameter_source(option)
    match source and source.name:
        case "COMMANDLINE":
            return str(_parameter(ctx, option).opts[0])
        case "ENVIRONMENT":
            return str(_parameter(ctx, option).envvar)
        case "DEFAULT_MAP":
            from policylint.config.keys import KEYS

            config: Config = ctx.obj
            key = next(key.name for key in KEYS if key.option == option)
            return f"{config.path}:{config.line(key)}"
        case _:
            return None


def _parameter(ctx: typer.Context, option: str) -> Any:
    return next(each for each in ctx.command.params if each.name == option)


def blame(ctx: typer.Context, option: str, message: str) -> NoReturn:
    """End the program because of the value of an option. Where it was not typed, say who gave it."""
    where = origin(ctx, option)
    fail(message if where is None or where.startswith("-") else f"{where}: {message}")
