"""Records to policies: where files come from, what policies say, what they are called, how a reader names one."""
