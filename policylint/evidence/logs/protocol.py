"""The words of Exchange ActiveSync that stand in a log: codes, commands, access states, probes.

They are the grammar of the protocol and of its log, not facts about a device. Sources:

- codes and their names: the requirement table of [MS-ASCMD] 2.2.2; the good answers of Ping: its status table there;
- commands of base64 queries: 0 to 16 [MS-ASHTTP] 2.2.1.1.1.1.2, 17 to 23 the code of EAS Inspector for Fiddler (20 also
  in a log of Z-Push, Intermesh/groupoffice issue 1036);
- `AllowedG` and `BlockedP`: log lines in Microsoft's article on issues with third-party devices, and in J. Veldhuis,
  "ActiveSync doesn't work for specific devices" (2011);
- probes: logs of Exchange 2013, and Horde's ActiveSync library.
"""

NAMES = {
    112: "ActiveDirectoryAccessDenied",
    125: "UserPrincipalCouldNotBeFound",
    126: "UserDisabledForSync",
    129: "DeviceIsBlockedForThisUser",
    139: "DeviceNotFullyProvisionable",
    140: "RemoteWipeRequested",
    141: "LegacyDeviceOnStrictPolicy",
    142: "DeviceNotProvisioned",
    143: "PolicyRefresh",
    144: "InvalidPolicyKey",
    145: "ExternallyManagedDevicesNotAllowed",
    165: "DeviceInformationRequired",
    177: "MaximumDevicesReached",
}
CODES = {name.lower(): code for code, name in NAMES.items()}

OTHER_BLOCK = frozenset({112, 125, 126, 129, 140, 177})
CLIENT_FAULT = frozenset({165})
REFRESH = frozenset({143})
STALE_KEY = frozenset({144})
REFUSAL = frozenset({139, 141, 142, 145})

BLOCKED_BY_POLICY = "blockedp"
ALLOWED = "allowed"

NO_PROOF = frozenset({"provision", "options"})
"""Commands that are answered well to whom nothing else is."""

GOOD = frozenset({None, 1})
GOOD_PING = frozenset({None, 1, 2, 7})
"""2: a folder changed; 7: the list of folders changed."""

RETRY_AFTER_PROVISIONING = 449

STEMS = frozenset(f"/microsoft-server-activesync{rest}".encode() for rest in ("", "/default.eas", "/proxy/default.eas"))
BACK_END_STEM = b"/microsoft-server-activesync/proxy/default.eas"

BASE64_VERSIONS = frozenset({121, 140, 141, 160, 161})
COMMANDS = {
    0: "sync",
    1: "sendmail",
    2: "smartforward",
    3: "smartreply",
    4: "getattachment",
    9: "foldersync",
    10: "foldercreate",
    11: "folderdelete",
    12: "folderupdate",
    13: "moveitems",
    14: "getitemestimate",
    15: "meetingresponse",
    16: "search",
    17: "settings",
    18: "ping",
    19: "itemoperations",
    20: "provision",
    21: "resolverecipients",
    22: "validatecert",
    23: "find",
}

PROBE_USERS = ("healthmailbox", "systemmailbox{", "extest_")
PROBE_AGENTS = ("amprobe", "testactivesyncconnectivity")

NO_DEVICE_ID = frozenset({"", "-", "0", "n/a", "validate"})
"""What stands in place of an id where there is none; phones of two users in one export called themselves `validate`."""
