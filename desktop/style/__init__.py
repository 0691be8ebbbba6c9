"""How the application looks: tokens, the one stylesheet, fonts and icons.

Nothing here knows what is shown. Widgets and panes read colours from the tokens of the
theme in force and never write a colour of their own.
"""
