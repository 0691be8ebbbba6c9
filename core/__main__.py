"""The companion's front door: `socialsync-headless`, or `python -m core`."""

import sys

KEEPER = "--keeper"
"""Hidden first argument: this process is to keep the embedded server (bundles have no `-m`)."""


def main() -> None:
    """Run a command, or keep the embedded server when asked to."""
    if sys.argv[1:2] == [KEEPER]:
        from core.store import embedded_keeper

        embedded_keeper.main(sys.argv[2:])
        return
    from core.cli.app import run

    run()


if __name__ == "__main__":
    main()
