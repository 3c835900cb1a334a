function Get-MobileDevicePolicyVerdict {
    <#
    .SYNOPSIS
    Tells for each policy and client whether it gets in, and whether it does what the policy asks.
    .DESCRIPTION
    Returns a PolicyLint.Verdict for each policy and client. Access says whether the client gets in; Met, Partly, NotMet
    and Unknown count the demands of the policy by what the client does with them.
    .PARAMETER InputObject
    Policies from the pipeline.
    .PARAMETER Path
    Files or folders that hold exports, in place of objects.
    .PARAMETER Device
    The devices to judge for, as the program takes them: a family, an alias (wp7), a range such as 'ios>=17', 'all'.
    .PARAMETER Server
    The server, such as online or exchange-2019.
    .PARAMETER Config
    The configuration file of the program.
    .PARAMETER Rules
    Folders with rules and devices of your own.
    .EXAMPLE
    Get-MobileDeviceMailboxPolicy | Get-MobileDevicePolicyVerdict
    .EXAMPLE
    Import-Clixml policies.xml | Get-MobileDevicePolicyVerdict -Device all | Where-Object Access -eq refused
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
        $report = Get-PolicyReport -Command check -Bound $PSBoundParameters -Path $Path -Collected $collected.ToArray()
        if ($null -eq $report) { return }
        foreach ($verdict in @($report.verdicts)) {
            [pscustomobject]@{
                PSTypeName = 'PolicyLint.Verdict'
                Policy     = $verdict.policy
                Target     = $verdict.target
                Verdict    = $verdict.verdict
                Access     = $verdict.access
                Met        = $verdict.demands.met
                Partly     = $verdict.demands.partly
                NotMet     = $verdict.demands.not
                Unknown    = $verdict.demands.unknown
                Errors     = $verdict.errors
                Warnings   = $verdict.warnings
            }
        }
    }
}
