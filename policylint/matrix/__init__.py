"""Matrices: policies against targets, and one property against targets.

Both are views of what is already known. `outcomes` and `behaviour` hold what a cell says, `folding` joins neighbouring
releases that say the same, and each of `text`, `markdown`, `csv` and `json` prints both kinds. Text and Markdown are
for reading and fold; CSV and JSON are for programs and have a row for every cell.
"""
