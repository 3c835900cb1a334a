"""The printed command: PowerShell reads exactly one command in it, with exactly the policy's name."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from powershell import NAMES, arguments, assert_harmless, evaluated, same

from policylint.judging import remedy
from policylint.knowledge import load
from policylint.policies.policy import Policy
from policylint.values import Value

CATALOGUE = load().catalogue


@given(NAMES)
def test_an_argument_is_exactly_the_text_it_was_made_of(text: str):
    line = f"Get-Thing {remedy.argument(text)} -Flag"
    name, (first, flag) = arguments(line)
    assert name == "Get-Thing"
    assert same(evaluated(first), text)
    assert flag.text == b"-Flag"
    assert_harmless(line)


@given(st.lists(NAMES, min_size=1, max_size=4).map(tuple))
def test_a_list_holds_exactly_its_entries(texts: tuple[str, ...]):
    line = f"Get-Thing {remedy.literal(texts)}"
    _, (only,) = arguments(line)
    found = evaluated(only)
    assert isinstance(found, list)
    assert len(found) == len(texts)
    assert all(map(same, found, texts))
    assert_harmless(line)


@pytest.fixture(scope="session")
def named(policies_in: Callable[..., list[Policy]]) -> Callable[..., Policy]:
    """A policy of a name, out of an export in the spelling of either pair of cmdlets."""

    def make(name: str, spelling: str) -> Policy:
        (policy,) = policies_in(json.dumps({"Name": name, spelling: True, "AllowCamera": False}))
        return policy

    return make


def text(command: remedy.Command | None) -> str | None:
    return command.text if command else None


@given(name=NAMES, spelling=st.sampled_from(["DevicePasswordEnabled", "PasswordEnabled"]))
@example(name="a\u2019; Remove-Mailbox 'b", spelling="PasswordEnabled")
def test_a_command_is_one_command_on_exactly_that_policy(named: Callable[..., Policy], name: str, spelling: str):
    policy = named(name, spelling)
    line = text(remedy.command(policy, CATALOGUE["AllowCamera"], True))
    if not name.strip():
        assert line is None  # nothing that Exchange would find the policy by
        return
    assert line is not None
    cmdlet, (first, parameter, value) = arguments(line)
    expected = {"DevicePasswordEnabled": "ActiveSync", "PasswordEnabled": "MobileDevice"}[spelling]
    assert cmdlet == f"Set-{expected}MailboxPolicy"
    assert same(evaluated(first), policy.name)
    assert (parameter.text, value.text) == (b"-AllowCamera", b"$true")
    assert_harmless(line)


def test_an_ordinary_name_stays_readable(named: Callable[..., Policy]):
    policy = named("Außendienst (alle)", "PasswordEnabled")
    line = text(remedy.command(policy, CATALOGUE["DevicePasswordEnabled"], False))
    assert line == "Set-MobileDeviceMailboxPolicy 'Außendienst (alle)' -PasswordEnabled $false"


def test_the_parameter_follows_the_spelling_of_the_export(named: Callable[..., Policy]):
    length = CATALOGUE["MinDevicePasswordLength"]
    old, new = named("P", "DevicePasswordEnabled"), named("P", "PasswordEnabled")
    assert text(remedy.command(old, length, 4)) == "Set-ActiveSyncMailboxPolicy 'P' -MinDevicePasswordLength 4"
    assert text(remedy.command(new, length, 4)) == "Set-MobileDeviceMailboxPolicy 'P' -MinPasswordLength 4"


def test_without_a_telling_name_it_is_the_cmdlet_of_today(named: Callable[..., Policy]):
    line = text(remedy.command(named("P", "AllowBrowser"), CATALOGUE["DevicePasswordEnabled"], True))
    assert line == "Set-MobileDeviceMailboxPolicy 'P' -PasswordEnabled $true"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "$null"),
        ((), "$null"),
        (True, "$true"),
        (False, "$false"),
        (0, "0"),
        (16, "16"),
        (timedelta(minutes=15), "00:15:00"),
        (timedelta(days=90), "90.00:00:00"),
        ("Unlimited", "Unlimited"),
        ("", "''"),
        ("a b", "'a b'"),
        ("Größe", "'Größe'"),
        ("a;b", "'a;b'"),
        (("a", "b'c"), "@('a', 'b''c')"),
        (("a\nb",), "@(('a' + [char]0x000A + 'b'))"),
    ],
)
def test_values_are_written_as_arguments(value: Value, written: str):
    assert remedy.literal(value) == written
    _, found = arguments(f"Set-Thing -Value {written}")
    assert len(found) == 2
