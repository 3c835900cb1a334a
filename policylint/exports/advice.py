"""What to do when an export cannot be read: one sentence that every reader ends its errors with."""

EXPORT_AGAIN = "export again with: Get-MobileDeviceMailboxPolicy | Export-Clixml policies.xml"
