"""The knowledge of a bicycle shop, in French and English, for the tests of retrieval."""

from uuid import uuid4

from core.domain.ids import DocumentId, FaqId

DOCUMENTS = {
    "horaires.md": """# Horaires d'ouverture

Du mardi au vendredi, l'atelier ouvre de 9 h à 18 h 30 sans interruption.
Le samedi, nous ouvrons de 10 h à 17 h.

L'atelier est fermé le dimanche et le lundi, et les deux premières semaines d'août.

## Dépôt d'un vélo

Hors des heures d'ouverture, laissez votre vélo dans le local de la cour : le code arrive
par message après votre réservation.
""",
    "tarifs.md": """# Tarifs de l'atelier

## Révisions

La révision de printemps coûte 35 € : freins, vitesses et pression des pneus.
La révision complète coûte 59,90 € et prend deux jours ouvrés. Elle comprend le nettoyage
de la transmission et le réglage du jeu de direction.

## Réparations courantes

- Crevaison, chambre à air comprise : 12 €
- Remplacement de la chaîne : 24,50 €, main-d'œuvre comprise
- Dévoilage d'une roue : 18 €
- Changement des patins de frein : 15 € par roue
""",
    "retours.md": """# Retours et remboursements

Un vélo ou un accessoire acheté chez nous peut être rendu pendant 14 jours, s'il n'a pas
roulé plus de cinq kilomètres. Gardez le ticket de caisse.

Le remboursement arrive sur la carte utilisée, au plus tard 10 jours après le retour.

Les casques ne sont pas repris une fois portés, pour des raisons d'hygiène et de sécurité.
""",
    "warranty.md": """# Warranty

The frame of every new bike is covered for five years against defects in welding and
material. Paint and scratches are not covered.

Electric parts have their own terms: the battery and the motor are covered for two years,
as long as the battery keeps at least 60 % of its capacity in our test.

To make a claim, bring the bike and the invoice. We answer within a week.
""",
    "rental.md": """# Renting a bike

A city bike is 16 euros a day, an electric bike 38 euros. Helmets and locks are included.

## Extras

- Child seat: 4 euros a day
- Panniers: 3 euros a day

## Deposit and returns

We hold a deposit of 150 euros on your card and release it when the bike comes back.
Bring the bike back before closing time; each late hour costs 8 euros.
""",
}

ENTRIES = {
    "Do you ship bikes to other countries?": (
        "Yes, boxed bikes go to Belgium, Germany and Spain within ten days. Elsewhere, ask us."
    ),
    "Prenez-vous les chèques-vacances ?": (
        "Oui, pour la location uniquement, en format papier ou Connect."
    ),
    "Réparez-vous les trottinettes électriques ?": (
        "Non, seulement les vélos, électriques ou non."
    ),
}


def fresh_document_id() -> DocumentId:
    """Return an id no other document has."""
    return DocumentId(uuid4())


def fresh_faq_id() -> FaqId:
    """Return an id no other entry has."""
    return FaqId(uuid4())
