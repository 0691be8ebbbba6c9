"""What a message is, in French, English and Spanish, before anybody looks for an answer."""

import pytest

from core.assistant import reading, signals, triage
from core.assistant.seeds import Seed, Seeds
from core.assistant.triage import Sort
from core.domain.message import MessageType
from core.llm.base import Embedder
from tests.assistant.cases import case, wordless


@pytest.mark.parametrize(
    "text",
    [
        "Je veux parler à quelqu'un de l'équipe",
        "Passez-moi un responsable svp",
        "je ne veux pas d'un bot, un humain svp",
        "Can I talk to a human being?",
        "put me through to your manager please",
        "Is this a bot?",
        "Quiero hablar con una persona real",
        "¿Me pueden llamar? Quiero hablar con el encargado",
    ],
)
def test_a_wish_for_a_person_is_heard(text: str) -> None:
    assert _sorted(text) is Sort.WANTS_HUMAN


@pytest.mark.parametrize(
    "text",
    [
        "C'est une honte, votre service est lamentable",
        "Très déçue, il manque un paquet",
        "VOUS AVEZ DÉBITÉ DEUX FOIS MA CARTE",
        "This is a scam, I want my money back",
        "still nothing after two weeks, nobody answers my emails",
        "Worst coffee of my life",
        "Es una estafa, nadie responde",
        "Thanks for nothing, this is unacceptable",
        "Merci, mais c'est inadmissible d'attendre autant",
    ],
)
def test_a_complaint_is_heard_behind_any_politeness(text: str) -> None:
    assert _sorted(text) is Sort.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "Gagnez 2 000 € par mois sans bouger, cliquez sur https://argent.example",
        "Boostez votre visibilité, 5000 abonnés garantis, www.boost.example",
        "Earn $500 daily with crypto, join our group http://coins.example",
        "Congratulations, you were selected! Claim your prize at http://prize.example",
    ],
)
def test_an_advertisement_is_seen_as_one(text: str) -> None:
    assert _sorted(text) is Sort.ADVERTISEMENT


@pytest.mark.parametrize(
    "text",
    ["Merci !", "ok parfait merci", "Bonjour", "👍", "❤️❤️", "Thanks a lot!", "see you soon",
     "Merci pour les croissants, un régal", "muchas gracias", "...", "Thank you for the lovely morning"],
)  # fmt: skip
def test_a_courtesy_wants_no_answer(text: str) -> None:
    assert _sorted(text) is Sort.COURTESY


@pytest.mark.parametrize(
    "text",
    [
        "Merci ! Et vous ouvrez quand ?",
        "thanks, do you also sell filters?",
        "Bonjour, avez-vous des moulins",
        "Super merci, il me faudrait aussi une facture",
        "Is this the right page https://cafe.example/menu for the menu?",
        "How much credit is left on my gift card?",
        "Can a colleague of mine collect the parcel?",
        "Comment obtenir un remboursement ?",
        "Quels sont les délais en cas de retard ?",
    ],
)
def test_a_question_wins_over_thanks_greetings_and_links(text: str) -> None:
    assert _sorted(text) is Sort.QUESTION


def test_an_advertisement_that_speaks_of_advisers_asks_for_nobody() -> None:
    text = "Prêt rapide sans justificatif, 50 000 €, parler à un conseiller : http://pret.example"
    assert _sorted(text) is Sort.ADVERTISEMENT


@pytest.mark.parametrize(
    ("types", "sort"),
    [
        ((MessageType.STICKER,), Sort.COURTESY),
        ((MessageType.IMAGE,), Sort.NEEDS_EYES),
        ((MessageType.STICKER, MessageType.AUDIO), Sort.NEEDS_EYES),
        ((MessageType.UNSUPPORTED,), Sort.UNREADABLE),
        ((), Sort.UNREADABLE),
    ],
)
def test_what_has_no_words_is_sorted_by_its_type(
    types: tuple[MessageType, ...], sort: Sort
) -> None:
    asked = wordless(*types)
    nothing = signals.read("")
    assert triage.sort_message(reading.read(asked), nothing, {}, types).sort is sort


@pytest.mark.parametrize(
    ("text", "seed"),
    [
        ("J'aimerais mieux qu'une vraie personne s'occupe de moi", Seed.HUMAN),
        ("I would prefer dealing with one of your colleagues", Seed.HUMAN),
        ("Not happy at all with the things I received", Seed.COMPLAINT),
        ("Je vais laisser un avis très négatif", Seed.COMPLAINT),
    ],
)
async def test_examples_catch_what_no_pattern_foresees(
    text: str, seed: Seed, embedder: Embedder
) -> None:
    leaning = await Seeds(embedder).leaning(text)
    assert max(leaning, key=lambda one: leaning[one]) is seed
    assert _sorted(text, leaning) in {Sort.WANTS_HUMAN, Sort.COMPLAINT}


def _sorted(text: str, leaning: dict[Seed, float] | None = None) -> Sort:
    read, seen = reading.read(case(text)), signals.read(text)
    return triage.sort_message(read, seen, leaning or {}, (MessageType.TEXT,)).sort
