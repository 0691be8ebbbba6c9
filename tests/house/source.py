"""What a rule looks at, and what it says when the rule is broken."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from typing_extensions import override

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A Python file, read once for all rules; `path` is relative to the checkout."""

    path: PurePosixPath
    text: str
    tree: ast.Module

    @classmethod
    def parse(cls, path: str, text: str) -> "Source":
        return cls(path=PurePosixPath(path), text=text, tree=ast.parse(text, path))

    def under(self, *folders: str) -> bool:
        """Tell whether the file is one of these, or lies below one of them."""
        return any(self.path.is_relative_to(folder) for folder in folders)

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in self.nodes() if isinstance(node, ast.Call))


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One place where a rule is broken; printed as editors like it."""

    path: PurePosixPath
    line: int
    why: str

    @override
    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.why}"


Rule = Callable[[Source], Iterator[Breach]]


def breach(source: Source, node: ast.AST, why: str) -> Breach:
    return Breach(path=source.path, line=getattr(node, "lineno", 1), why=why)


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for such an expression, an empty string for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (head := dotted(node.value)):
        return f"{head}.{node.attr}"
    return ""


def last_name(node: ast.AST) -> str:
    """Return the name that is called or read last: `c` for `a().b.c`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def python_files(*folders: str) -> list[Source]:
    """Read every Python file below these folders of the checkout."""
    return [
        Source.parse(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))
        for folder in folders
        for file in sorted((ROOT / folder).rglob("*.py"))
    ]
