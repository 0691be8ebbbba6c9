"""Run the sandbox as a process of its own: `python -m core.sandbox --help`.

Crash tests need it so: the companion is killed, the record of what really went out stays.
The first line printed is a JSON object with the address, for whoever started the process.
"""

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from pathlib import Path

from core.clock import SystemClock
from core.sandbox.accounts import (
    ReceiptPlan,
    ReceiptTiming,
    SandboxConfig,
    read_accounts,
)
from core.sandbox.commenters import PlayedComment, run_commenters
from core.sandbox.customers import Pace, PlayedConversation, run_customers
from core.sandbox.sandbox import Sandbox
from core.sandbox.script import read_posts, read_script
from core.sandbox.server import open_sandbox
from core.sandbox.whatsapp_state import read_templates

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"


def main() -> None:
    """Parse the command line and serve until a signal comes."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(_parser().parse_args()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--webhook-url", help="the companion's /webhooks address")
    parser.add_argument(
        "--secret", required=True, help="signs webhooks (X-Hub-Signature-256)"
    )
    parser.add_argument("--token", default="sandbox", help="the access token to expect")
    parser.add_argument("--channels", type=Path, default=DEMO / "channels.json")
    parser.add_argument("--play", type=Path, help="a script whose customers start writing")
    parser.add_argument("--posts", type=Path, help="posts under which people comment")
    parser.add_argument("--starts-per-second", type=float, default=2.0)
    parser.add_argument("--gap-scale", type=float, default=1.0)
    parser.add_argument("--whatsapp-receipts", default="sent,delivered,read")
    parser.add_argument("--instagram-receipts", default="echo,read")
    parser.add_argument("--facebook-receipts", default="echo,delivery,read")
    parser.add_argument("--receipt-delay", type=float, default=0.05, help="seconds")
    parser.add_argument("--receipt-copies", type=int, default=1)
    parser.add_argument(
        "--receipt-timing",
        type=ReceiptTiming,
        choices=list(ReceiptTiming),
        default=ReceiptTiming.AFTER_ANSWER,
    )
    return parser


def _config(options: argparse.Namespace) -> SandboxConfig:
    return SandboxConfig(
        app_secret=options.secret,
        now=SystemClock().now,
        accounts=read_accounts(options.channels, options.token),
        templates=read_templates(DEMO / "templates.json"),
        webhook_base=options.webhook_url,
        port=options.port,
        receipts=ReceiptPlan(
            whatsapp=_names(options.whatsapp_receipts),
            instagram=_names(options.instagram_receipts),
            facebook=_names(options.facebook_receipts),
            delay_seconds=options.receipt_delay,
            copies=options.receipt_copies,
            timing=options.receipt_timing,
        ),
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(",") if name)


async def _serve(options: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    # Where the loop takes no signal handlers (Windows), Ctrl-C ends the process instead.
    with contextlib.suppress(NotImplementedError):
        loop.add_signal_handler(signal.SIGTERM, stopped.set)
    async with open_sandbox(_config(options)) as sandbox:
        _print_line({"url": sandbox.url})
        async with asyncio.TaskGroup() as group:
            if options.play is not None:
                group.create_task(_play(sandbox, options))
            if options.posts is not None:
                group.create_task(_comment(sandbox, options))
        await stopped.wait()


async def _play(sandbox: Sandbox, options: argparse.Namespace) -> None:
    def report(played: PlayedConversation) -> None:
        _print_line({"conversation": played.line.key, "arrived": played.arrived})

    await run_customers(
        read_script(options.play),
        write=sandbox.write,
        on_written=report,
        pace=_pace(options),
    )


async def _comment(sandbox: Sandbox, options: argparse.Namespace) -> None:
    def report(played: PlayedComment) -> None:
        arrived = played.written.delivery.arrived
        _print_line({"comment": played.line.key, "arrived": arrived})

    posts = read_posts(options.posts)
    await run_commenters(posts, stage=sandbox, pace=_pace(options), on_written=report)


def _pace(options: argparse.Namespace) -> Pace:
    return Pace(starts_per_second=options.starts_per_second, gap_scale=options.gap_scale)


def _print_line(values: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
