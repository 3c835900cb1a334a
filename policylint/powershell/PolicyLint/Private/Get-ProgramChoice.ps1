function Get-ProgramChoice {
    # What the program itself would complete: a word, and what it is.
    param([string] $Option, [string] $Begun)
    try {
        $asked = @{
            _POLICYLINT_COMPLETE             = 'complete_powershell'
            _TYPER_COMPLETE_ARGS             = "policylint check $Option $Begun"
            _TYPER_COMPLETE_WORD_TO_COMPLETE = $Begun
        }
        $answer = Start-Program -Program (Find-Program) -Environment $asked
    }
    catch { return }
    foreach ($line in ($answer.Output -split "`r?`n")) {
        if (-not $line) { continue }
        $value, $about = $line -split ':::', 2
        if (-not $about) { $about = $value }
        $written = if ($value -match '^[\w.-]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
        New-Object System.Management.Automation.CompletionResult $written, $value, 'ParameterValue', $about
    }
}
