"""A breach of each Python rule, and the lawful way of saying the same."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.house import python_rules as rules
from tests.house.source import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A file that breaks `rule`, and one at the same place, or another, that does not."""

    rule: Rule
    path: str
    breach: str
    lawful: str
    lawful_path: str | None = None


_TEXT_FACTORY: Callable[[str], str] = "label.setTextFormat(Qt.TextFormat.{})\n".format

_LAWFUL_SQL = """
OPEN: Final = "select 1"
_ALL = "select 2"
async def f(unit): await unit.execute(_ALL if x else OPEN)
async def g(connection, query: LiteralString): await connection.execute(query)
"""

PLANTED = (
    Planted(
        rule=rules.short_file,
        path="core/queries/inbox.py",
        breach="x = 1\n" * 401,
        lawful="x = 1\n" * 400,
    ),
    Planted(
        rule=rules.named_after_an_idea,
        path="core/utils.py",
        breach="",
        lawful_path="core/paths.py",
        lawful="class Base64: ...\nclass Database: ...\nclass KnowledgeBase2: ...\n",
    ),
    *(
        Planted(
            rule=rules.named_after_an_idea,
            path="core/queue.py",
            breach=f"class {name}: ...\n",
            lawful="class Queue: ...\n",
        )
        for name in ("QueueManager", "DateHelper", "TextUtils", "BaseStore", "StoreBase")
    ),
    *(
        Planted(
            rule=rules.sql_is_a_constant_of_its_module,
            path="core/store/drafts.py",
            breach=breach,
            lawful=_LAWFUL_SQL,
        )
        for breach in (
            'async def f(unit): await unit.execute("select 1")\n',
            'async def f(unit): await unit.rows(Draft, f"select {x}")\n',
            'open = "select 1"\nasync def f(unit): await unit.value(open)\n',
            'A = "select " + "1"\nasync def f(unit): await unit.row(Draft, A)\n',
            'A = "select 1"\nasync def f(unit): await unit.execute(A if x else b)\n',
            "async def f(c, q: str): await c.execute(q)\n",
            "from core.store.x import A\nasync def f(c): await c.executemany(A, [])\n",
        )
    ),
    Planted(
        rule=rules.styled_in_one_place,
        path="desktop/panes/inbox/pane.py",
        breach='self.setStyleSheet("color: red")\n',
        lawful_path="desktop/style/theme.py",
        lawful="app.setStyleSheet(sheet)\n",
    ),
    *(
        Planted(
            rule=rules.labels_show_plain_text,
            path=path,
            breach=breach,
            lawful_path=rules.LABEL_FACTORY,
            lawful=_TEXT_FACTORY("PlainText"),
        )
        for path, breach in (
            ("desktop/panes/inbox/pane.py", "from PySide6.QtWidgets import QLabel\n"),
            ("desktop/window/welcome.py", "from PySide6.QtWidgets import QMessageBox\n"),
            ("desktop/window/welcome.py", _TEXT_FACTORY("RichText")),
            (rules.LABEL_FACTORY, _TEXT_FACTORY("AutoText")),
        )
    ),
    Planted(
        rule=rules.tooltips_show_plain_text,
        path="desktop/panes/inbox/pane.py",
        breach="self.setToolTip(customer.name if customer else '')\n",
        lawful='self.setToolTip(safe_tooltip(customer.name) if customer else "")\n',
    ),
    *(
        Planted(
            rule=rules.platforms_differ_by_manifest,
            path="core/actions/reply.py",
            breach=breach,
            lawful="if sys.platform == 'win32' or a.platform == b.platform: ...\n",
        )
        for breach in (
            'if channel.platform == "whatsapp": ...\n',
            "if platform is PlatformName.INSTAGRAM: ...\n",
            'if platform in ("x", "facebook"): ...\n',
            'match platform:\n    case "x": ...\n',
        )
    ),
    Planted(
        rule=rules.sends_from_one_place,
        path="core/actions/reply.py",
        breach="async def f(): await kit.platform.send(session, item, None)\n",
        lawful_path="core/actions/deliver.py",
        lawful="async def f(): await platform.send(session, item, None)\n",
    ),
    *(
        Planted(
            rule=rules.threads_are_crossed_in_the_bridge,
            path="desktop/panes/inbox/pane.py",
            breach=breach,
            lawful_path="desktop/bridge/thread.py",
            lawful="loop.call_soon_threadsafe(f)\n",
        )
        for breach in ("loop.call_soon_threadsafe(f)\n", "class T(QThread): ...\n")
    ),
    Planted(
        rule=rules.libraries_have_one_home,
        path="core/actions/deliver.py",
        breach="def f():\n    from psycopg.rows import class_row\n",
        lawful_path="core/store/pool.py",
        lawful="import psycopg\nfrom psycopg.rows import class_row\n",
    ),
    Planted(
        rule=rules.the_domain_never_waits,
        path="core/domain/outbox.py",
        breach="async def f(): ...\n",
        lawful="def f(): ...\n",
    ),
    *(
        Planted(
            rule=rules.values_are_frozen,
            path="core/domain/draft.py",
            breach=breach,
            lawful="@dataclass(frozen=True, slots=True, kw_only=True)\nclass Draft: ...\n",
        )
        for breach in (
            "@dataclass\nclass Draft: ...\n",
            "@dataclasses.dataclass(frozen=True)\nclass Draft: ...\n",
        )
    ),
    *(
        Planted(
            rule=rules.tests_wait_for_events,
            path="tests/flows/test_reply.py",
            breach=breach,
            lawful="async def f(): await asyncio.sleep(0)\n",
        )
        for breach in ("qtbot.wait(50)\n", "async def f(): await asyncio.sleep(0.1)\n")
    ),
)
