"""Recognise a wish for a person, or a complaint, in words that no pattern foresees.

Each sort has a few example sentences. A message is compared with them by meaning and by
letters, and with ordinary questions too: the embedder finds any two French sentences
alike, so only being *nearer* to a complaint than to a question says something.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import mul

from core.assistant.words import dice
from core.knowledge.language import unaccented
from core.llm.base import Embedder


class Seed(StrEnum):
    """What an example is an example of."""

    HUMAN = "human"
    COMPLAINT = "complaint"
    ORDINARY = "ordinary"


SURE = 0.2
"""How much nearer than to any ordinary question. Of 45 hand-over requests in three
languages it finds 14 that no pattern does, and takes none of 250 questions for one."""
LETTERS = 0.5
"""The weight of shared letters beside that of shared meaning."""
_READ_CHARS = 400

EXAMPLES: Mapping[Seed, tuple[str, ...]] = {
    Seed.HUMAN: (
        "Je préférerais échanger avec une personne de chez vous",
        "Pouvez-vous me passer un collègue ?",
        "J'en ai assez des réponses automatiques",
        "Est-ce que quelqu'un peut me joindre par téléphone ?",
        "Je ne veux pas discuter avec une machine",
        "Quel numéro appeler pour avoir un conseiller ?",
        "I would rather deal with a person than with a machine",
        "Can someone phone me about this?",
        "Hand me over to one of your colleagues",
        "Stop the automatic replies, let me have an employee",
        "Who can I ring to talk about it?",
        "Get me the person in charge",
        "Prefiero que me atienda una persona",
        "Páseme con un compañero, por favor",
        "Basta de respuestas automáticas, quiero un empleado",
        "¿Me puede llamar alguien del equipo?",
    ),
    Seed.COMPLAINT: (
        "Je suis vraiment mécontent de ma commande",
        "C'est du vol, rendez-moi mon argent",
        "Très mauvaise expérience, je vais laisser un avis négatif",
        "La moitié de mes articles n'était pas dans le carton",
        "Je saisirai la justice si vous ne faites rien",
        "Votre employé m'a très mal parlé",
        "J'attends un geste commercial après un tel service",
        "I am not happy with what I received",
        "This is theft, give my money back",
        "I will leave a bad review everywhere",
        "Half of the items were not in the box",
        "My solicitor will contact you",
        "Your employee spoke to me very badly",
        "I expect some compensation for this poor service",
        "No estoy nada contento con mi pedido",
        "Es un robo, devuélvanme el dinero",
        "Voy a poner una reclamación",
        "Llevo semanas esperando y nadie hace nada",
    ),
    Seed.ORDINARY: (
        "Quels sont vos horaires d'ouverture ?",
        "Combien coûte la livraison ?",
        "Est-ce que vous vendez des cartes cadeaux ?",
        "Comment passer une commande en ligne ?",
        "Je voudrais réserver pour quatre personnes samedi",
        "Puis-je retourner un article qui ne me convient pas ?",
        "Où en est mon colis ?",
        "Merci pour votre réponse, bonne journée",
        "Quel produit me conseillez-vous ?",
        "Avez-vous une allergie à signaler dans ce plat ?",
        "Est-ce que vous recrutez en ce moment ?",
        "When are you open?",
        "How much is shipping?",
        "Do you sell gift cards?",
        "How do I place an order online?",
        "I would like to book for four people on Saturday",
        "Can I return something that does not suit me?",
        "Where is my parcel?",
        "Thanks for your answer, have a nice day",
        "Which product would you recommend?",
        "Great product, I love it",
        "Are you hiring at the moment?",
        "¿Cuál es su horario?",
        "¿Cuánto cuesta el envío?",
        "¿Dónde está mi paquete?",
        "¿Puedo devolver un artículo?",
        "¿Aceptan tarjeta?",
        "Quiero reservar una mesa para dos",
    ),
}


@dataclass(frozen=True, slots=True)
class _Planted:
    letters: str
    vector: Sequence[float]


class Seeds:
    """The examples with their vectors, made at the first message and kept."""

    def __init__(self, embedder: Embedder) -> None:
        """Remember the embedder; nothing is embedded yet."""
        self._embedder = embedder
        self._lock = asyncio.Lock()
        self._planted: dict[Seed, list[_Planted]] = {}

    async def leaning(self, text: str) -> dict[Seed, float]:
        """Return how much nearer `text` is to each sort than to ordinary questions.

        Raises:
            ModelDown: the embedder does not answer.
        """
        async with self._lock:
            if not self._planted:
                self._planted = await self._plant()
        words = text[:_READ_CHARS]
        (vector,) = await self._embedder.embed([words])
        letters = unaccented(words)
        near = {
            sort: max(
                _dot(vector, one.vector) + LETTERS * dice(letters, one.letters)
                for one in ones
            )
            for sort, ones in self._planted.items()
        }
        return {
            sort: near[sort] - near[Seed.ORDINARY] for sort in (Seed.HUMAN, Seed.COMPLAINT)
        }

    async def _plant(self) -> dict[Seed, list[_Planted]]:
        planted = {}
        for sort, texts in EXAMPLES.items():
            vectors = await self._embedder.embed(texts)
            planted[sort] = [
                _Planted(unaccented(text), vector)
                for text, vector in zip(texts, vectors, strict=True)
            ]
        return planted


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    cosine: float = sum(map(mul, one, other))
    return cosine
