"""How much a file may ask for, in one place for the child and its parent."""

MB = 1024 * 1024

LARGEST_BYTES = 50 * MB
MOST_PAGES = 5_000
LONGEST_TEXT = 7_500_000
"""Letters of a stored text: 2,500 pages of a novel. What follows is cut off, and said."""

MOST_ANSWER = 32 * MB
"""A book of 1,000 pages is 3 MB of text, and 6 MB in Arabic, before JSON escapes anything.

4 MB would refuse it; 32 MB is `LONGEST_TEXT` in letters of four bytes.
"""

MEMORY = 512 * MB
CPU_SECONDS = 10
WALL_SECONDS = 20.0
OPEN_FILES = 32
PROCESSES = 64
WRITTEN_FILE = 16 * MB

READING_SECONDS = 7.0
"""After so much work a reader stops and keeps what it has, well before it is killed."""

LARGEST_IMAGE = 40_000_000
"""Pixels, before anything is decoded or drawn."""

MOST_MEMBERS = 2_000
MOST_INFLATED = 200 * MB
HIGHEST_RATIO = 100
