"""One thin module a command: each parses, calls, prints and returns an exit code. None imports another."""
