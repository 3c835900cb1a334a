"""Authoring: packs as people write them, read, linked, checked and compiled. No plain run loads it."""
