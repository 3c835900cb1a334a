"""PowerShell read and never run: a strict reader that takes what is literal and refuses the rest with its place."""
