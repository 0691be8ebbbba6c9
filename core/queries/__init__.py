"""What is shown: one noun per module; nothing here changes anything."""
