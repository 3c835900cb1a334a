from contextlib import suppress

import pytest

from policylint.exports.detect import Format, detect
from policylint.exports.error import ExportError
from policylint.exports.reader import read_document

EXPORTS = {
    '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04" />': Format.CLIXML,
    '<?xml version="1.0" encoding="utf-8"?>\n<!-- mine -->\n<p:Objs xmlns:p="x"/>': Format.CLIXML,
    '\n<?xml version="1.0"?><Objects><Object/></Objects>': Format.CONVERTXML,
    '{"Name": "Default"}': Format.JSON,
    '[\n  {"Name": "Default"}\n]': Format.JSON,
    "[]": Format.JSON,
    "#TYPE Microsoft.Exchange.Data\n": Format.CSV,
    "sep=;\nName;IsDefault\n": Format.CSV,
    '"Name","AllowBluetooth"\n"Default","Allow"\n': Format.CSV,
    '"Name"\n"Default"\n': Format.CSV,
    "Name;IsDefault\nDefault;True\n": Format.CSV,
    "Name\tIsDefault\r\nDefault\tTrue\r\n": Format.CSV,
    "Name      : Default\nIsDefault : True\n": Format.LIST,
    "[PS] C:\\>Get-ActiveSyncMailboxPolicy | fl\n\n\nName : Default\n": Format.LIST,
    "[exch01.contoso.com]: PS C:\\> Get-ActiveSyncMailboxPolicy\n\nName : Default\n": Format.LIST,
    "PS C:\\> Set-ActiveSyncMailboxPolicy Default -AllowCamera $true\n\nName : Default\n": Format.LIST,
    "Set-MobileDeviceMailboxPolicy Default\nGet-MobileDeviceMailboxPolicy | fl\n\nName : Default\n": Format.LIST,
    "Set-MobileDeviceMailboxPolicy Default -AllowCamera $true\n": Format.POWERSHELL,
    "<#\nName : Default\n#>\n$null = New-ActiveSyncMailboxPolicy Default\n": Format.POWERSHELL,
    "Import-Module X;\n\u00a0 & 'Set-MobileDeviceMailboxPolicy' Default\n": Format.POWERSHELL,
    "Configuration M\n{\n  EXOMobileDeviceMailboxPolicy 'Default'\n  {\n  }\n}\n": Format.POWERSHELL,
    "2017.05.03 [Cmdlet=New-ActiveSyncMailboxPolicy] START New-ActiveSyncMailboxPolicy -Name a\n": Format.WIZARD_LOG,
}

OTHERS = {
    "": "empty",
    " \r\n\t": "empty",
    "<!DOCTYPE html>\n<html></html>": "web page",
    "<html><body/></html>": "web page",
    "<configuration/>": "<configuration>",
    "<eas-provisioningdoc><DevicePasswordEnabled>1</DevicePasswordEnabled></eas-provisioningdoc>": "server sends",
    '<wap-provisioningdoc><characteristic type="SecurityPolicy"/></wap-provisioningdoc>': "server sends",
    '<Obj RefId="0"><TN RefId="0"/></Obj>': "without its beginning",
    "< not xml": "only begins like XML",
    "Configuration M365\n{\n  EXOOwaMailboxPolicy 'Default'\n  {\n  }\n}\n": "Microsoft365DSC",
    '[[waivers]]\nproperty = "AllowCamera"\n': "configuration file",
    "[severities]  # ours\nEAS101 = 'warning'\n": "configuration file",
    "[default]\nattenabled = 1\ndevpwenabled = 0\n": "Z-Push",
    "; comment\n[default]\nattenabled = 1\ndevpwenabled = 0\n": "Z-Push",
    "dn: CN=Default,CN=Mobile Mailbox Policies\nmsExchMobileFlags: 1\n": "ldifde",
    'DN,objectClass,msExchMobileFlags\n"CN=Default",x,1\n': "csvde",
    "Name    IsDefault\n----    ---------\nDefault      True\n": "Format-Table",
    "[PS] C:\\>Get-X\nGet-X : The term 'Get-X' is not recognized as the name of a cmdlet.\n": "error message",
    "Dear all, please find the policies attached.\n": "plain text",
    "Use Set-MobileDeviceMailboxPolicy to change them.\n": "plain text",
    "# Heading\n\n```powershell\nSet-MobileDeviceMailboxPolicy a -AllowCamera $true\n```\n": "plain text",
    '#< CLIXML\n<Objs Version="1.1.0.1" />': "error stream",
}


@pytest.mark.parametrize("text", EXPORTS)
def test_an_export_is_recognised_by_its_content(text: str) -> None:
    assert detect(text) is EXPORTS[text]


@pytest.mark.parametrize("text", OTHERS)
def test_anything_else_is_called_by_its_name_with_a_way_out(text: str) -> None:
    with pytest.raises(ExportError, match=OTHERS[text]) as caught:
        read_document(text.encode(), "p")
    assert "Export-Clixml" in caught.value.message
    assert caught.value.message.count("export again") == 1


def test_long_hostile_texts_are_refused_quickly() -> None:
    for text in (
        "a " * 200_000,
        "-" * 400_000,
        "<" * 400_000,
        "[" + " " * 400_000,
        ";\n" * 100_000,
        "a,a" * 99_999 + ":",
    ):
        with suppress(ExportError):
            detect(text)
