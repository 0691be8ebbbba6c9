"""The settings pane: the channels, how each is, and connecting one."""
