"""Judge policies for targets, given what is known: pure, without files or clock."""
