# Stand-ins for the cmdlets of Exchange: three mailboxes, 501 devices, one of which has no statistics.
$devices = 501
function Get-MobileDeviceMailboxPolicy {
    [CmdletBinding()] param()
    [pscustomobject]@{
        Name = 'Default'; Guid = [guid]'f1730988-73cb-4f77-8376-98e4cd951aef'; IsDefault = $true
        AllowNonProvisionableDevices = $false; PasswordEnabled = $true
        WhenChangedUTC = [datetime]::SpecifyKind([datetime]'2026-07-04T05:06:07', 'Utc')
    }
}
function Get-CASMailbox {
    [CmdletBinding()] param($ResultSize)
    foreach ($n in 1..3) {
        [pscustomobject]@{
            Name = "User $n"; SamAccountName = "user$n"; PrimarySmtpAddress = "user$n@contoso.example"
            EmailAddresses = @("SMTP:user$n@contoso.example"); Identity = "contoso.example/Staff/User $n"
            ActiveSyncEnabled = $true; ActiveSyncMailboxPolicy = $null; OWAEnabled = $true
        }
    }
}
function Get-EXOCasMailbox { [CmdletBinding()] param($ResultSize, $PropertySets) Get-CASMailbox }
enum DeviceAccessState { Unknown; Allowed; Blocked }
function Identity($n) {
    "contoso.example/Staff/User $(1 + $n % 3)/ExchangeActiveSyncDevices/iPhone$([char]0xA7)DEVICE$n"
}
function Get-MobileDevice {
    [CmdletBinding()] param($ResultSize)
    foreach ($n in 1..$devices) {
        [pscustomobject]@{
            DeviceId = "DEVICE$n"; DeviceType = 'iPhone'; DeviceTelephoneNumber = '+1 555 0100'
            DeviceAccessState = [DeviceAccessState]::Allowed; Identity = Identity $n
            Guid = [guid]('{0:d8}-0000-4000-8000-000000000000' -f $n)
        }
    }
}
function Get-MobileDeviceStatistics {
    [CmdletBinding()] param($Identity)
    $id = "$Identity".Split([char]0xA7)[-1]
    if ($id -eq 'DEVICE2') { throw 'no such device' }
    [pscustomobject]@{
        DeviceID = $id; Identity = "$Identity"; DeviceOS = 'iOS 18.0 22A3654'; RecoveryPassword = 'secret'
        DevicePolicyApplied = 'Default'; DevicePolicyApplicationStatus = 'AppliedInFull'
        LastSuccessSync = [datetime]'2026-07-05'
    }
}
function Get-EXOMobileDeviceStatistics {
    [CmdletBinding()] param($Identity)
    Get-MobileDeviceStatistics -Identity (Identity ([int]"$Identity".Substring(0, 8)))
}
function Get-ADUser {
    [CmdletBinding()] param($Filter, $Properties)
    [pscustomobject]@{
        Name = 'User 1'; SamAccountName = 'user1'; adminCount = 1
        nTSecurityDescriptor = [pscustomobject]@{ AreAccessRulesProtected = $true }
    }
}
