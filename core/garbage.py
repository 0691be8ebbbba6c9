"""How often a companion looks for garbage that is part of a cycle.

Python looks after every 700 new objects, and a single search makes more: decisions then
stop for it a dozen times, some milliseconds in all. A companion lets many more come up
first; what is in no cycle goes at once, as ever.
"""

import gc

_YOUNG, _MIDDLE, _OLD = 20_000, 20, 50


def collect_seldom() -> None:
    """Have this process look less often, from now on."""
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
