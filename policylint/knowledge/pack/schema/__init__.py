"""The shape of a data pack: one model for each kind of file."""

from policylint.knowledge.pack.schema.base import Model, Pack, Source, Versions
from policylint.knowledge.pack.schema.devices import (
    FamilyFile,
    Inheritance,
    KnownBug,
    Merging,
    SupportEntry,
)
from policylint.knowledge.pack.schema.evidence import EvidenceFile
from policylint.knowledge.pack.schema.profiles import ControlEntry, ProfileFile
from policylint.knowledge.pack.schema.properties import Properties, PropertyEntry
from policylint.knowledge.pack.schema.rules import Pattern, RuleFile
from policylint.knowledge.pack.schema.servers import ServerEntry, Servers

__all__ = [
    "ControlEntry",
    "EvidenceFile",
    "FamilyFile",
    "Inheritance",
    "KnownBug",
    "Merging",
    "Model",
    "Pack",
    "Pattern",
    "ProfileFile",
    "Properties",
    "PropertyEntry",
    "RuleFile",
    "ServerEntry",
    "Servers",
    "Source",
    "SupportEntry",
    "Versions",
]
