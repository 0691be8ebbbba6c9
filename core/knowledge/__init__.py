"""What the team knows: read it, cut it, index it, and find the passage that answers."""
