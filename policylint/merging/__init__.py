"""What a device with several Exchange accounts ends up with: each policy by itself first, then all of them together."""
