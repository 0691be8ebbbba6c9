"""`socialsync`: read the command line, then open the desktop."""

import argparse
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the desktop; return the exit code of the process."""
    parser = argparse.ArgumentParser(
        prog="socialsync", description="The shared inbox of a small team."
    )
    parser.add_argument(
        "--demo", action="store_true", help="open a made-up café with simulated customers"
    )
    parser.add_argument("--lang", choices=("en", "fr"), help="language of this run")
    parser.add_argument(
        "--theme", choices=("system", "light", "dark"), help="appearance of this run"
    )
    given = parser.parse_args(arguments)

    # Imported after the command line is known to make sense: `--help` needs no Qt.
    from desktop.app import Options, run
    from desktop.style.theme import Scheme

    scheme = None if given.theme is None else Scheme(given.theme)
    return run(Options(demo=given.demo, language=given.lang, scheme=scheme))


if __name__ == "__main__":
    sys.exit(main())
