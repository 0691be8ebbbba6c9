"""Settings and secrets: read once, handed to who needs them."""
