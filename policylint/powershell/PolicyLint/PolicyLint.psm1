# A front of the program policylint: policies go in, objects come out. Nothing is judged here.
# Holds for PowerShell 7 and for Windows PowerShell 5.1.

Set-StrictMode -Version 2.0

$script:Program = $null

foreach ($folder in 'Private', 'Public') {
    foreach ($file in [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($PSScriptRoot, $folder), '*.ps1')) {
        . $file
    }
}

# what the program itself completes, by the option that it belongs to
$script:Completed = @{ Device = '--device'; Server = '--server'; Select = '--select'; Ignore = '--ignore' }
$script:Completer = {
    param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
    Get-ProgramChoice -Option $script:Completed[$parameterName] -Begun $wordToComplete.Trim("'", '"')
}
$script:Commands = @(
    'Test-MobileDevicePolicy', 'Get-MobileDevicePolicyVerdict', 'Merge-MobileDevicePolicy', 'Compare-MobileDevicePolicy'
    'Repair-MobileDevicePolicy', 'Get-MobileDeviceFleetReport', 'Find-PolicyLintDevice'
)
foreach ($parameter in @($script:Completed.Keys)) {
    Register-ArgumentCompleter -CommandName $script:Commands -ParameterName $parameter -ScriptBlock $script:Completer
}
