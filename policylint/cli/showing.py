"""What --show-config prints: every key with its value and where that was given, as TOML that can be kept."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from policylint.cli.configured import origin
from policylint.config.keys import KEYS, WAIVER_KEYS, Key, Kind

if TYPE_CHECKING:
    from policylint.config.reading import Config

_WIDTH = 40


def configuration(ctx: typer.Context) -> Iterator[str]:
    """Yield a line for each key of the configuration, with where its value was given."""
    config: Config | None = ctx.obj
    yield f"# {f'the configuration is {config.path}' if config else 'there is no configuration file'}\n"
    tables = []
    for key in KEYS:
        if key.option is not None:
            yield _line(key.name, _plain(ctx.params[key.option], key), origin(ctx, key.option) or "default")
        elif config is not None and key.name in config.values:
            tables.append((key, config.values[key.name], config))
    for key, value, config in tables:
        if key.kind is Kind.LEVELS:
            yield f"\n[{key.name}]\n"
            for name, level in value.items():
                yield _line(json.dumps(name), level, f"{config.path}:{config.line(key.name, name)}")
        else:
            for index, entry in enumerate(value):
                yield f"\n[[{key.name}]]  # {config.path}:{config.line(key.name, index)}\n"
                yield from (_assignment(each.name, entry[each.name]) for each in WAIVER_KEYS if each.name in entry)


def _plain(value: Any, key: Key) -> Any:
    """Turn the value of an option into that of a key."""
    if key.kind is Kind.LIST:
        return [str(each) for each in value or ()]
    if key.kind is Kind.BOOLEAN and value is not None:
        return str(value) == "true"
    return value if value is None else str(value)


def _line(name: str, value: Any, where: str) -> str:
    if value is None:
        return f"{f'# {name} is not set':{_WIDTH}}  # {where}\n"
    return f"{_assignment(name, value).rstrip():{_WIDTH}}  # {where}\n"


def _assignment(name: str, value: Any) -> str:
    """Write a key and its value; JSON and TOML write text, booleans and lists of text alike."""
    written = json.dumps(value, ensure_ascii=False) if isinstance(value, (str, bool, list)) else str(value)
    return f"{name} = {written}\n"
