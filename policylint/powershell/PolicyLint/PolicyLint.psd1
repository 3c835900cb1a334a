@{
    RootModule           = 'PolicyLint.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5f0c9a53-6d0e-4a43-8d44-1f1b7c2f60d5'
    Author               = 'The policylint authors'
    CompanyName          = 'policylint'
    Copyright            = 'MIT licence'
    Description          = 'Tells which phones an Exchange ActiveSync mailbox policy will break, before it goes live. A front of the program policylint.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    FormatsToProcess     = @('PolicyLint.Format.ps1xml')
    FunctionsToExport    = @(
        'Test-MobileDevicePolicy'
        'Get-MobileDevicePolicyVerdict'
        'Merge-MobileDevicePolicy'
        'Compare-MobileDevicePolicy'
        'Repair-MobileDevicePolicy'
        'Get-MobileDeviceFleetReport'
        'Find-PolicyLintDevice'
        'Get-PolicyLintRule'
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('Exchange', 'ExchangeOnline', 'ActiveSync', 'MobileDevice', 'MDM', 'Linter')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
