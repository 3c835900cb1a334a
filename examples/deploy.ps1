# Gives the scanners of the warehouse a mailbox policy. Run by the pipeline after a pull request is merged.
#Requires -Modules ExchangeOnlineManagement

$warehouse = @{
    Name                         = 'Warehouse'
    AllowNonProvisionableDevices = $false
    PasswordEnabled              = $true
    MinPasswordLength            = 6
    MaxInactivityTimeLock        = '00:05:00'
    RequireDeviceEncryption      = $true
}
New-MobileDeviceMailboxPolicy @warehouse

# the camera is needed for bar codes, but not outside
Set-MobileDeviceMailboxPolicy -Identity 'Warehouse' -AllowCamera $true `
    -AllowBluetooth HandsfreeOnly

if ($env:PILOT) {
    Set-MobileDeviceMailboxPolicy -Identity 'Pilot' -PasswordHistory 5
}

Set-MobileDeviceMailboxPolicy -Identity 'Office' -MinPasswordLength $minimum
