"""Rules pane: what the owner allows the assistant, and how it does under them."""
