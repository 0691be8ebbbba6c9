"""Fill an inbox with the demo: its channels, what it knows, and the owner's rules.

Everything goes through the actions a member would use, so that the demo proves them.
Loading twice changes nothing but the address of the sandbox.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from core.actions import configure, connect, phrase, teach
from core.actions.configure import RuleSet
from core.actions.connect import Account
from core.config.secret import Secret
from core.domain.channel import AssistantMode, PlatformName
from core.domain.ids import DocumentId
from core.kit import Kit


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the demo brought along; its documents are being indexed."""

    channels: int
    faq_entries: int
    documents: tuple[DocumentId, ...]


async def load(kit: Kit, folder: Path, *, base_url: str, token: Secret) -> Loaded:
    """Load the demo in `folder`; its channels talk to the sandbox at `base_url`.

    Raises:
        BadDocument: a file of the demo cannot be read.
    """
    accounts = json.loads((folder / "channels.json").read_text("utf-8"))
    for entry in accounts:
        await connect.channel(kit, _account(kit, entry, base_url, token))
    own = json.loads((folder / "rules.json").read_text("utf-8"))
    await configure.set_rules(
        kit,
        RuleSet(
            instructions=own["instructions"], ignore_examples=tuple(own["ignore_examples"])
        ),
    )
    documents = [
        await teach.add_document(kit, file.name, file.read_bytes())
        for file in sorted((folder / "documents").rglob("*"))
        if file.is_file()
    ]
    imported = await phrase.import_faq_csv(kit, (folder / "faq.csv").read_bytes())
    return Loaded(
        channels=len(accounts),
        faq_entries=imported.added + imported.replaced,
        documents=tuple(documents),
    )


def _account(kit: Kit, entry: dict[str, str], base_url: str, token: Secret) -> Account:
    """Return an account as the platform's usual login, with everything granted, gives it.

    `base_path` is where the sandbox speaks the platform's dialect.
    """
    platform = PlatformName(entry["platform"])
    known = {"platform", "account_id", "account_name", "mode", "base_path"}
    metadata = {name: value for name, value in entry.items() if name not in known}
    metadata["base_url"] = base_url + entry.get("base_path", "")
    scopes: tuple[str, ...] = ()
    connecting = kit.platforms[platform].connecting
    if connecting is not None and connecting.flavours:
        usual = connecting.flavours[0]
        metadata["flavour"], scopes = usual.key, usual.scopes
    return Account(
        platform=platform,
        account_id=entry["account_id"],
        name=entry["account_name"],
        token=token,
        scopes=scopes,
        mode=AssistantMode(entry["mode"]),
        metadata=metadata,
    )
