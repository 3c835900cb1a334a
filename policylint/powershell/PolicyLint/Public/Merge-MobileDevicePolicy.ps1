function Merge-MobileDevicePolicy {
    <#
    .SYNOPSIS
    Shows the policy that a user with several Exchange accounts on one phone ends up with.
    .DESCRIPTION
    Every policy that comes through the pipeline is one account of the user. Returns a PolicyLint.MergedSetting for each
    setting: its value, and which account decided it.
    .PARAMETER InputObject
    Policies from the pipeline, one for each account.
    .PARAMETER Path
    Files, one for each account, in place of objects; FILE#POLICY names one policy of a file.
    .PARAMETER Device
    The devices to judge for, as the program takes them: a family, an alias (wp7), a range such as 'ios>=17', 'all'.
    .PARAMETER Server
    The server, such as online or exchange-2019.
    .PARAMETER Config
    The configuration file of the program.
    .PARAMETER Rules
    Folders with rules and devices of your own.
    .EXAMPLE
    Get-MobileDeviceMailboxPolicy | Where-Object Name -in 'Default', 'Executives' | Merge-MobileDevicePolicy
    .EXAMPLE
    Merge-MobileDevicePolicy -Path contoso.xml, fabrikam.xml -Device ios
    #>
    [CmdletBinding(DefaultParameterSetName = 'Object')]
    param(
        [Parameter(ValueFromPipeline, ParameterSetName = 'Object')] [object] $InputObject,
        [Parameter(Mandatory, ParameterSetName = 'Path')] [string[]] $Path,
        [string[]] $Device,
        [string] $Server,
        [string] $Config,
        [string[]] $Rules
    )
    begin { $collected = New-Object System.Collections.Generic.List[object] }
    process { if ($null -ne $InputObject) { $collected.Add($InputObject) } }
    end {
        if ($Path) { $merged = Get-PolicyReport -Command merge -Bound $PSBoundParameters -Path $Path }
        else {
            if ($collected.Count -lt 2) {
                Stop-WithError -Message 'A merge needs two policies at least, one for each account.' -Id 'NoPolicy' -Category InvalidArgument
            }
            $sets = [ordered]@{}
            foreach ($each in $collected) { $sets['account-{0:d4}' -f ($sets.Count + 1)] = $each }
            $merged = Get-ReportOfSet -Command merge -Bound $PSBoundParameters -Set $sets -Target $collected.ToArray()
        }
        if ($null -eq $merged) { return }
        $named = @{}
        foreach ($account in @($merged.accounts)) { $named[$account.account] = $account.policy }
        foreach ($setting in @($merged.settings)) {
            [pscustomobject]@{
                PSTypeName = 'PolicyLint.MergedSetting'
                Property   = $setting.property
                Effective  = $setting.effective
                From       = [string[]] @($setting.from | ForEach-Object { $named[$_] })
                Conflict   = $setting.conflict
                Scope      = $setting.scope
                Accounts   = @($setting.accounts)
            }
        }
    }
}
