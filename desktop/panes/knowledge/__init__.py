"""The knowledge pane: documents, FAQ entries, and what the assistant finds in them."""
