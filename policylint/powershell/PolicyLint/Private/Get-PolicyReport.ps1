function Get-PolicyReport {
    # Asks a command of the program about policies, from files or from the pipeline, and returns its report.
    param([string[]] $Command, [System.Collections.IDictionary] $Bound, [string[]] $Path, [object[]] $Collected, [object] $Target)
    $given = Get-PolicyInput -Path $Path -Collected $Collected
    $arguments = $Command + @('--output=json') + @(Get-CommonArgument -Bound $Bound) + @('--') + $given.Arguments
    Invoke-Program -Arguments $arguments -InputText $given.Text -Target $(if ($Target) { $Target } else { $given.Target })
}

function Get-ReportOfSet {
    # Asks a command about sets of policies, each of which becomes a file; they are taken away again.
    param([string] $Command, [System.Collections.IDictionary] $Bound, [System.Collections.IDictionary] $Set, [object[]] $Target)
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid().ToString())
    $null = New-Item -ItemType Directory -Path $folder
    try {
        $files = foreach ($name in $Set.Keys) {
            $file = Join-Path $folder "$name.clixml"
            [System.IO.File]::WriteAllText($file, (ConvertTo-PolicyText -InputObject $Set[$name]))
            $file
        }
        Get-PolicyReport -Command $Command -Bound $Bound -Path $files -Target $Target
    }
    finally { Remove-Item -LiteralPath $folder -Recurse -Force }
}
