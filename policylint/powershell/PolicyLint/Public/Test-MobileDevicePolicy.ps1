function Test-MobileDevicePolicy {
    <#
    .SYNOPSIS
    Finds what in ActiveSync mailbox policies breaks phones, and what phones ignore.
    .DESCRIPTION
    Takes policies from the pipeline or from files and returns a PolicyLint.Finding for each thing to know, the gravest
    first. The program policylint judges them; nothing is changed anywhere.
    .PARAMETER InputObject
    Policies: live ones, from a remote session, from Exchange Online, from Import-Clixml or Import-Csv.
    .PARAMETER Path
    Files or folders that hold exports, in place of objects.
    .PARAMETER Device
    The devices to judge for, as the program takes them: a family, an alias (wp7), a range such as 'ios>=17', 'all'.
    .PARAMETER Server
    The server, such as online or exchange-2019: adds what the server end decides.
    .PARAMETER Select
    Only these rules or properties.
    .PARAMETER Ignore
    Not these rules or properties.
    .PARAMETER Config
    The configuration file of the program.
    .PARAMETER Rules
    Folders with rules and devices of your own.
    .EXAMPLE
    Get-MobileDeviceMailboxPolicy | Test-MobileDevicePolicy -Server online
    .EXAMPLE
    Get-MobileDeviceMailboxPolicy | Test-MobileDevicePolicy -Device wp7, 'ios>=17' | Where-Object Severity -eq error
    .EXAMPLE
    Test-MobileDevicePolicy -Path .\policies.xml -Device gmail | Format-List *
    #>
    [CmdletBinding(DefaultParameterSetName = 'Object')]
    param(
        [Parameter(ValueFromPipeline, ParameterSetName = 'Object')] [object] $InputObject,
        [Parameter(Mandatory, ParameterSetName = 'Path')] [string[]] $Path,
        [string[]] $Device,
        [string] $Server,
        [string[]] $Select,
        [string[]] $Ignore,
        [string] $Config,
        [string[]] $Rules
    )
    begin { $collected = New-Object System.Collections.Generic.List[object] }
    process { if ($null -ne $InputObject) { $collected.Add($InputObject) } }
    end {
        $report = Get-PolicyReport -Command check -Bound $PSBoundParameters -Path $Path -Collected $collected.ToArray()
        if ($null -eq $report) { return }
        $order = @{ error = 0; warning = 1; note = 2 }
        @($report.findings) | Where-Object { $null -ne $_ } | ForEach-Object -Begin { $number = 0 } -Process {
            [pscustomobject]@{ Finding = $_; Severity = $order[$_.severity]; Number = $number++ }
        } | Sort-Object -Property Severity, Number | ForEach-Object { ConvertTo-Finding -Finding $_.Finding }
    }
}
