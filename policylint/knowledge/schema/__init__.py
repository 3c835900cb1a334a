"""The shape of a data pack: one model for each kind of file."""

from policylint.knowledge.schema.base import Model, Pack, Source, Versions
from policylint.knowledge.schema.devices import FamilyFile, SupportEntry
from policylint.knowledge.schema.properties import Properties
from policylint.knowledge.schema.rules import RuleFile

__all__ = ["FamilyFile", "Model", "Pack", "Properties", "RuleFile", "Source", "SupportEntry", "Versions"]
