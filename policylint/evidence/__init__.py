"""Evidence on a fleet: inventories, assignments, accounts and logs, read and joined to users and devices."""
