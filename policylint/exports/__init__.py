"""Bytes to records: every format an administrator's export may have. See `record.py` for what readers produce."""
