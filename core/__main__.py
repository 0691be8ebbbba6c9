"""The companion's front door: `socialsync-headless`, or `python -m core`."""

import sys

from core import paths

KEEPER = "--keeper"
"""Hidden first argument: this process is to keep the embedded server (bundles have no `-m`)."""
EMBED_WORKER = "--embed-worker"
"""As above: this process is to run the local model for another one."""


def main() -> None:
    """Run a command, or what another process of ours has asked of this one."""
    if sys.argv[1:2] == [KEEPER]:
        from core.store import embedded_keeper

        embedded_keeper.main(sys.argv[2:])
        return
    if sys.argv[1:2] == [EMBED_WORKER]:
        from core.llm import embed_worker

        embed_worker.main(sys.argv[2:])
        return
    if sys.argv[1:2] == [paths.READ_DOCUMENT]:
        from core.knowledge.reading import child

        child.main(sys.argv[2:])
        return
    from core.cli.app import run

    run()


if __name__ == "__main__":
    main()
