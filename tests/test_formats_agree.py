"""The same policies, written in every format and encoding, give the same findings at different places."""

import gzip
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from formats import Formats
from forms import LISTS as PASTED
from forms import TEXTS, Forms
from policies import THREE, TWELVE, policy

from policylint.judging.report import Report
from policylint.knowledge import Knowledge
from policylint.policies.policy import Policy
from policylint.session import Session

POLICIES = [
    policy(TWELVE, THREE, gate=False, name="Zażółć — 日本語 😀"),
    policy(
        {
            "MaxAttachmentSize": 36_700_160,
            "AllowBluetooth": "HandsfreeOnly",
            "MaxEmailAgeFilter": "OneWeek",
            "MaxEmailBodyTruncationSize": 0,
            "MinDevicePasswordLength": None,
        },
        TWELVE,
        gate=True,
        name='O\'Neil "the" 2nd; $(x)',
    ),
]
LISTS = {"UnapprovedInROMApplicationList": ["solitaire.exe", "chat.exe"]}

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with BOM": lambda text: text.encode("utf-8-sig"),
    "utf-16-le with BOM": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf-16-be with BOM": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16-le without BOM": lambda text: text.encode("utf-16-le"),
    "utf-16-be without BOM": lambda text: text.encode("utf-16-be"),
}


def essence(report: Report) -> list[tuple[Any, ...]]:
    """Everything a report says but the places."""
    return sorted(
        (finding.policy.name, finding.rule.id, finding.name or "", finding.message, str(finding.value))
        for finding in report.findings
    ) + [(verdicts.policy.name, tuple(verdicts.masks.items())) for verdicts in report.verdicts]


def variants(formats: Formats, policies: list[dict[str, Any]]) -> dict[str, str]:
    """Write policies in every format and in every form of it."""
    return {
        **formats.all(policies),
        "convertxml without types": formats.convertxml(policies, types=False),
        "csv with semicolons": formats.csv(policies, delimiter=";", type_line=False),
        "csv with tabs": formats.csv(policies, delimiter="\t", quote=False),
        "csv with a sep line": "sep=;\r\n" + formats.csv(policies, delimiter=";", type_line=False),
        "json with nested objects": formats.json(policies, nested=True),
    }


@pytest.fixture(scope="session")
def expected(judged: Callable[..., Report], formats: Formats) -> list[tuple[Any, ...]]:
    return essence(judged(formats.clixml(POLICIES)))


@pytest.mark.parametrize(
    "variant",
    [
        "clixml",
        "convertxml",
        "convertxml without types",
        "csv",
        "csv with semicolons",
        "csv with tabs",
        "csv with a sep line",
        "json",
        "json with nested objects",
        "listing",
    ],
)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_format_in_every_encoding_says_the_same(
    variant: str, encoding: str, judged: Callable[..., Report], formats: Formats, expected: list[tuple[Any, ...]]
) -> None:
    export = ENCODINGS[encoding](variants(formats, POLICIES)[variant])
    assert essence(judged(export)) == expected


PLAIN = [
    {**one, "Name": name, "Identity": name}
    for one, name in zip(POLICIES, ("Zażółć — 日本語", "O'Neil & 2nd; $(x)"), strict=True)
]
"""The same under names that survive Markdown."""
SHAPES = (
    "a REST answer", "a REST answer with types", "a report", "arrays in arrays", "a key for each", "a key with keys",
    "Microsoft365DSC", "JSON Lines", "objects one after another", "bars", "blanks around the names",
    "columns without names", "a header again", "exports one after another", "empty rows", "a title above", "text below",
    "carriage returns", "policies across", "policies across under titles", "pairs", "a long list", "Markdown",
    "Markdown with the properties down", "Markdown with titles",
)  # fmt: skip


@pytest.fixture(scope="session")
def expected_plain(judged: Callable[..., Report], formats: Formats) -> list[tuple[Any, ...]]:
    return essence(judged(formats.clixml(PLAIN)))


@pytest.mark.parametrize("shape", SHAPES)
def test_policies_are_found_wherever_they_are(
    shape: str, judged: Callable[..., Report], formats: Formats, expected_plain: list[tuple[Any, ...]]
) -> None:
    made = Forms(formats).all(PLAIN)
    assert set(made) == set(SHAPES)
    assert essence(judged(made[shape])) == expected_plain


@pytest.mark.parametrize("change", PASTED)
def test_a_list_says_the_same_whatever_became_of_it(
    change: str, judged: Callable[..., Report], formats: Formats, expected_plain: list[tuple[Any, ...]]
) -> None:
    assert essence(judged(PASTED[change](formats.listing(PLAIN)))) == expected_plain


@pytest.mark.parametrize("around", TEXTS)
@pytest.mark.parametrize("form", ["clixml", "convertxml", "csv", "json", "listing", "a report", "policies across"])
def test_text_around_a_document_changes_nothing(
    around: str, form: str, judged: Callable[..., Report], formats: Formats, expected_plain: list[tuple[Any, ...]]
) -> None:
    made = {**formats.all(PLAIN), **Forms(formats).all(PLAIN)}
    assert essence(judged(TEXTS[around](made[form].strip()))) == expected_plain


SCRIPTS = (
    "commands", "commands behind prompts of a script", "splatting", "made and then changed", "a configuration",
    "the log of a wizard",
)  # fmt: skip
OF_SCRIPTS = {"EAS009", "EAS014", "EAS017"}
"""What is said of a script and of no export: which properties it does not name, and which defaults are assumed."""


@pytest.mark.parametrize("form", SCRIPTS)
def test_what_is_about_to_be_set_is_judged_like_what_was_exported(
    form: str, judged: Callable[..., Report], formats: Formats, expected: list[tuple[Any, ...]]
) -> None:
    made = Forms(formats).scripts(POLICIES)
    assert set(made) == set(SCRIPTS)
    found = judged(made[form])
    assert found.verdicts[0].policy.document.format == ("hcw-log" if "log" in form else "powershell")
    said = [one for one in essence(found) if one[1] not in OF_SCRIPTS]
    assert said == [one for one in expected if one[1] not in OF_SCRIPTS]


@pytest.mark.parametrize("form", SCRIPTS)
def test_so_it_does_in_a_script(form: str, policies_in: Callable[..., list[Policy]], formats: Formats) -> None:
    read = policies_in(Forms(formats).scripts(POLICIES)[form])
    lines = Forms(formats).scripts(POLICIES)[form].split("\n")
    for one, truth in zip(read, POLICIES, strict=True):
        setting = one.get("MaxInactivityTimeDeviceLock")
        assert setting is not None
        place = one.place(setting.mark)
        shown = lines[place.line - 1][place.column - 1 : place.end_column - 1]
        assert setting.property.read(shown.strip("'")) == truth["MaxInactivityTimeDeviceLock"]


@pytest.mark.parametrize("form", ["clixml", "csv", "a report", "Markdown", "splatting"])
def test_an_archive_changes_nothing(
    form: str, tmp_path: Path, judged: Callable[..., Report], formats: Formats, knowledge: Knowledge
) -> None:
    forms = Forms(formats)
    data = {**formats.all(PLAIN), **forms.all(PLAIN), **forms.scripts(PLAIN)}[form].encode()
    (tmp_path / "p.gz").write_bytes(gzip.compress(data))
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/p", data)
    session = Session("all", knowledge=knowledge)
    for name in ("p.gz", "p.zip"):
        assert essence(session.judge(session.read([str(tmp_path / name)]))) == essence(judged(data))


@pytest.mark.parametrize("variant", ["clixml", "convertxml", "csv", "json", "listing"])
def test_cp1252_is_the_last_resort(variant: str, judged: Callable[..., Report], formats: Formats) -> None:
    policies = [policy(TWELVE, THREE, gate=False, name="Außendienst – Köln")]
    text = formats.all(policies)[variant].replace('encoding="utf-8"', 'encoding="windows-1252"')
    report = judged(text.encode("cp1252"))
    assert essence(report) == essence(judged(formats.clixml(policies)))
    assert any("1252" in note for note in report.verdicts[0].policy.document.notes)


@pytest.mark.parametrize("variant", ["clixml", "convertxml", "json", "listing"])
def test_lists_survive_where_the_format_can_hold_them(
    variant: str, policies_in: Callable[..., list[Policy]], formats: Formats
) -> None:
    (read,) = policies_in(formats.all([policy(LISTS)])[variant])
    assert read.value("UnapprovedInROMApplicationList") == ("solitaire.exe", "chat.exe")


def places_hold_the_values(text: str, read: Sequence[Policy]) -> None:
    lines = text.replace("\r", "\n").split("\n") if "\n" not in text else text.split("\n")
    for one in read:
        for key in ("MinDevicePasswordLength", "AllowCamera", "MaxInactivityTimeDeviceLock", "DevicePasswordHistory"):
            setting = one.get(key)
            assert setting is not None
            place = one.place(setting.mark)
            assert place.line == place.end_line
            shown = lines[place.line - 1].rstrip("\r")[place.column - 1 : place.end_column - 1]
            if setting.value is None:
                assert shown.casefold() in ("", "null", ":") or key in shown
            else:
                assert (
                    setting.property.read(shown.capitalize() if shown in ("true", "false") else shown) == setting.value
                )


@pytest.mark.parametrize("variant", ["clixml", "convertxml", "csv", "json", "listing"])
def test_every_setting_knows_the_place_of_its_value(
    variant: str, policies_in: Callable[..., list[Policy]], formats: Formats
) -> None:
    text = formats.all(POLICIES)[variant]
    places_hold_the_values(text, policies_in(text))


@pytest.mark.parametrize("shape", SHAPES)
def test_so_it_does_wherever_it_is(shape: str, policies_in: Callable[..., list[Policy]], formats: Formats) -> None:
    text = Forms(formats).all(PLAIN)[shape]
    places_hold_the_values(text, policies_in(text))


@pytest.mark.parametrize("change", PASTED)
def test_and_whatever_became_of_a_list(change: str, policies_in: Callable[..., list[Policy]], formats: Formats) -> None:
    text = PASTED[change](formats.listing(PLAIN))
    places_hold_the_values(text, policies_in(text))


@pytest.mark.parametrize("spelling", ["activesync", "mobiledevice"])
def test_both_spellings_are_read(
    spelling: str, judged: Callable[..., Report], formats: Formats, knowledge: Knowledge
) -> None:
    settings = {
        getattr(known, spelling) or name: value
        for name, value in POLICIES[0].items()
        if (known := knowledge.catalogue.named(name)) is not None
    }
    report = judged(formats.json([settings]), "wp7")
    errors = [finding for finding in report.findings if finding.rule.severity == "error"]
    assert [finding.known.key for finding in errors if finding.known] == list(THREE)
    assert [finding.name for finding in errors] == [getattr(knowledge.catalogue[key], spelling) for key in THREE]
    assert all(f"-{finding.name} " in (finding.fix or "") for finding in errors)
