# Objects of every form give the findings that the program gives for the file they are from.
BeforeDiscovery {
    $folder = $env:POLICYLINT_EXPORTS
    $files = @(if ($folder) { Get-ChildItem -LiteralPath $folder -Include *.clixml, *.csv, *.tsv -Recurse })
    $forms = @(foreach ($file in $files) {
            # what Export-Csv -UseCulture writes is read with the delimiter of that culture
            $delimiter = switch -Wildcard ($file.Name) { '*-de.csv' { ';' } '*-fr.csv' { ';' } '*.tsv' { "`t" } default { ',' } }
            @{ Name = $file.Name; File = $file.FullName; Delimiter = $delimiter }
        })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Answers.ps1')
    Import-Module $env:POLICYLINT_MODULE
}

Describe 'an export that PowerShell wrote' -Skip:(-not $forms) {
    BeforeAll {
        # apart by spelling: of what holds for a whole run a report speaks once
        $findings = foreach ($spelling in 'ActiveSync', 'MobileDevice') {
            $files = Get-ChildItem -LiteralPath $env:POLICYLINT_EXPORTS -Include *.clixml, *.csv, *.tsv -Recurse |
                Where-Object Name -like "$spelling-*"
            $arguments = @($files.FullName) + @('-d', 'windows-phone', '-d', 'ios', '--ignore', 'EAS0', '-o', 'json')
            (Invoke-Policylint check @arguments | ConvertFrom-Json).findings
        }
        $script:told = $findings | Group-Object { Split-Path -Leaf $_.location.path } -AsHashTable -AsString
    }

    It 'is judged as the file: <Name>' -ForEach $forms {
        $objects = if ($Name -like '*.clixml') { Import-Clixml -LiteralPath $File }
        else { Import-Csv -LiteralPath $File -Delimiter $Delimiter }
        $found = $objects | Test-MobileDevicePolicy -Device windows-phone, ios -Ignore EAS0 -ErrorAction SilentlyContinue
        Get-Said $found | Should -Be (Get-Said $told[$Name])
    }
}

Describe 'live objects' {
    BeforeAll {
        Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
public struct UnlimitedSpan {
    public bool IsUnlimited { get; set; }
    public TimeSpan? Value { get; set; }
    public override string ToString() { return IsUnlimited ? "Unlimited" : Value.ToString(); }
}
public enum BluetoothType { Disable, HandsfreeOnly, Allow }
public class MobileMailboxPolicy {
    public string Name { get; set; }
    public Guid Guid { get; set; }
    public bool PasswordEnabled { get; set; }
    public bool AllowNonProvisionableDevices { get; set; }
    public bool AllowCamera { get; set; }
    public BluetoothType AllowBluetooth { get; set; }
    public UnlimitedSpan MaxInactivityTimeLock { get; set; }
    public int? MinPasswordLength { get; set; }
    public List<string> UnapprovedInROMApplicationList { get; set; }
    public override string ToString() { return Name; }
}
'@
        $script:live = foreach ($name in 'Plain', "Ren`u{e9}'s `u{2018}phones`u{2019}", '$(Get-Date)') {
            $span = [UnlimitedSpan]::new()
            $span.Value = [timespan]::FromMinutes(15)
            $policy = [MobileMailboxPolicy]::new()
            $policy.Name = $name
            $policy.Guid = [guid]::NewGuid()
            $policy.PasswordEnabled = $true
            $policy.AllowBluetooth = 'HandsfreeOnly'
            $policy.MaxInactivityTimeLock = $span
            $policy.MinPasswordLength = 6
            $policy.UnapprovedInROMApplicationList = [string[]] ('calc.exe', 'solitaire.exe')
            $policy
        }
    }

    It 'are judged as what Export-Clixml writes of them' {
        $file = Join-Path $TestDrive 'live.clixml'
        $live | Export-Clixml -LiteralPath $file
        $found = $live | Test-MobileDevicePolicy -Device windows-phone, android-mail
        Get-Said $found | Should -Be (Get-SaidByProgram $file -Arguments '-d', 'windows-phone', '-d', 'android-mail')
        @($found.Policy | Select-Object -Unique) | Should -Be $live.Name
    }

    It 'give both answers' {
        $file = Join-Path $TestDrive 'verdicts.clixml'
        $live | Export-Clixml -LiteralPath $file
        $verdicts = $live | Get-MobileDevicePolicyVerdict -Device wp7
        $told = (Invoke-Policylint check $file -d wp7 -o json | ConvertFrom-Json).verdicts
        @($verdicts | ForEach-Object { "$($_.Policy) $($_.Target) $($_.Verdict) $($_.Access) $($_.Met) $($_.Partly) $($_.NotMet) $($_.Unknown)" }) |
            Should -Be @($told | ForEach-Object {
                    "$($_.policy) $($_.target) $($_.verdict) $($_.access) $($_.demands.met) $($_.demands.partly) $($_.demands.not) $($_.demands.unknown)"
                })
    }
}
