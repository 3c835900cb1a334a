"""The published shapes of what the program writes and reads. No run loads them."""
