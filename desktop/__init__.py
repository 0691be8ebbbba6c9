"""The desktop application: what agents and owners see of the engine.

Everything that draws, listens to keys or talks Qt lives below this package; `core`
never imports it, so that the companion runs where there is no screen.
"""
