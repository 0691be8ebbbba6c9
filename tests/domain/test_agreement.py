"""Whether a person agreed, told from what they did."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.agreement import Agreed, DraftEnd, Ground, Seen, judge
from core.domain.decision import Decision

SUGGESTED = (
    "Bonjour Nora,\nNous livrons partout en France. La livraison coûte 5,90 € et prend"
    " deux à trois jours ouvrés."
)
REPLY = Seen(
    decision=Decision.RESPOND,
    suggested=SUGGESTED,
    sources=("La livraison coûte 5,90 €, offerte dès 60 € d'achat.",),
    draft=DraftEnd.OPEN,
)
SILENCE = Seen(decision=Decision.IGNORE)
CALL = Seen(decision=Decision.ESCALATE)


def _edited(text: str) -> Seen:
    return replace(REPLY, draft=DraftEnd.EDITED, written=text)


def _instead(text: str) -> Seen:
    return replace(REPLY, draft=DraftEnd.SUPERSEDED, written=text)


CASES: list[tuple[str, Seen, Agreed, Ground]] = [
    (
        "approved",
        replace(REPLY, draft=DraftEnd.APPROVED, written=SUGGESTED),
        Agreed.YES,
        Ground.APPROVED,
    ),
    ("dismissed", replace(REPLY, draft=DraftEnd.DISMISSED), Agreed.NO, Ground.DISMISSED),
    ("still open", REPLY, Agreed.UNKNOWN, Ground.NOTHING_YET),
    (
        "customer wrote on",
        replace(REPLY, draft=DraftEnd.SUPERSEDED),
        Agreed.UNKNOWN,
        Ground.NOTHING_YET,
    ),
    (
        "signed",
        _edited(f"{SUGGESTED}\nBelle journée,\nMarc"),
        Agreed.YES,
        Ground.EDITED_LITTLE,
    ),
    (
        "another price",
        _edited(SUGGESTED.replace("5,90", "6,50")),
        Agreed.NO,
        Ground.EDITED_MUCH,
    ),
    (
        "another delay",
        _edited(SUGGESTED.replace("trois", "quatre")),
        Agreed.NO,
        Ground.EDITED_MUCH,
    ),
    (
        "a no for a yes",
        _edited(SUGGESTED.replace("Nous livrons", "Nous ne livrons pas")),
        Agreed.NO,
        Ground.EDITED_MUCH,
    ),
    (
        "another answer",
        _edited(
            "Bonjour Nora, désolé, nous ne livrons plus depuis mai, passez en boutique."
        ),
        Agreed.NO,
        Ground.EDITED_MUCH,
    ),
    (
        "same in own words",
        _instead("Oui, on livre partout en France pour 5,90 € !"),
        Agreed.YES,
        Ground.SAID_THE_SAME,
    ),
    (
        "from the same source",
        _instead("La livraison est offerte dès 60 €, sinon 5,90 €"),
        Agreed.YES,
        Ground.SAID_THE_SAME,
    ),
    (
        "other price in own words",
        _instead("Oui, on livre partout en France pour 7 €"),
        Agreed.NO,
        Ground.SAID_OTHERWISE,
    ),
    (
        "something else",
        _instead("Pouvez-vous m'envoyer votre adresse ?"),
        Agreed.NO,
        Ground.SAID_OTHERWISE,
    ),
    (
        "sent and left",
        replace(REPLY, draft=None, went_alone=True),
        Agreed.UNKNOWN,
        Ground.NOTHING_YET,
    ),
    (
        "sent and put right",
        replace(REPLY, draft=None, went_alone=True, written="Pardon, 6,50 €."),
        Agreed.NO,
        Ground.STOOD_IN,
    ),
    (
        "ignored and answered",
        replace(SILENCE, written="Nous avons bien reçu votre candidature."),
        Agreed.NO,
        Ground.ANSWERED,
    ),
    (
        "ignored and greeted",
        replace(SILENCE, written="Avec plaisir !"),
        Agreed.UNKNOWN,
        Ground.NOTHING_YET,
    ),
    ("ignored and closed", replace(SILENCE, closed=True), Agreed.YES, Ground.LEFT_ALONE),
    (
        "ignored and passed over",
        replace(SILENCE, written_later=True),
        Agreed.YES,
        Ground.LEFT_ALONE,
    ),
    ("ignored", SILENCE, Agreed.UNKNOWN, Ground.NOTHING_YET),
    ("called and answered", replace(CALL, written="Oui."), Agreed.YES, Ground.ANSWERED),
    (
        "called and given back",
        replace(CALL, given_back_after=timedelta(seconds=40)),
        Agreed.NO,
        Ground.GIVEN_BACK,
    ),
    (
        "called and resolved",
        replace(CALL, given_back_after=timedelta(hours=2)),
        Agreed.UNKNOWN,
        Ground.NOTHING_YET,
    ),
    ("called and closed", replace(CALL, closed=True), Agreed.NO, Ground.LEFT_ALONE),
    ("called", CALL, Agreed.UNKNOWN, Ground.NOTHING_YET),
]


@pytest.mark.parametrize(
    ("seen", "agreed", "ground"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_what_a_person_did_tells_whether_they_agreed(
    seen: Seen, agreed: Agreed, ground: Ground
) -> None:
    found = judge(seen)
    assert (found.agreed, found.ground) == (agreed, ground)


@pytest.mark.parametrize("seen", [case[1] for case in CASES])
def test_correction_outweighs_everything(seen: Seen) -> None:
    found = judge(replace(seen, corrected=True))
    assert (found.agreed, found.ground) == (Agreed.NO, Ground.CORRECTED)


def test_edit_says_how_much_was_changed() -> None:
    found = judge(_edited(SUGGESTED.replace("ouvrés", "ouvrables")))
    assert found.changed == pytest.approx(0.05, abs=0.03)
