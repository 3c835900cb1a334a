function Find-PolicyLintDevice {
    <#
    .SYNOPSIS
    Lists the device releases that can be named, and what a query stands for.
    .DESCRIPTION
    Returns a PolicyLint.Device for each release that a query selects.
    .PARAMETER Device
    The devices to judge for, as the program takes them: a family, an alias (wp7), a range such as 'ios>=17', 'all'.
    .PARAMETER Rules
    Folders with rules and devices of your own.
    .EXAMPLE
    Find-PolicyLintDevice
    .EXAMPLE
    Find-PolicyLintDevice -Device 'ios>=17'
    #>
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)] [string[]] $Device,
        [string[]] $Rules
    )
    end {
        $shared = @{}
        if ($Rules) { $shared['Rules'] = $Rules }
        $queries = if ($Device) { $Device } else { @('all') }
        $arguments = @('devices', '--output=json') + @(Get-CommonArgument -Bound $shared) + @('--') + @($queries)
        $found = Invoke-Program -Arguments $arguments
        if ($null -eq $found) { return }
        foreach ($release in @($found.devices)) {
            [pscustomobject]@{
                PSTypeName = 'PolicyLint.Device'
                Target     = $release.target
                Name       = $release.name
                Family     = $release.family
                Version    = $release.version
                Released   = $release.date
                Current    = $release.current
                Aliases    = [string[]] @($release.aliases)
                Sources    = @($release.sources)
            }
        }
    }
}
