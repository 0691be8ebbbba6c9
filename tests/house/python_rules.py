"""The rules of the house that no linter knows, one function each.

A rule takes one file and yields its breaches. `tests/house/planted.py` holds a breach and
a lawful twin of each, with which `tests/test_house.py` proves that every rule bites.
"""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Breach, Source, breach, dotted, last_name

LONGEST_FILE = 400

RUN_FILES = (
    "core/store/pool.py",
    "core/store/migrate.py",
    "core/store/library_schemas.py",
)
"""What others' constants, the numbered files and the libraries' scripts run through."""

KNOW_PLATFORMS = ("core/platforms", "core/sandbox")

LABEL_FACTORY = "desktop/widgets/label.py"

LIBRARY_HOMES = {
    "psycopg": ("core/store",),
    "psycopg_pool": ("core/store",),
    "pgvector": ("core/store",),
    "httpx": ("core/net",),
    "langgraph": ("core/assistant",),
    "onnxruntime": ("core/llm",),
    "tokenizers": ("core/llm",),
    "pypdfium2": ("core/knowledge",),
    "pypdfium2_raw": ("core/knowledge",),
    "lxml": ("core/knowledge",),
    "openai": ("core/llm",),
    "anthropic": ("core/llm",),
    "procrastinate": ("core/jobs",),
    "apscheduler": ("core/jobs",),
    "stripe": ("core/billing",),
    "starlette": ("core/web", "core/sandbox"),
    "uvicorn": ("core/web", "core/sandbox"),
    "keyring": ("core/config",),
    "typer": ("core/cli", "core/__main__.py"),
    "PySide6": ("desktop",),
    "qasync": ("desktop",),
}

_VAGUE_FILES = {"utils.py", "util.py", "helpers.py", "helper.py", "common.py", "misc.py"}
_VAGUE_CLASS = re.compile(r"(Manager|Helper|Helpers|Util|Utils)$|^Base[A-Z]|[a-z]Base$")
_UPPER_CASE = re.compile(r"_?[A-Z][A-Z0-9_]*")
_QUERY_ARGUMENT = {"execute": 0, "executemany": 0, "value": 0, "row": 1, "rows": 1}
_WAITS = {"asyncio.sleep", "time.sleep", "qtbot.wait", "QTest.qWait", "anyio.sleep"}
_VALUE_FLAGS = {"frozen", "slots", "kw_only"}


def short_file(source: Source) -> Iterator[Breach]:
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield Breach(path=source.path, line=lines, why=f"{lines} lines; split it")


def named_after_an_idea(source: Source) -> Iterator[Breach]:
    if source.path.name in _VAGUE_FILES:
        yield Breach(path=source.path, line=1, why="name the idea, or inline it")
    for node in source.nodes():
        if isinstance(node, ast.ClassDef) and _VAGUE_CLASS.search(node.name):
            yield breach(source, node, f"{node.name}: say what it is, not that it helps")


def sql_is_a_constant_of_its_module(source: Source) -> Iterator[Breach]:
    """Every query in the store is a literal that stands, upper-case, in its own file."""
    if not source.under("core/store") or source.under(*RUN_FILES):
        return
    lawful = _text_constants(source.tree) | _literal_parameters(source)
    for call in source.calls():
        query = _query_of(call)
        # A choice between two constants is as good as one.
        choices = [query.body, query.orelse] if isinstance(query, ast.IfExp) else [query]
        for choice in choices:
            if choice and not (isinstance(choice, ast.Name) and choice.id in lawful):
                yield breach(source, choice, "SQL is a module-level upper-case constant")


def _literal_parameters(source: Source) -> set[str]:
    """Return the parameters that hand a constant on, known by their `LiteralString`."""
    return {
        node.arg
        for node in source.nodes()
        if isinstance(node, ast.arg)
        and node.annotation
        and last_name(node.annotation) == "LiteralString"
    }


def _query_of(call: ast.Call) -> ast.expr | None:
    """Return the query that a call runs, or None if it runs none."""
    name = last_name(call.func)
    if not isinstance(call.func, ast.Attribute) or name not in _QUERY_ARGUMENT:
        return None
    position = _QUERY_ARGUMENT[name]
    on_a_unit = name.startswith("execute") or dotted(call.func.value) == "unit"
    return call.args[position] if on_a_unit and len(call.args) > position else None


def _text_constants(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        value = getattr(node, "value", None)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            found.update(
                target.id
                for target in targets
                if isinstance(target, ast.Name) and _UPPER_CASE.fullmatch(target.id)
            )
    return found


def styled_in_one_place(source: Source) -> Iterator[Breach]:
    if not source.under("desktop") or source.under("desktop/style"):
        return
    for call in source.calls():
        if last_name(call.func) == "setStyleSheet":
            yield breach(source, call, "QSS lives in desktop/style")


def labels_show_plain_text(source: Source) -> Iterator[Breach]:
    """Only the label factory knows Qt's labels and boxes, which guess at rich text.

    A customer may be called `<img src=file:///...>`; see that it is shown, not fetched.
    """
    if not source.under("desktop"):
        return
    if source.under(LABEL_FACTORY):
        if "setTextFormat(Qt.TextFormat.PlainText)" not in source.text:
            yield Breach(path=source.path, line=1, why="the factory sets PlainText")
        return
    for node in source.nodes():
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names} & {"QLabel", "QMessageBox"}
            for name in sorted(names):
                yield breach(source, node, f"{name}: use {LABEL_FACTORY}")
        elif isinstance(node, ast.Attribute) and node.attr in {"AutoText", "RichText"}:
            yield breach(source, node, "labels show plain text")


def tooltips_show_plain_text(source: Source) -> Iterator[Breach]:
    """A tooltip guesses at rich text too, and cannot be told not to."""
    if not source.under("desktop"):
        return
    for call in source.calls():
        if last_name(call.func) == "setToolTip" and not _is_our_own_text(call.args[-1]):
            yield breach(source, call, "wrap what is not our own words in safe_tooltip()")


def _is_our_own_text(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _is_our_own_text(node.body) and _is_our_own_text(node.orelse)
    made_safe = isinstance(node, ast.Call) and last_name(node.func) in {
        "safe_tooltip",
        "tr",
    }
    return made_safe or isinstance(node, ast.Constant)


def platforms_differ_by_manifest(source: Source) -> Iterator[Breach]:
    """Nothing asks which platform it has, but the platforms and the simulator of them."""
    if not source.under("core", "desktop") or source.under(*KNOW_PLATFORMS):
        return
    for node in source.nodes():
        subject = node.left if isinstance(node, ast.Compare) else None
        if isinstance(node, ast.Match):
            subject = node.subject
        if subject is None or last_name(subject) != "platform":
            continue
        if dotted(subject) == "sys.platform":
            continue
        others = node.comparators if isinstance(node, ast.Compare) else [subject]
        if isinstance(node, ast.Match) or any(map(_names_a_platform, others)):
            yield breach(source, node, "a difference of platforms is a manifest field")


def _names_a_platform(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple | ast.Set | ast.List):
        return any(map(_names_a_platform, node.elts))
    text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return text or dotted(node).startswith("PlatformName.")


def sends_from_one_place(source: Source) -> Iterator[Breach]:
    if not source.under("core", "desktop") or source.under(
        "core/actions/deliver.py", "core/platforms"
    ):
        return
    for call in source.calls():
        receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
        if (
            last_name(call.func) == "send"
            and receiver
            and last_name(receiver) == "platform"
        ):
            yield breach(source, call, "only core/actions/deliver.py sends")


def threads_are_crossed_in_the_bridge(source: Source) -> Iterator[Breach]:
    if not source.under("desktop") or source.under("desktop/bridge"):
        return
    for node in source.nodes():
        if isinstance(node, ast.Name | ast.Attribute) and last_name(node) in {
            "QThread",
            "call_soon_threadsafe",
            "run_coroutine_threadsafe",
        }:
            yield breach(source, node, "desktop/bridge crosses threads")


def libraries_have_one_home(source: Source) -> Iterator[Breach]:
    if not source.under("core", "desktop"):
        return
    for node in source.nodes():
        modules = (
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        )
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module]
        for module in modules:
            homes = LIBRARY_HOMES.get(module.split(".")[0])
            if homes and not source.under(*homes):
                yield breach(source, node, f"{module} is at home in {homes[0]}")


def the_domain_never_waits(source: Source) -> Iterator[Breach]:
    if not source.under("core/domain"):
        return
    for node in source.nodes():
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            yield breach(source, node, "the domain is pure: nothing is awaited here")


def values_are_frozen(source: Source) -> Iterator[Breach]:
    if not source.under("core/domain", "core/queries"):
        return
    for node in source.nodes():
        if isinstance(node, ast.ClassDef):
            for mark in node.decorator_list:
                called = mark.func if isinstance(mark, ast.Call) else mark
                flags = (
                    {k.arg for k in mark.keywords} if isinstance(mark, ast.Call) else set()
                )
                if last_name(called) == "dataclass" and not flags >= _VALUE_FLAGS:
                    yield breach(source, node, "a value is frozen, slotted, keyword-only")


def tests_wait_for_events(source: Source) -> Iterator[Breach]:
    # Who kills processes or measures them waits by the clock: that is the subject there.
    if not source.under("tests") or source.under("tests/bench", "tests/crash"):
        return
    for call in source.calls():
        yields_only = bool(call.args) and (
            isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
        )
        if dotted(call.func) in _WAITS and not yields_only:
            yield breach(source, call, "wait for the event, not for the clock")


RULES = (
    short_file,
    named_after_an_idea,
    sql_is_a_constant_of_its_module,
    styled_in_one_place,
    labels_show_plain_text,
    tooltips_show_plain_text,
    platforms_differ_by_manifest,
    sends_from_one_place,
    threads_are_crossed_in_the_bridge,
    libraries_have_one_home,
    the_domain_never_waits,
    values_are_frozen,
    tests_wait_for_events,
)
