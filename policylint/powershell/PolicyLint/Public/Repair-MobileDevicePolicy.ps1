function Repair-MobileDevicePolicy {
    <#
    .SYNOPSIS
    Changes policies so that these devices are not refused any more, in the session it runs in.
    .DESCRIPTION
    Asks the program what to change, and carries it out: New- and Set-MobileDeviceMailboxPolicy, or their ActiveSync
    counterparts, each with its values as parameters. Every command is confirmed by itself; -WhatIf shows them all and
    changes nothing. -AsScript returns the text of a script instead.
    .PARAMETER InputObject
    Policies from the pipeline.
    .PARAMETER Path
    Files or folders that hold exports, in place of objects.
    .PARAMETER Device
    The devices to judge for, as the program takes them: a family, an alias (wp7), a range such as 'ios>=17', 'all'.
    .PARAMETER Strategy
    separate: a new policy for the users of these devices. relax: looser settings in the policy. open-gate: let in what
    cannot obey.
    .PARAMETER Server
    The server, such as online or exchange-2019.
    .PARAMETER AsScript
    Return the script as text; nothing is changed.
    .PARAMETER Config
    The configuration file of the program.
    .PARAMETER Rules
    Folders with rules and devices of your own.
    .EXAMPLE
    Get-MobileDeviceMailboxPolicy | Repair-MobileDevicePolicy -Device wp7 -Strategy separate -WhatIf
    .EXAMPLE
    Get-MobileDeviceMailboxPolicy | Repair-MobileDevicePolicy -Device wp7 -Strategy relax -AsScript | Set-Content fix.ps1
    #>
    [CmdletBinding(DefaultParameterSetName = 'Object', SupportsShouldProcess, ConfirmImpact = 'High')]
    param(
        [Parameter(ValueFromPipeline, ParameterSetName = 'Object')] [object] $InputObject,
        [Parameter(Mandatory, ParameterSetName = 'Path')] [string[]] $Path,
        [Parameter(Mandatory)] [string[]] $Device,
        [Parameter(Mandatory)] [ValidateSet('separate', 'relax', 'open-gate')] [string] $Strategy,
        [string] $Server,
        [switch] $AsScript,
        [string] $Config,
        [string[]] $Rules
    )
    begin { $collected = New-Object System.Collections.Generic.List[object] }
    process { if ($null -ne $InputObject) { $collected.Add($InputObject) } }
    end {
        $command = 'fix', "--strategy=$Strategy", '--verify'
        $fix = Get-PolicyReport -Command $command -Bound $PSBoundParameters -Path $Path -Collected $collected.ToArray()
        if ($null -eq $fix) { return }
        if ($AsScript) { return $fix.script }
        foreach ($plan in @($fix.plans)) {
            if ($null -eq $plan) { continue }
            foreach ($reason in @($plan.not_cured)) { if ($reason) { Write-Warning "$($plan.policy): $reason" } }
            foreach ($command in @($plan.commands)) { if ($null -ne $command) { Invoke-RepairCommand -Command $command -Cmdlet $PSCmdlet } }
            if ($plan.new_policy) {
                Write-Information -Tags 'policylint' -MessageData ("Give '$($plan.new_policy)' to the users of these devices: " +
                    'Set-CASMailbox USER -ActiveSyncMailboxPolicy NAME')
            }
        }
    }
}
