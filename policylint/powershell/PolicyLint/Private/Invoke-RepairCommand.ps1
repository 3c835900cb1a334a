# The only commands that a repair runs.
$script:RepairCommands = 'New-MobileDeviceMailboxPolicy', 'Set-MobileDeviceMailboxPolicy',
    'New-ActiveSyncMailboxPolicy', 'Set-ActiveSyncMailboxPolicy'

function Invoke-RepairCommand {
    # Runs one command of a fix. Its values are bound as they are, and never read as code.
    param([object] $Command, [System.Management.Automation.PSCmdlet] $Cmdlet)
    if ($script:RepairCommands -notcontains $Command.command) {
        Stop-WithError -Message "A fix may not run '$($Command.command)'." -Id 'CommandRefused' -Category SecurityError
    }
    $values = @{}
    foreach ($parameter in $Command.parameters.PSObject.Properties) {
        $value = $parameter.Value
        if ($value -is [array]) { $value = [string[]] $value }
        $values[$parameter.Name] = $value
    }
    $subject = if ($values.ContainsKey('Identity')) { $values['Identity'] } else { $values['Name'] }
    $change = @($values.Keys | Where-Object { $_ -notin 'Identity', 'Name' } | Sort-Object |
            ForEach-Object { "$_ = $($values[$_])" }) -join ', '
    if (-not $Cmdlet.ShouldProcess($subject, "$($Command.command) ($change)")) { return }
    if (-not (Get-Command -Name $Command.command -ErrorAction SilentlyContinue)) {
        Write-ProgramError -Message "$($Command.command) is not in this session: connect to Exchange first." -Target $subject
        return
    }
    & $Command.command @values
}
