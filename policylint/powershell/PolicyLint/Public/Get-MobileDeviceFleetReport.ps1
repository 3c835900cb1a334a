function Get-MobileDeviceFleetReport {
    <#
    .SYNOPSIS
    Sets what your own phones told the server beside what their policies would do to them.
    .DESCRIPTION
    Reads policies, assignments, inventories, accounts and logs as "policylint collect" exports them, and returns a
    PolicyLint.FleetGroup for each policy and line of devices. -Detailed returns a PolicyLint.FleetDevice for each device
    instead; it names users and devices.
    .PARAMETER Path
    Files and folders of evidence.
    .PARAMETER Device
    The devices to judge for, as the program takes them: a family, an alias (wp7), a range such as 'ios>=17', 'all'.
    .PARAMETER Server
    The server, such as online or exchange-2019.
    .PARAMETER Detailed
    A row for each device in place of groups.
    .PARAMETER Config
    The configuration file of the program.
    .PARAMETER Rules
    Folders with rules and devices of your own.
    .EXAMPLE
    Get-MobileDeviceFleetReport -Path .\evidence
    .EXAMPLE
    Get-MobileDeviceFleetReport -Path .\evidence -Detailed | Where-Object Standing -eq contradicted
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string[]] $Path,
        [string[]] $Device,
        [string] $Server,
        [string] $Config,
        [string[]] $Rules,
        [switch] $Detailed
    )
    end {
        $command = @('fleet') + @(if ($Detailed) { '--list' })
        $report = Get-PolicyReport -Command $command -Bound $PSBoundParameters -Path $Path
        if ($null -eq $report) { return }
        foreach ($row in @(if ($Detailed) { $report.devices } else { $report.groups })) {
            if ($null -eq $row) { continue }
            $shown = [ordered]@{ PSTypeName = if ($Detailed) { 'PolicyLint.FleetDevice' } else { 'PolicyLint.FleetGroup' } }
            foreach ($member in $row.PSObject.Properties) {
                # last_seen is LastSeen here
                $words = $member.Name.Split('_') | ForEach-Object { $_.Substring(0, 1).ToUpperInvariant() + $_.Substring(1) }
                $shown[$words -join ''] = $member.Value
            }
            [pscustomobject] $shown
        }
    }
}
