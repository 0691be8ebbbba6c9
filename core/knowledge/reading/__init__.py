"""Read the text out of a file that somebody dragged in, in a child that can do no harm.

`reader.read_file` is the door. It starts one process per file (`process`, `child`), which
takes its own rights away (`confinement`) before it looks at the first byte, and answers
with text. Nothing is imported here: the child starts for every file, and waits for it.
"""
