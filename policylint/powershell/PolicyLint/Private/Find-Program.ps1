function Find-Program {
    # Returns how the program is started: a file, and the arguments that come first.
    if ($null -ne $script:Program) { return $script:Program }
    $found = $null
    if ($env:POLICYLINT) {
        $named = Get-Command -Name $env:POLICYLINT -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
        if ($null -ne $named) { $found = @{ File = $named.Path; First = @() } }
    }
    else {
        $ways = @(
            @{ Name = 'policylint'; First = @() }
            @{ Name = 'py'; First = @('-m', 'policylint') }
            @{ Name = 'uvx'; First = @('policylint') }
        )
        foreach ($way in $ways) {
            $command = Get-Command -Name $way.Name -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
            if ($null -eq $command) { continue }
            $tried = @{ File = $command.Path; First = $way.First }
            if ($way.Name -eq 'policylint' -or (Start-Program -Program $tried -Arguments @('--version')).ExitCode -eq 0) {
                $found = $tried
                break
            }
        }
    }
    if ($null -eq $found) {
        $where = if ($env:POLICYLINT) { "`$env:POLICYLINT names '$env:POLICYLINT', which is no program" } else { 'it is not on the PATH' }
        Stop-WithError -Message ("The program policylint was not found: $where. Install it with 'pipx install policylint' or " +
            "'uv tool install policylint', or put the path of the program into `$env:POLICYLINT.") -Id 'ProgramNotFound' -Category ObjectNotFound
    }
    $answer = Start-Program -Program $found -Arguments @('--version')
    if ($answer.Output -notmatch '^policylint (\S+?),') {
        Stop-WithError -Message "'$($found.File)' does not answer as policylint does: $($answer.Errors)" -Id 'ProgramFailed' -Category InvalidResult
    }
    $own = $ExecutionContext.SessionState.Module.Version.ToString()
    if ($Matches[1] -ne $own) {
        Write-Warning ("This module is version $own and the program is version $($Matches[1]). " +
            'Import the module that comes with the program: Import-Module (policylint powershell)')
    }
    $script:Program = $found
    return $found
}
