function Invoke-Program {
    # Runs a command of the program and returns its JSON as an object. What it says beside becomes notes and errors.
    param(
        [string[]] $Arguments,
        [string] $InputText,
        [object] $Target
    )
    $answer = Start-Program -Program (Find-Program) -Arguments $Arguments -InputText $InputText
    foreach ($line in ($answer.Errors -split "`r?`n")) {
        if ($line -match '^policylint: note: (.*)$') { Write-Information -MessageData $Matches[1] -Tags 'policylint' }
        elseif ($line -match '^policylint: warning: (.*)$') { Write-Warning $Matches[1] }
        elseif ($line -match '^policylint: error: (.*)$') { Write-ProgramError -Message $Matches[1] -Target $Target }
        elseif ($line.Trim() -and $answer.ExitCode -gt 1) { Write-ProgramError -Message $line -Target $Target }
    }
    if ($answer.ExitCode -notin 0, 1, 2) {
        Stop-WithError -Message "The program ended with exit code $($answer.ExitCode) and finished nothing." -Id 'ProgramFailed' -Category InvalidResult
    }
    if (-not $answer.Output.Trim()) { return }
    try { return ConvertFrom-Json -InputObject $answer.Output }
    catch {
        Stop-WithError -Message "What the program printed is not whole: $($_.Exception.Message)" -Id 'ProgramFailed' -Category InvalidResult
    }
}

function Write-ProgramError {
    param([string] $Message, [object] $Target)
    $exception = New-Object System.InvalidOperationException $Message
    $record = New-Object System.Management.Automation.ErrorRecord $exception, 'PolicyLint', ([System.Management.Automation.ErrorCategory]::InvalidData), $Target
    # told as an error of the command that was called
    $PSCmdlet.WriteError($record)
}

function Stop-WithError {
    param([string] $Message, [string] $Id, [System.Management.Automation.ErrorCategory] $Category)
    $exception = New-Object System.InvalidOperationException $Message
    $record = New-Object System.Management.Automation.ErrorRecord $exception, $Id, $Category, $null
    if ($PSCmdlet) { $PSCmdlet.ThrowTerminatingError($record) }
    throw $record
}
