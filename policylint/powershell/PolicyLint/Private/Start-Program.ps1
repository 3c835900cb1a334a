function Start-Program {
    # Runs the program and returns what it printed. It reads and writes UTF-8, whatever the session's encodings are.
    param(
        [hashtable] $Program,
        [string[]] $Arguments = @(),
        [string] $InputText,
        [hashtable] $Environment = @{}
    )
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = $Program.File
    $start.Arguments = (@($Program.First) + $Arguments | ForEach-Object { ConvertTo-Argument $_ }) -join ' '
    $start.WorkingDirectory = (Get-Location -PSProvider FileSystem).ProviderPath
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $utf8 = New-Object System.Text.UTF8Encoding $false
    $start.StandardOutputEncoding = $utf8
    $start.StandardErrorEncoding = $utf8
    $start.EnvironmentVariables['PYTHONUTF8'] = '1'
    $start.EnvironmentVariables['NO_COLOR'] = '1'
    foreach ($name in @($Environment.Keys)) { $start.EnvironmentVariables[$name] = $Environment[$name] }
    $process = New-Object System.Diagnostics.Process
    $process.StartInfo = $start
    $null = $process.Start()
    try {
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        try {
            if ($InputText) {
                $bytes = $utf8.GetBytes($InputText)
                $process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length)
            }
            $process.StandardInput.Close()
        }
        catch [System.IO.IOException] {
            Write-Debug 'The program ended before it had read everything; what it said is told.'
        }
        # in short steps, so that Ctrl-C is heard
        while (-not $process.WaitForExit(100)) { }
        $process.WaitForExit()
        return [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.Result; Errors = $errors.Result }
    }
    finally {
        if (-not $process.HasExited) { $process.Kill() }
        $process.Dispose()
    }
}

function ConvertTo-Argument {
    # Quotes one argument as the C runtime of Windows reads it back; .NET reads it so on other systems, too.
    param([AllowEmptyString()][string] $Text)
    if ($Text -ne '' -and $Text -notmatch '[\s"]') { return $Text }
    $escaped = [regex]::Replace($Text, '(\\*)"', '$1$1\"')
    $escaped = [regex]::Replace($escaped, '(\\+)$', '$1$1')
    return '"' + $escaped + '"'
}
