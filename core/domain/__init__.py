"""The words of the business and their rules: pure values, nothing that waits."""
