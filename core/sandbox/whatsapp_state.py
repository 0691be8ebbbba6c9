"""What WhatsApp remembers beyond messages: templates, registrations, closed windows."""

import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True, kw_only=True)
class Template:
    """A message template of one business account."""

    id: str
    waba_id: str
    name: str
    language: str
    category: str
    status: str
    components: list[object]
    named: bool = False


def read_templates(path: Path) -> tuple[Template, ...]:
    """Return the templates that a `templates.json` describes."""
    entries = json.loads(path.read_text("utf-8"))
    return tuple(
        Template(id=f"9200{number:011}", **entry) for number, entry in enumerate(entries)
    )


@dataclass(slots=True, kw_only=True)
class WhatsAppState:
    """Beside `SandboxState`: empty at the start, when all goes well.

    `unregistered` are phone-number ids that may not send, `pins` how often a wrong PIN was
    given for one; `closed` are customers whose reply window has ended. `read` and `typed`
    are the ids of the messages that were marked so, as often as they were.
    """

    templates: dict[str, Template] = field(default_factory=dict)
    unregistered: set[str] = field(default_factory=set)
    wrong_pins: dict[str, int] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    read: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget everything."""
        self.templates.clear()
        self.unregistered.clear()
        self.wrong_pins.clear()
        self.closed.clear()
        self.read.clear()
        self.typed.clear()

    def of_account(self, waba_id: str) -> list[Template]:
        """Return the templates of one business account, oldest first."""
        return [one for one in self.templates.values() if one.waba_id == waba_id]
