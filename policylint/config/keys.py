"""The keys of a configuration file: the one table that reading, the JSON Schema and `--show-config` go by.

A run with a configuration file is felt in a commit hook, and pydantic alone would take half of the start-up budget: so
the keys are plain data here, and `reading` checks by them.
"""

from dataclasses import dataclass
from enum import StrEnum

from policylint.judging.findings import SEVERITIES


class Kind(StrEnum):
    """What a key holds, in the words of an error message."""

    TEXT = "text"
    BOOLEAN = "true or false"
    DATE = "a date such as 2027-01-31"
    LIST = "a list of text"
    LEVELS = "a table of rules and severities"
    TABLES = "a list of tables"


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `option` is the parameter of the commands that it is the default of, `choices` all that it may be.

    `is_path` marks what counts from the directory of the configuration file.
    """

    name: str
    kind: Kind
    means: str
    option: str | None = None
    choices: tuple[str, ...] = ()
    is_path: bool = False
    is_required: bool = False


WAIVER_KEYS = (
    Key(
        "rule", Kind.TEXT, "The rule whose findings are waived, by id or name. A waiver has a rule, a property or both."
    ),
    Key("property", Kind.TEXT, "The property whose findings are waived, by either spelling."),
    Key(
        "policy",
        Kind.TEXT,
        "The policy, by its name or its Guid; the chain, by its file, address or host. Rules told once need none.",
    ),
    Key("devices", Kind.LIST, "Device queries: the finding is waived for these targets only."),
    Key("reason", Kind.TEXT, "Why; it stands in every report.", is_required=True),
    Key("expires", Kind.DATE, "The last day on which the waiver holds."),
)

KEYS = (
    Key("devices", Kind.LIST, "Devices to judge for, as --device takes them.", "device"),
    Key("server", Kind.TEXT, "The server whose part is added, as --server takes it.", "server"),
    Key(
        "fail-on",
        Kind.TEXT,
        "The least severity that gives exit code 1.",
        "fail_on",
        choices=(*SEVERITIES, "never"),
    ),
    Key("assume-gate", Kind.BOOLEAN, "AllowNonProvisionableDevices where an export does not show it.", "assume_gate"),
    Key(
        "assume-complete",
        Kind.BOOLEAN,
        "Whether settings that an export does not show are taken to ask nothing.",
        "assume_complete",
    ),
    Key("select", Kind.LIST, "Only these rules or properties, as --select takes them.", "select"),
    Key("ignore", Kind.LIST, "Not these rules or properties, as --ignore takes them.", "ignore"),
    Key("rules", Kind.LIST, "Directories with packs of your own, as --rules takes them.", "own_rules", is_path=True),
    Key("profiles", Kind.LIST, "Benchmarks to hold policies against, as --profile takes them.", "profile"),
    Key("baseline", Kind.TEXT, "The file with findings that are known already.", "baseline", is_path=True),
    Key("severities", Kind.LEVELS, "The severity of single rules, by id or name.", choices=SEVERITIES),
    Key("waivers", Kind.TABLES, "Findings that are accepted for a reason, one table each."),
)
