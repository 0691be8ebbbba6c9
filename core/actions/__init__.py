"""What changes: one verb a person would use per module."""
