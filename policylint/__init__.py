"""policylint: which phones an Exchange ActiveSync mailbox policy will break."""

__version__ = "0.1.0"
