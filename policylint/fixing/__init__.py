"""What to change: strategies that make the devices of a run live with a policy, as PowerShell that nobody runs here.

A strategy makes a plan, a plan is tried on the policy in memory, and only then it becomes a script. Everything a plan
says of a device comes from the engine: a value that it takes is one that raises no finding.
"""
