function Compare-MobileDevicePolicy {
    <#
    .SYNOPSIS
    Tells what differs between two sets of policies, and which phones are worse off.
    .DESCRIPTION
    Returns a PolicyLint.PolicyChange for each policy that differs: what changed, and the effect on clients.
    .PARAMETER ReferenceObject
    The policies before.
    .PARAMETER DifferenceObject
    The policies after.
    .PARAMETER Device
    The devices to judge for, as the program takes them: a family, an alias (wp7), a range such as 'ios>=17', 'all'.
    .PARAMETER Server
    The server, such as online or exchange-2019.
    .PARAMETER Config
    The configuration file of the program.
    .PARAMETER Rules
    Folders with rules and devices of your own.
    .EXAMPLE
    Compare-MobileDevicePolicy -ReferenceObject (Import-Clixml old.xml) -DifferenceObject (Get-MobileDeviceMailboxPolicy)
    .EXAMPLE
    Compare-MobileDevicePolicy $before $after -Device ios, gmail | Select-Object -ExpandProperty Impacts
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [object[]] $ReferenceObject,
        [Parameter(Mandatory, Position = 1)] [object[]] $DifferenceObject,
        [string[]] $Device,
        [string] $Server,
        [string] $Config,
        [string[]] $Rules
    )
    end {
        $sets = [ordered]@{ reference = $ReferenceObject; difference = $DifferenceObject }
        $compared = Get-ReportOfSet -Command diff -Bound $PSBoundParameters -Set $sets -Target $DifferenceObject
        if ($null -eq $compared) { return }
        foreach ($policy in @($compared.policies)) {
            if ($null -eq $policy) { continue }
            [pscustomobject]@{
                PSTypeName = 'PolicyLint.PolicyChange'
                Policy     = $policy.policy
                Status     = $policy.status
                Changes    = @($policy.changes)
                Impacts    = @($policy.impacts)
            }
        }
    }
}
