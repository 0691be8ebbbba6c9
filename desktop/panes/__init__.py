"""The panes: each asks the engine through the bridge and knows no other pane."""
