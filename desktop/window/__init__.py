"""The frame: navigation, palette, keys, status. It routes; what is shown is the panes' own."""
