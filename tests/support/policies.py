"""Policies that tests share. Values are typed as `formats.Formats` wants them."""

from datetime import timedelta
from typing import Any

from policylint.knowledge.catalogue import Catalogue

Settings = dict[str, Any]

IDENTITY: Settings = {
    "Name": "Default",
    "Guid": "3f1c2f5e-7d5b-4a52-9b5e-0d5b3c1f2a10",
    "Identity": "Default",
    "IsDefaultPolicy": True,
    "IsValid": True,
}

UNTOUCHED: Settings = {
    **IDENTITY,
    "AllowNonProvisionableDevices": True,
    "DevicePasswordEnabled": False,
    "AlphanumericDevicePasswordRequired": False,
    "AllowSimpleDevicePassword": True,
    "MinDevicePasswordLength": 4,
    "MinDevicePasswordComplexCharacters": 1,
    "MaxDevicePasswordFailedAttempts": 8,
    "MaxInactivityTimeDeviceLock": timedelta(minutes=15),
    "DevicePasswordExpiration": "Unlimited",
    "DevicePasswordHistory": 0,
    "PasswordRecoveryEnabled": False,
    "RequireDeviceEncryption": False,
    "RequireStorageCardEncryption": False,
    "DeviceEncryptionEnabled": False,
    "AttachmentsEnabled": True,
    "MaxAttachmentSize": "Unlimited",
    "AllowHTMLEmail": True,
    "MaxCalendarAgeFilter": "All",
    "MaxEmailAgeFilter": "All",
    "MaxEmailBodyTruncationSize": "Unlimited",
    "MaxEmailHTMLBodyTruncationSize": "Unlimited",
    "RequireManualSyncWhenRoaming": False,
    "RequireSignedSMIMEMessages": False,
    "RequireEncryptedSMIMEMessages": False,
    "RequireSignedSMIMEAlgorithm": "SHA1",
    "RequireEncryptionSMIMEAlgorithm": "TripleDES",
    "AllowSMIMEEncryptionAlgorithmNegotiation": "AllowAnyAlgorithmNegotiation",
    "AllowSMIMESoftCerts": True,
    "AllowStorageCard": True,
    "AllowCamera": True,
    "AllowUnsignedApplications": True,
    "AllowUnsignedInstallationPackages": True,
    "AllowWiFi": True,
    "AllowTextMessaging": True,
    "AllowPOPIMAPEmail": True,
    "AllowBluetooth": "Allow",
    "AllowIrDA": True,
    "AllowDesktopSync": True,
    "AllowBrowser": True,
    "AllowConsumerEmail": True,
    "AllowRemoteDesktop": True,
    "AllowInternetSharing": True,
    "UnapprovedInROMApplicationList": [],
    "ApprovedApplicationList": [],
    "AllowExternalDeviceManagement": False,
    "DevicePolicyRefreshInterval": "Unlimited",
    "AllowMobileOTAUpdate": True,
    "MobileOTAUpdateMode": "MinorVersionUpdates",
    "IrmEnabled": True,
    "UNCAccessEnabled": True,
    "WSSAccessEnabled": True,
    "AllowApplePushNotifications": True,
}
"""What nobody touched: no demand, though some password details are printed."""

TWELVE: Settings = {
    "DevicePasswordEnabled": True,
    "MinDevicePasswordLength": 6,
    "MaxInactivityTimeDeviceLock": timedelta(minutes=10),
    "MaxDevicePasswordFailedAttempts": 8,
    "AllowSimpleDevicePassword": False,
    "DevicePasswordExpiration": timedelta(days=90),
    "DevicePasswordHistory": 3,
    "AllowStorageCard": False,
    "AllowIrDA": False,
    "AllowDesktopSync": False,
    "AllowRemoteDesktop": False,
    "AllowInternetSharing": False,
}
"""A demand for each of the twelve properties that Microsoft lists for Windows Phone 7."""

THREE: Settings = {
    "AlphanumericDevicePasswordRequired": True,
    "RequireDeviceEncryption": True,
    "AllowCamera": False,
}
"""Demands outside the twelve."""


def policy(*parts: Settings, gate: bool | None = True, name: str = "Default") -> Settings:
    """Join an untouched policy with changes; a gate of None leaves the property out."""
    made = {**UNTOUCHED, **{key: value for part in parts for key, value in part.items()}}
    made |= {"Name": name, "Identity": name, "AllowNonProvisionableDevices": gate}
    if gate is None:
        del made["AllowNonProvisionableDevices"]
    return made


def shortened(settings: Settings, catalogue: Catalogue) -> Settings:
    """Leave out what only the whole catalogue has: a small pack knows fewer properties."""
    whole = {*UNTOUCHED, *TWELVE, *THREE}
    return {key: value for key, value in settings.items() if key not in whole or catalogue.named(key)}
