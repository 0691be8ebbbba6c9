import csv
import io
import json
from pathlib import Path
from uuid import UUID

import pytest

from tests.cli.conftest import Call

HIT = {
    "document_id",
    "title",
    "name",
    "chunk_index",
    "score",
    "quote",
    "start_char",
    "end_char",
    "lang",
}
HOURS = "# Opening hours\n\nWe open at nine on weekdays and at ten on Sundays.\n"
SHIPPING = "# Shipping\n\nA parcel to Belgium costs eight euros and takes three days.\n"


@pytest.fixture
def taught(call: Call, tmp_path: Path) -> None:
    """Two documents in the knowledge base."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "hours.md").write_text(HOURS)
    (folder / "shipping.md").write_text(SHIPPING)
    added = call("kb", "add", folder, "--json").json
    assert {one["status"] for one in added} == {"indexed"}


@pytest.mark.usefixtures("taught")
def test_documents_are_added_and_listed(call: Call) -> None:
    found = call("kb", "list", "--json").json
    assert [one["name"] for one in found] == ["hours.md", "shipping.md"]
    assert all(one["chunk_count"] >= 1 for one in found)
    assert len({UUID(one["id"]) for one in found}) == 2
    assert "hours.md" in call("kb", "list").out


@pytest.mark.usefixtures("taught")
def test_adding_a_file_again_replaces_it(call: Call, tmp_path: Path) -> None:
    (tmp_path / "hours.md").write_text(HOURS.replace("nine", "eight"))
    call("kb", "add", tmp_path / "hours.md")
    assert len(call("kb", "list", "--json").json) == 2
    (hit, *_) = call("kb", "search", "When do you open?", "--json").json
    assert "eight" in hit["quote"]


@pytest.mark.usefixtures("taught")
def test_a_search_gives_passages_best_first_in_the_promised_shape(call: Call) -> None:
    found = call("kb", "search", "When do you open on Sunday?", "-k", "2", "--json").json
    assert [hit["name"] for hit in found] == ["hours.md", "shipping.md"]
    assert all(hit.keys() == HIT for hit in found)
    assert found[0]["score"] >= found[1]["score"]
    document = call("kb", "show", found[0]["document_id"], "--json").json
    quoted = document["content"][found[0]["start_char"] : found[0]["end_char"]]
    assert quoted == found[0]["quote"]


@pytest.mark.usefixtures("taught")
def test_many_searches_print_a_line_each_with_its_id(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text(
        '{"id": "q1", "text": "When do you open?"}\n'
        '{"id": 2, "text": "Combien coûte la livraison en Belgique ?", "lang": "fr"}\n'
        '{"id": "q3", "text": "opening hours"}\n'
    )
    lines = call("kb", "search", "--queries", file, "-k", "1").lines
    assert [line.keys() for line in lines] == [{"id", "results"}] * 3
    assert [line["id"] for line in lines] == ["q1", 2, "q3"]
    assert all(hit.keys() == HIT for line in lines for hit in line["results"])
    assert [line["results"][0]["name"] for line in lines] == [
        "hours.md",
        "shipping.md",
        "hours.md",
    ]
    single = call("kb", "search", "opening hours", "-k", "1", "--json").json
    assert lines[2]["results"] == single


def test_a_bad_line_is_told_before_anything_is_printed(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": 1, "text": "hours"}\n{"id": 2}\n')
    said = call("kb", "search", "--queries", file)
    assert (said.code, said.out) == (1, "")
    assert "Line 2 of queries.jsonl" in said.err


@pytest.mark.usefixtures("taught")
def test_a_question_is_answered_with_the_documents_own_words(call: Call) -> None:
    answer = call("kb", "ask", "When do you open on Sunday?", "--json").json
    (citation,) = answer["citations"]
    assert citation["name"] == "hours.md"
    assert answer["text"] in HOURS
    assert "ten on Sundays" in answer["text"]


@pytest.mark.usefixtures("taught")
def test_a_question_beyond_the_knowledge_is_not_answered(call: Call) -> None:
    answer = call("kb", "ask", "Who won the football match in Brazil?", "--json").json
    assert (answer["text"], answer["citations"]) == ("", [])


@pytest.mark.usefixtures("taught")
def test_a_removed_document_is_found_no_more(call: Call) -> None:
    document = call("kb", "list", "--json").json[0]
    call("kb", "remove", document["id"])
    found = call("kb", "search", "When do you open?", "--json").json
    assert document["name"] not in [hit["name"] for hit in found]
    assert call("kb", "show", document["id"]).code == 1


def test_entries_are_added_listed_and_removed(call: Call) -> None:
    added = call(
        "faq", "add", "Do you grind?", "Yes, for any machine.", "--phrasing",
        "Can I have it ground?", "--category", "coffee", "--lang", "en", "--json",
    ).json  # fmt: skip
    entry = next(
        one for one in call("faq", "list", "--json").json if one["id"] == added["faq_id"]
    )
    assert (entry["question"], entry["answer"]) == (
        "Do you grind?",
        "Yes, for any machine.",
    )
    assert call("faq", "remove", added["faq_id"]).code == 0
    left = [one["id"] for one in call("faq", "list", "--json").json]
    assert added["faq_id"] not in left


def test_exported_entries_can_be_imported_again(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_text(
        "question,answer,category,language,phrasings\n"
        'Do you roast?,"Yes, every Tuesday",coffee,en,Is it fresh?|When do you roast?\n'
        "=1+1?,Two,,en,\n"
    )
    first = call("faq", "import", file, "--json").json
    assert (first["added"], first["replaced"]) == (2, 0)
    exported = call("faq", "export").out
    rows = list(csv.reader(io.StringIO(exported)))
    assert rows[0] == ["question", "answer", "category", "language", "phrasings"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    file.write_text(exported)
    again = call("faq", "import", file, "--json").json
    assert (again["added"], again["replaced"]) == (0, 2)
    assert call("faq", "export").out == exported


def test_rules_are_set_from_a_file_and_shown(call: Call, tmp_path: Path) -> None:
    before = call("rules", "show", "--json").json["version"]
    file = tmp_path / "rules.json"
    file.write_text(
        json.dumps(
            {"instructions": "Be kind.", "ignore_examples": ["Win"], "threshold": 0.75}
        )
    )
    assert call("rules", "set", "--file", file, "--json").json["version"] == before + 1
    shown = call("rules", "show", "--json").json
    assert (shown["instructions"], shown["ignore_examples"]) == ("Be kind.", ["Win"])
    assert (shown["threshold"], shown["ai_control_enabled"]) == (0.75, True)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a JSON object"),
        ('{"instruction": "x"}', "unknown “instruction”"),
        ('{"instructions": 1}', "“instructions” is not a text"),
        ('{"ignore_examples": "Win"}', "“ignore_examples” is not a list of texts"),
        ('{"threshold": "0.8"}', "“threshold” is not a number"),
        ('{"threshold": 8}', "between 0 and 1"),
        ('{"ai_control_enabled": "no"}', "“ai_control_enabled” is not true or false"),
    ],
)
def test_rules_that_make_no_sense_are_refused(
    call: Call, tmp_path: Path, content: str, why: str
) -> None:
    file = tmp_path / "rules.json"
    file.write_text(content)
    said = call("rules", "set", "--file", file)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert why in said.err
