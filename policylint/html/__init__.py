"""The report as a page: one file that asks nobody for anything, for each kind of report a module here.

Jinja2 fills the templates (extra `html`). Every text goes through one door, `harmless`.
"""
