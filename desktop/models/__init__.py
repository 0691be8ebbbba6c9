"""Item models that panes feed and lists show; they hold rows and do no I/O."""
