"""What a data pack may not say: each refusal names its file and its line."""

import re
from pathlib import Path

import pytest

from policylint.knowledge import compile_pack
from policylint.knowledge.pack.reading import PackError

FILES = {
    "pack.toml": """
name = "test"
version = "1"
as_of = 2026-01-01
""",
    "sources.toml": """
[page]
title = "A page"

[other]
title = "Another page"
""",
    "properties.toml": """
[[properties]]
key = "Camera"
kind = "device"
scope = "device"
activesync = "AllowCamera"
type = "bool"
neutral = [true]
stricter = "false"
sources = ["page"]
[properties.gate]
property = "Length"
equals = true
basis = "protocol"
note = "why"

[[properties]]
key = "Length"
kind = "device"
scope = "device"
activesync = "MinLength"
type = "int"
neutral = [0]
stricter = "higher"
sources = ["page"]
[properties.range]
min = 1
max = 16
sources = ["other"]

[[properties]]
key = "Name"
kind = "identity"
scope = "server"
type = "string"
stricter = "none"
sources = ["page"]
""",
    "devices/phone.toml": """
family = "phone"
name = "A phone"
aliases = { old = "<2" }

[[spans]]
versions = ">=1,<2"
name = "One"
releases = [{ version = "1.0" }, { version = "1.5" }]
sources = ["page"]

[[spans]]
versions = ">=2,<3"
name = "Two"
releases = [{ version = "2.0" }]

[[provisioning]]
ability = "claims-all"
gate_open = "no-policy"

[[support]]
properties = ["Camera"]
support = "partial"
evidence = "documented"
note = "how"
sources = ["page"]

[[support]]
versions = "<2"
properties = ["Length"]
support = "must-be"
evidence = "inferred"
value = 4
sources = ["@span"]
""",
    "devices/tablet.toml": """
family = "tablet"
name = "A tablet"

[[spans]]
versions = ">=1"
name = "Only"
releases = [{ version = "1.0" }]

[[provisioning]]
ability = "none"
gate_open = "no-policy"
""",
    "checks/A001-camera.toml": """
id = "AAA001"
name = "camera"
severity = "note"
effect = "note"
message = "m"
meaning = "m"
why = "w"
fix = "f"
sources = ["page"]

[[when]]
property = "Camera"
equals = false

[[examples]]
title = "breaks it"
settings = { Camera = false }
finds = ["Camera"]

[[examples]]
title = "does not"
settings = { Camera = true }
""",
    "checks/A002-outcome.toml": """
id = "AAA002"
name = "outcome"
severity = "note"
effect = "note"
outcome = "unreadable"
message = "m"
meaning = "m"
why = "w"
fix = "f"
sources = ["page"]

[[examples]]
title = "breaks it"
export = "{}"
finds = ["Camera"]

[[examples]]
title = "does not"
export = "{}"
""",
}


def written(directory: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


def refusal(directory: Path) -> tuple[str, int, str]:
    """The file, the line and the words with which a pack is refused."""
    with pytest.raises(PackError) as refused:
        compile_pack(directory)
    path, line, message = re.fullmatch(r"(?s)(.+?):(\d+): (.*)", str(refused.value)).groups()  # type: ignore[union-attr]
    return Path(path).relative_to(directory).as_posix(), int(line), message


def test_the_pack_from_which_the_broken_ones_are_made_is_accepted(tmp_path: Path):
    compiled = compile_pack(written(tmp_path, FILES))
    phone, tablet = compiled["families"]
    assert phone["aliases"] == {"old": [0, 1]}
    assert phone["support"] == {"Camera": [0, 0, 0], "Length": [1, 1, -1]}
    assert phone["cells"][1]["sources"] == ["page"]
    assert tablet["support"] == {}


# file, the text that is there, the text that breaks it, where the refusal points (the start of a line; the nth of
# them), what it says
BROKEN: dict[str, tuple[str, str, str, str | tuple[str, int], str]] = {
    "a cell names an unknown source": (
        "devices/phone.toml",
        'note = "how"\nsources = ["page"]',
        'note = "how"\nsources = ["page", "nowhere"]',
        'sources = ["page", "nowhere"]',
        "source 'nowhere' is not in sources.toml",
    ),
    "a span names an unknown source": (
        "devices/phone.toml",
        '{ version = "1.5" }]\nsources = ["page"]',
        '{ version = "1.5" }]\nsources = ["nowhere"]',
        'sources = ["nowhere"]',
        "source 'nowhere'",
    ),
    "a property names an unknown source": (
        "properties.toml",
        'stricter = "none"\nsources = ["page"]',
        'stricter = "none"\nsources = ["nowhere"]',
        'sources = ["nowhere"]',
        "source 'nowhere'",
    ),
    "a range names an unknown source": (
        "properties.toml",
        'sources = ["other"]',
        'sources = ["nowhere"]',
        'sources = ["nowhere"]',
        "source 'nowhere'",
    ),
    "a default names an unknown source": (
        "properties.toml",
        'sources = ["other"]',
        'sources = ["other"]\n[[properties.defaults]]\nvalue = 4\nwhere = "w"\nsource = "nowhere"',
        "[[properties.defaults]]",
        "source 'nowhere'",
    ),
    "a rule names an unknown source": (
        "checks/A001-camera.toml",
        'sources = ["page"]',
        'sources = ["nowhere"]',
        'sources = ["nowhere"]',
        "source 'nowhere'",
    ),
    "the span has no sources to stand for": (
        "devices/phone.toml",
        'versions = "<2"\n',
        "",
        'sources = ["@span"]',
        "@span stands for a span without sources",
    ),
    "a cell is about an unknown property": (
        "devices/phone.toml",
        '["Length"]',
        '["Length", "Width"]',
        'properties = ["Length"',
        "Width is no property",
    ),
    "a cell is about an identity": (
        "devices/phone.toml",
        '["Length"]',
        '["Name"]',
        'properties = ["Name"]',
        "Name is no property that a device could meet",
    ),
    "a gate is an unknown property": (
        "properties.toml",
        'property = "Length"',
        'property = "Width"',
        "[[properties]]",
        "Camera refers to Width",
    ),
    "a rule is about an unknown property": (
        "checks/A001-camera.toml",
        'property = "Camera"',
        'property = "Width"',
        "[[when]]",
        "Width is no property",
    ),
    "a key is misspelt": (
        "devices/phone.toml",
        'evidence = "inferred"',
        'evidense = "inferred"',
        'evidense = "inferred"',
        "support.1.evidense",
    ),
    "a word is not one of those that count": (
        "devices/phone.toml",
        '"partial"',
        '"perhaps"',
        'support = "perhaps"',
        "support.0.support",
    ),
    "a key of a source is misspelt": (
        "sources.toml",
        'title = "Another page"',
        'title = "Another page"\nlink = "x"',
        'link = "x"',
        "other.link",
    ),
    "a partial cell has no note": (
        "devices/phone.toml",
        'note = "how"\n',
        "",
        "[[support]]",
        "a partial cell must say in its note how",
    ),
    "a cell has no evidence": (
        "devices/phone.toml",
        'evidence = "inferred"\n',
        "",
        ("[[support]]", 1),
        "has evidence",
    ),
    "an unknown cell has evidence": (
        "devices/phone.toml",
        'support = "partial"',
        'support = "unknown"',
        "[[support]]",
        "every cell but an unknown one has evidence",
    ),
    "must-be has no value": (
        "devices/phone.toml",
        "value = 4\n",
        "",
        ("[[support]]", 1),
        "must-be needs one",
    ),
    "a value stands where nothing must be": (
        "devices/phone.toml",
        'note = "how"',
        'note = "how"\nvalue = true',
        "[[support]]",
        "value belongs to must-be",
    ),
    "a cell has no source": (
        "devices/phone.toml",
        'sources = ["@span"]',
        "sources = []",
        "sources = []",
        "support.1.sources",
    ),
    "a span reaches into the one before": (
        "devices/phone.toml",
        'versions = ">=2,<3"',
        'versions = ">=1.5,<3"',
        'versions = ">=1.5,<3"',
        ">=1.5,<3 overlaps >=1,<2",
    ),
    "a span reaches into the one behind": (
        "devices/phone.toml",
        'versions = ">=1,<2"',
        'versions = ">=1,<2.1"',
        'versions = ">=2,<3"',
        ">=2,<3 overlaps >=1,<2.1",
    ),
    "releases are out of order": (
        "devices/phone.toml",
        '{ version = "1.0" }, { version = "1.5" }',
        '{ version = "1.5" }, { version = "1.0" }',
        "releases = [",
        "release 1.0 comes after 1.5",
    ),
    "a release is listed twice": (
        "devices/phone.toml",
        '{ version = "1.5" }',
        '{ version = "1" }',
        "releases = [",
        "release 1 comes after 1.0",
    ),
    "a release is outside its span": (
        "devices/phone.toml",
        '{ version = "2.0" }',
        '{ version = "3.0" }',
        ("releases = [", 1),
        "release 3.0 is outside its span >=2,<3",
    ),
    "a release is no version": (
        "devices/phone.toml",
        '{ version = "2.0" }',
        '{ version = "two" }',
        ("releases = [", 1),
        "two is not a version",
    ),
    "a span is no requirement": (
        "devices/phone.toml",
        'versions = ">=2,<3"',
        'versions = "2"',
        'versions = "2"',
        "'2' is not a version requirement",
    ),
    "a cell is stated twice": (
        "devices/phone.toml",
        'properties = ["Camera"]',
        'properties = ["Camera", "Length"]',
        ("[[support]]", 1),
        "Length on phone 1.0 is stated twice",
    ),
    "a value that must be does not fit its property": (
        "devices/phone.toml",
        "value = 4",
        'value = "four"',
        'value = "four"',
        "this does not fit Length: 'four' is not a whole number",
    ),
    "a condition does not fit its property": (
        "devices/phone.toml",
        'note = "how"',
        'note = "how"\nblocks = { equals = ["perhaps"] }',
        "blocks = ",
        "this does not fit Camera",
    ),
    "limits of something without size": (
        "devices/phone.toml",
        'note = "how"',
        'note = "how"\nlimits = { max = 4 }',
        "limits = ",
        "Camera has no size",
    ),
    "limits that hold nothing": (
        "devices/phone.toml",
        "value = 4",
        "value = 4\nlimits = { min = 5, max = 4 }",
        "limits = ",
        "hold nothing",
    ),
    "a condition of a rule does not fit its property": (
        "checks/A001-camera.toml",
        "equals = false",
        "equals = 7",
        "equals = 7",
        "this does not fit Camera",
    ),
    "a neutral value does not fit its property": (
        "properties.toml",
        "neutral = [true]",
        "neutral = [7]",
        "[[properties]]",
        "a value of Camera does not fit its type",
    ),
    "something is merged that has no order": (
        "devices/tablet.toml",
        "[[provisioning]]",
        '[[merging]]\nproperties = ["Nothing"]\nevidence = "inferred"\nsources = ["page"]\n\n[[provisioning]]',
        "[[merging]]",
        "Nothing is no property whose values could be merged",
    ),
    "a merge knows no source": (
        "devices/tablet.toml",
        "[[provisioning]]",
        '[[merging]]\nproperties = []\nevidence = "inferred"\nsources = ["nowhere"]\n\n[[provisioning]]',
        'sources = ["nowhere"]',
        "source 'nowhere' is not in sources.toml",
    ),
    "a family inherits from itself": (
        "devices/tablet.toml",
        "[[provisioning]]",
        '[[inherits]]\nfamily = "tablet"\nrelease = "1.0"\nevidence = "inferred"\nnote = "n"\nsources = ["page"]\n\n'
        "[[provisioning]]",
        "[[inherits]]",
        "tablet inherits from itself",
    ),
    "a family inherits from nothing known": (
        "devices/tablet.toml",
        "[[provisioning]]",
        '[[inherits]]\nfamily = "phone"\nrelease = "9"\nevidence = "inferred"\nnote = "n"\nsources = ["page"]\n\n'
        "[[provisioning]]",
        "[[inherits]]",
        "phone 9 is no release to inherit from",
    ),
    "a fact is stated twice": (
        "devices/phone.toml",
        "[[support]]",
        '[[provisioning]]\nversions = ">=2"\nability = "none"\ngate_open = "unknown"\n\n[[support]]',
        ("[[provisioning]]", 1),
        "provisioning of phone 2.0 is stated twice",
    ),
    "a statement holds for no release": (
        "devices/phone.toml",
        'versions = "<2"',
        'versions = "<1"',
        'versions = "<1"',
        "<1 holds for no release of phone",
    ),
    "an alias stands for no release": (
        "devices/phone.toml",
        '{ old = "<2" }',
        '{ old = ">5" }',
        "aliases = ",
        ">5 holds for no release of phone",
    ),
    "provisioning is not stated": (
        "devices/phone.toml",
        'ability = "claims-all"',
        'versions = "<2"\nability = "claims-all"',
        "[[provisioning]]",
        "provisioning of phone 2.0 is not stated",
    ),
    "an alias is another family": (
        "devices/tablet.toml",
        'name = "A tablet"',
        'name = "A tablet"\naliases = { phone = ">=1" }',
        "family = ",
        "the name phone is taken by phone already",
    ),
    "an alias is another family's alias": (
        "devices/tablet.toml",
        'name = "A tablet"',
        'name = "A tablet"\naliases = { old = ">=1" }',
        "family = ",
        "the name old is taken by phone already",
    ),
    "a family is there twice": (
        "devices/tablet.toml",
        'family = "tablet"',
        'family = "phone"',
        "family = ",
        "phone is described twice",
    ),
    "a property is there twice": (
        "properties.toml",
        'key = "Length"',
        'key = "Camera"',
        ("[[properties]]", 1),
        "Camera is described twice",
    ),
    "two properties share a spelling but for the case": (
        "properties.toml",
        '"MinLength"',
        '"ALLOWCAMERA"',
        ("[[properties]]", 1),
        "the spelling ALLOWCAMERA belongs to Camera already",
    ),
    "an enum has no members": (
        "properties.toml",
        'type = "int"',
        'type = "enum"',
        ("[[properties]]", 1),
        "Length is an enum without members",
    ),
    "a rule has neither outcome nor pattern": (
        "checks/A002-outcome.toml",
        'outcome = "unreadable"\n',
        "",
        "",
        "either an outcome or patterns",
    ),
    "a rule has both an outcome and a pattern": (
        "checks/A001-camera.toml",
        'effect = "note"',
        'effect = "note"\noutcome = "unreadable"',
        "",
        "either an outcome or patterns",
    ),
    "no example breaks the rule": (
        "checks/A001-camera.toml",
        'finds = ["Camera"]\n',
        "",
        "[[examples]]",
        "an example that breaks it and one that does not",
    ),
    "every example breaks the rule": (
        "checks/A001-camera.toml",
        "settings = { Camera = true }",
        'settings = { Camera = false }\nfinds = ["Camera"]',
        "[[examples]]",
        "an example that breaks it and one that does not",
    ),
    "an example is empty": (
        "checks/A001-camera.toml",
        "settings = { Camera = true }\n",
        "",
        ("[[examples]]", 1),
        "either settings or an export",
    ),
    "an example is both settings and an export": (
        "checks/A002-outcome.toml",
        'export = "{}"\nfinds',
        'export = "{}"\nsettings = { Camera = true }\nfinds',
        "[[examples]]",
        "either settings or an export",
    ),
    "a rule about chains has an example without one": (
        "checks/A002-outcome.toml",
        'outcome = "unreadable"',
        'outcome = "unreadable"\nabout = "chain"',
        "[[examples]]",
        "an example of a rule about chains has a chain",
    ),
    "what became of a chain has no note": (
        "devices/tablet.toml",
        "[[provisioning]]",
        '[[certificates]]\nincomplete = "fails"\nevidence = "documented"\nsources = ["page"]\n\n[[provisioning]]',
        "[[certificates]]",
        "incomplete needs a note and its evidence",
    ),
    "two claims about certificates share their sources": (
        "devices/tablet.toml",
        "[[provisioning]]",
        '[[certificates]]\nincomplete = "fails"\nroots = ["x"]\nnote = "n"\nevidence = "inferred"\nsources = ["page"]'
        "\n\n[[provisioning]]",
        "[[certificates]]",
        "told apart",
    ),
    "a rule has one example": (
        "checks/A002-outcome.toml",
        '\n[[examples]]\ntitle = "does not"\nexport = "{}"\n',
        "",
        "[[examples]]",
        "examples: List should have at least 2 items",
    ),
    "two rules share an id": (
        "checks/A002-outcome.toml",
        '"AAA002"',
        '"AAA001"',
        "id = ",
        "AAA001 is described twice",
    ),
    "two rules share a name": (
        "checks/A002-outcome.toml",
        'name = "outcome"',
        'name = "camera"',
        "id = ",
        "camera is taken by AAA001 already",
    ),
    "a text has no end": (
        "pack.toml",
        'version = "1"',
        'version = "1',
        'version = "1',
        "",
    ),
    "a list has no end": (
        "sources.toml",
        'title = "Another page"\n',
        "title = [",
        "title = [",
        "",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_pack_is_refused_where(broken: str, tmp_path: Path):
    name, there, instead, at, words = BROKEN[broken]
    text = FILES[name].replace(there, instead, 1)
    assert text != FILES[name]
    path, line, message = refusal(written(tmp_path, {**FILES, name: text}))
    start, nth = at if isinstance(at, tuple) else (at, 0)
    lines = [number for number, each in enumerate(text.split("\n"), 1) if each.startswith(start)]
    assert (path, line) == (name, lines[nth])
    assert words in message


@pytest.mark.parametrize("name", ["pack.toml", "sources.toml", "properties.toml"])
def test_a_missing_file_is_named(name: str, tmp_path: Path):
    written(tmp_path, FILES)
    (tmp_path / name).unlink()
    path, line, message = refusal(tmp_path)
    assert (path, line) == (name, 1)
    assert message.startswith("cannot be read")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path):
    written(tmp_path, FILES)
    (tmp_path / "sources.toml").write_bytes('[page]\ntitle = "Größe"\n'.encode("latin-1"))
    assert refusal(tmp_path)[:2] == ("sources.toml", 1)
