"""Programs that could check policies by rules of one's own, and what each is asked: the same ten constraints.

They know nothing of devices. Each is installed into an environment of its own, reads the export in the form it can
read, and prints every constraint that a policy does not meet, with the place, as JSON.
"""

import json
import subprocess
import venv
from pathlib import Path
from typing import Any

from corpus import policies
from formats import Formats

from policylint.knowledge import load

INSTALLED = ("lxml", "check-jsonschema", "regopy", "yamllint")

CONSTRAINTS: dict[str, dict[str, Any]] = {
    "DevicePasswordEnabled": {"const": True},
    "AlphanumericDevicePasswordRequired": {"const": True},
    "AllowSimpleDevicePassword": {"const": False},
    "MinDevicePasswordLength": {"type": "integer", "minimum": 6},
    "MinDevicePasswordComplexCharacters": {"type": "integer", "minimum": 2},
    "DevicePasswordHistory": {"type": "integer", "minimum": 1},
    "RequireDeviceEncryption": {"const": True},
    "RequireStorageCardEncryption": {"const": True},
    "AllowStorageCard": {"const": False},
    "AllowCamera": {"const": False},
}
"""What is asked of a policy, as JSON Schema has it."""

_SCHEMATRON = """
import json, sys
from lxml import etree, isoschematron
schema = isoschematron.Schematron(etree.parse(sys.argv[1]), store_report=True)
schema.validate(etree.parse(sys.argv[2]))
failed = schema.validation_report.iter("{http://purl.oclc.org/dsdl/svrl}failed-assert")
json.dump([{"place": each.get("location"), "text": "".join(each.itertext())} for each in failed], sys.stdout)
"""
_REGO = """
import json, sys
from regopy import Interpreter
interpreter = Interpreter()
interpreter.add_module("policies", open(sys.argv[1]).read())
interpreter.set_input(json.load(open(sys.argv[2])))
print(interpreter.query("data.policies.failed"))
"""


def environment(directory: Path) -> Path:
    """Make an environment with the peers in it, and return its folder of programs. It is fetched from an index."""
    venv.create(directory, with_pip=True)
    programs = directory / "bin"
    subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", *INSTALLED], check=True)
    return programs


def commands(programs: Path, directory: Path, count: int, clixml: Path) -> dict[str, list[str]]:
    """Write what the peers need to check the policies of `corpus`, and return the command of each by its name."""
    exported = directory / f"{count}.json"
    exported.write_text(Formats(load().catalogue).json(policies(count)), encoding="utf-8")
    python = str(programs / "python")
    schemas = {"constraints.sch": _schematron(), "constraints.json": _json_schema(), "constraints.rego": _rego()}
    for name, text in schemas.items():
        (directory / name).write_text(text, encoding="utf-8")
    sch, schema, rego = (str(directory / name) for name in schemas)
    validate = [str(programs / "check-jsonschema"), "--schemafile", schema, "--output-format", "json", str(exported)]
    return {
        "Schematron in lxml": [python, "-c", _SCHEMATRON, sch, str(clixml)],
        "check-jsonschema": validate,
        "regopy": [python, "-c", _REGO, rego, str(exported)],
    }


def _schematron() -> str:
    asserts = "".join(
        f'<assert test="{_xpath(name, asked)}">{name} must be {json.dumps(asked).replace(chr(34), "")}</assert>'
        for name, asked in CONSTRAINTS.items()
    )
    return (
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt">'
        '<ns prefix="ps" uri="http://schemas.microsoft.com/powershell/2004/04"/>'
        f'<pattern><rule context="/ps:Objs/ps:Obj/ps:Props">{asserts}</rule></pattern></schema>'
    )


def _xpath(name: str, asked: dict[str, Any]) -> str:
    if "const" in asked:
        return f"ps:B[@N='{name}'] = '{str(asked['const']).lower()}'"
    return f"ps:I32[@N='{name}'] &gt;= {asked['minimum']}"


def _json_schema() -> str:
    return json.dumps({"type": "array", "items": {"type": "object", "properties": CONSTRAINTS}})


def _rego() -> str:
    rules = "".join(
        f"failed contains place if {{\n  some number, policy in input\n  not {_meets(name, asked)}\n"
        f'  place := sprintf("%d/{name}", [number])\n}}\n'
        for name, asked in CONSTRAINTS.items()
    )
    return f"package policies\nimport rego.v1\n{rules}"


def _meets(name: str, asked: dict[str, Any]) -> str:
    if "const" in asked:
        return f"policy.{name} == {json.dumps(asked['const'])}"
    return f"policy.{name} >= {asked['minimum']}"
