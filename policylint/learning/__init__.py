"""What was learned from devices of one's own: how it is written, and how one phone is asked."""
