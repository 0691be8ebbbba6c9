"""The inbox: the list, the open conversation, and what is known about its customer."""
