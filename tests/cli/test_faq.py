"""`faq` on a real home: what is printed, and what becomes of the entries."""

import csv
import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.cli.conftest import Call


@pytest.fixture
def added(call: Call) -> dict[str, Any]:
    """The one entry of the inbox, as `faq list` has it."""
    for one in call("faq", "list", "--json").json:
        call("faq", "remove", one["id"])
    call(
        "faq", "add", "Do you grind?", "Yes, for any machine.", "--phrasing",
        "Can I have it ground?", "--category", "coffee", "--lang", "en",
    )  # fmt: skip
    entry: dict[str, Any] = _only(call)
    return entry


def _only(call: Call) -> Any:
    (entry,) = call("faq", "list", "--json").json
    return entry


def test_only_what_is_named_is_changed(call: Call, added: dict[str, Any]) -> None:
    said = call("faq", "change", added["id"], "--answer", "Yes, for any pot.", "--json")
    assert said.json == {"faq_id": added["id"], "near_duplicates": []}
    assert _only(call) == {**added, "answer": "Yes, for any pot."}


def test_everything_of_an_entry_can_be_changed(call: Call, added: dict[str, Any]) -> None:
    said = call(
        "faq", "change", added["id"], "--question", "Moulez-vous ?", "--answer", "Oui.",
        "--category", "", "--lang", "fr", "--phrasing", "moudre", "--phrasing", "mouture",
    )  # fmt: skip
    assert said.out == f"Changed {added['id']}.\n"
    assert _only(call) == {
        "id": added["id"],
        "question": "Moulez-vous ?",
        "answer": "Oui.",
        "category": None,
        "lang_code": "fr",
        "phrasings": ["moudre", "mouture"],
        "enabled": True,
    }
    call("faq", "change", added["id"], "--phrasing", "")
    assert _only(call)["phrasings"] == []


def test_an_entry_that_is_switched_off_says_so_and_answers_nothing(
    call: Call, added: dict[str, Any]
) -> None:
    entry = added["id"]
    assert call("faq", "disable", entry, "--json").json == {"disabled": entry}
    assert _only(call)["enabled"] is False
    assert "(off)" in call("faq", "list").out
    assert call("kb", "search", "Do you grind?", "--json").json == []

    assert call("faq", "enable", entry).out == "Enabled.\n"
    (hit,) = call("kb", "search", "Do you grind?", "--json").json
    assert hit["quote"] == added["answer"]


def test_an_entry_that_asks_nearly_the_same_is_added_with_a_warning(
    call: Call, added: dict[str, Any]
) -> None:
    said = call("faq", "add", "Can I have it ground here?", "Yes.", "--lang", "en")
    assert said.code == 0
    assert said.err == (f"Warning: “Do you grind?” asks nearly the same ({added['id']}).\n")
    assert said.out.startswith("Added ")
    assert len(call("faq", "list", "--json").json) == 2


def test_a_program_reads_the_warning_as_json(call: Call, added: dict[str, Any]) -> None:
    said = call("faq", "add", "can i have it GROUND", "Yes.", "--lang", "en", "--json").json
    assert said["near_duplicates"] == [
        {"faq_id": added["id"], "question": "Do you grind?", "likeness": 1.0}
    ]
    changed = call("faq", "change", said["faq_id"], "--question", "Do you roast?", "--json")
    assert changed.json["near_duplicates"] == []


def test_replacing_an_entry_is_no_duplicate(call: Call, added: dict[str, Any]) -> None:
    said = call("faq", "add", "do you grind", "No.", "--lang", "en", "--json")
    assert said.json == {"faq_id": added["id"], "near_duplicates": []}
    assert said.err == ""
    assert _only(call)["answer"] == "No."


@pytest.mark.parametrize("command", ["change", "enable", "disable", "remove"])
def test_an_entry_that_is_not_there_is_one_line(call: Call, command: str) -> None:
    said = call("faq", command, uuid4(), "--json")
    assert (said.code, said.out) == (1, "")
    assert said.err == "Error: This entry has been removed.\n"


def test_a_change_to_nothing_or_to_what_another_asks_is_refused(
    call: Call, added: dict[str, Any]
) -> None:
    call("faq", "add", "Do you roast?", "Yes.", "--lang", "en")
    for wish, why in ((" ", "question and an answer"), ("do you ROAST", "asks the same")):
        said = call("faq", "change", added["id"], "--question", wish)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
        assert why in said.err


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("question,reply\nTea?,Yes\n", "no column “answer”"),
        ("question;answer\nTea?;Yes\nCoffee?;\n", "(line 3)"),
        ('question,answer\nTea?,"Yes\n', "(line 2)"),
    ],
)
def test_a_bad_table_is_one_line_and_changes_nothing(
    call: Call, added: dict[str, Any], tmp_path: Path, table: str, why: str
) -> None:
    file = tmp_path / "faq.csv"
    file.write_text(table)
    said = call("faq", "import", file, "--json")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert why in said.err
    assert _only(call) == added


def test_a_table_of_a_european_spreadsheet_comes_back_as_ours(
    call: Call, added: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "faq.csv"
    rows = "Question;Answer;Phrasings\r\nOù êtes-vous ?;- À la gare ; quai 3;où|adresse\r\n"
    file.write_bytes(
        rows.replace("- À la gare ; quai 3", '"- À la gare ; quai 3"').encode("cp1252")
    )

    assert call("faq", "import", file, "--json").json == {"added": 1, "replaced": 0}
    exported = call("faq", "export").out
    file.write_text(exported, encoding="utf-16")
    assert call("faq", "import", file, "--json").json == {"added": 0, "replaced": 2}

    assert call("faq", "export").out == exported
    table = {row["question"]: row for row in csv.DictReader(io.StringIO(exported))}
    assert table["Où êtes-vous ?"]["answer"] == "'- À la gare ; quai 3"
    assert table["Où êtes-vous ?"]["phrasings"] == "adresse|où"
    stored = {one["question"]: one for one in call("faq", "list", "--json").json}
    assert stored["Où êtes-vous ?"]["answer"] == "- À la gare ; quai 3"
    assert stored[added["question"]] == added
