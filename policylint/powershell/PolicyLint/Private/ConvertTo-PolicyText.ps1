function ConvertTo-PolicyText {
    # Writes objects with the shell's own serializer: what Export-Clixml would put into a file.
    param([object[]] $InputObject)
    # an array is one level, a policy the next, and a value of a policy may be an object once more
    [System.Management.Automation.PSSerializer]::Serialize([object[]] $InputObject, 4)
}

function Get-PolicyInput {
    # What the program reads: the files that are named, or what came through the pipeline.
    param([string[]] $Path, [object[]] $Collected)
    if ($Path) {
        $files = foreach ($each in $Path) { $PSCmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($each) }
        return @{ Arguments = [string[]] @($files); Text = $null; Target = $Path }
    }
    if (-not $Collected) {
        Stop-WithError -Message ('No policy came through the pipeline. Try: Get-MobileDeviceMailboxPolicy | ' +
            'Test-MobileDevicePolicy, or name files with -Path.') -Id 'NoPolicy' -Category InvalidArgument
    }
    return @{ Arguments = [string[]] @('-'); Text = (ConvertTo-PolicyText -InputObject $Collected); Target = $Collected }
}

function Get-CommonArgument {
    # The options that commands of the program share, from the parameters that were given.
    param([System.Collections.IDictionary] $Bound)
    $options = @{
        Device = '--device'; Server = '--server'; Select = '--select'; Ignore = '--ignore'; Config = '--config'; Rules = '--rules'
    }
    foreach ($name in 'Device', 'Server', 'Select', 'Ignore', 'Config', 'Rules') {
        if (-not $Bound.ContainsKey($name)) { continue }
        foreach ($value in @($Bound[$name])) {
            if ($name -in 'Config', 'Rules') {
                $value = $PSCmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($value)
            }
            "$($options[$name])=$value"
        }
    }
}
