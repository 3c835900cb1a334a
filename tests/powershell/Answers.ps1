# What findings say, from the module and from the command line, in a form that can be compared.
function Invoke-Policylint {
    $OutputEncoding = [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
    & policylint @args --no-config 2>$null
}

function Get-Said {
    # apart from where: objects have no lines
    param($Finding)
    @($Finding | ForEach-Object { "$($_.Policy)|$($_.Rule)|$($_.Property)|$(@($_.Targets) -join ',')" } | Sort-Object)
}

function Get-SaidByProgram {
    param([string] $File, [string[]] $Arguments)
    Get-Said (Invoke-Policylint check $File @Arguments -o json | ConvertFrom-Json).findings
}

function Get-Told {
    # the errors that a script block writes or throws
    param([scriptblock] $Script)
    $ErrorActionPreference = 'Continue'
    try { & $Script 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } } catch { $_ }
}
