"""`python -m policylint` runs the program."""

from policylint.cli import main

main()
