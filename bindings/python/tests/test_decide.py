"""One dossier: what may be given, what comes back, what is to be corrected."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import conforme
import pytest
from conforme import Amount, Due, Outcome
from conftest import ON, POLICIES

def test_a_decision_is_typed(ess: conforme.Policy, favourable: dict[str, Any]) -> None:
    decision = ess.decide(favourable)
    assert decision.outcome is Outcome.FAVOURABLE
    assert (decision.name, decision.examined_on) == ("ESS Cardiologie des Landes", date(2025, 10, 1))
    assert decision.item("seuil d'adhésion").status == "met"
    assert decision.amounts["crédit d'amorçage"] == Amount(Decimal("80000.00"), Decimal("80000.00"), "EUR")
    assert decision.amounts["crédit d'amorçage"].value == Decimal(80000)
    assert decision.amounts["dotation annuelle"].value is None
    assert decision.item("dépôt du projet de santé").due == Due(date(2025, 9, 10), date(2025, 9, 10))
    assert "FAVORABLE" in decision.text()
    assert "FAVOURABLE" in decision.text(lang="en").upper()
    assert max(map(len, decision.text(width=60).splitlines())) <= 60
    assert decision.markdown().startswith("#")
    assert repr(decision) == "<Decision ESS Cardiologie des Landes : favourable>"


def test_what_is_missing_is_said(ess: conforme.Policy, favourable: dict[str, Any]) -> None:
    del favourable["territoire"]["médecins"]
    decision = ess.decide(favourable)
    assert decision.outcome is Outcome.INCOMPLETE
    [missing] = [missing for missing in decision.missing if missing.decisive]
    assert missing.path == "territoire.médecins"
    favourable["territoire"]["médecins"] = None
    assert ess.decide(favourable).outcome is Outcome.INCOMPLETE


def test_an_item_that_is_not_there_is_told_with_those_that_are(
    ess: conforme.Policy, favourable: dict[str, Any]
) -> None:
    with pytest.raises(KeyError, match="attendu : .*« seuil d'adhésion »"):
        ess.decide(favourable).item("seuil")


@pytest.mark.parametrize(
    ("revenu", "least"),
    [
        (Decimal("0.3"), Decimal("0.10")),
        (0.3, Decimal("0.10")),
        (3, Decimal("1.00")),
        (3.0, Decimal("1.00")),
        ("3 €", Decimal("1.00")),
        (Decimal("3E+3"), Decimal("1000.00")),
        (1, Decimal("0.33")),
        (3 * 10**24 + 3, Decimal(10**24 + 1)),
        (Decimal("0.15"), Decimal("0.05")),
    ],
)
def test_numbers_stay_exact(aid: conforme.Policy, revenu: Any, least: Decimal) -> None:
    assert aid.decide({"revenu": revenu}).amounts["aide"].value == least


@pytest.mark.parametrize("given", [0.1 + 0.2, float("nan"), float("inf"), 1e-7])
def test_a_float_that_is_no_amount_is_sent_back(aid: conforme.Policy, given: float) -> None:
    with pytest.raises(conforme.DossierError, match="revenu"):
        aid.decide({"revenu": given})


@pytest.mark.parametrize(
    "given", [date(2025, 2, 3), datetime(2025, 2, 3), "2025-02-03", "03/02/2025", "3 février 2025"]
)
def test_dates_are_days(aid: conforme.Policy, given: Any) -> None:
    assert aid.decide({"déposée le": given}).item("réponse").due == Due(date(2025, 4, 3), date(2025, 4, 3))


def test_a_moment_is_no_day(aid: conforme.Policy) -> None:
    with pytest.raises(conforme.DossierError, match="déposée le"):
        aid.decide({"déposée le": datetime(2025, 2, 3, 8, 30)})


def test_results_are_exact(aid: conforme.Policy) -> None:
    assert aid.decide({"parts": 2}).item("quotient").value == Fraction(2, 3)
    assert aid.decide({"parts": 6}).item("quotient").value == 2


def test_any_mapping_and_any_sequence_will_do(ess: conforme.Policy, favourable: dict[str, Any]) -> None:
    given = MappingProxyType({**favourable, "adhérents": tuple(map(MappingProxyType, favourable["adhérents"]))})
    assert ess.decide(given).outcome is Outcome.FAVOURABLE
    flat = {**favourable, **{f"territoire.{key}": value for key, value in favourable["territoire"].items()}}
    del flat["territoire"]
    assert ess.decide(flat).outcome is Outcome.FAVOURABLE


def test_text_and_bytes_are_dossiers(ess: conforme.Policy) -> None:
    path = POLICIES / "ess" / "cases" / "01-favorable.yaml"
    text = path.read_text(encoding="utf-8")
    decisions = [ess.decide(given) for given in (text, text.encode(), bytearray(text.encode()), path)]
    assert {decision.outcome for decision in decisions} == {Outcome.FAVOURABLE}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"couleur": {1, 2}}, "lu : set"),
        ({1: "rouge"}, "le nom d'une réponse est un texte ; lu : int"),
        ({"couleur": object()}, "lu : object"),
    ],
)
def test_what_is_no_answer_is_told_by_its_type(aid: conforme.Policy, given: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        aid.decide(given)


def test_a_list_within_itself_ends(aid: conforme.Policy) -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(TypeError, match="imbriquées"):
        aid.decide({"couleur": endless})


def test_what_is_to_be_corrected_is_told_in_full(ess: conforme.Policy, favourable: dict[str, Any]) -> None:
    favourable["territoire"]["médecins"] = "trente"
    favourable["spécialité médicale"] = "cardiologie"
    with pytest.raises(conforme.DossierError) as caught:
        ess.decide(favourable)
    error = caught.value
    assert "2 réponses à corriger" in str(error)
    assert {one.severity for one in error.diagnostics} == {"error"}
    number = next(one for one in error.diagnostics if "médecins" in one.message)
    assert number.places[0].line > 1
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.diagnostics) == (str(error), error.diagnostics)


def test_the_day_may_be_given(ess: conforme.Policy, favourable: dict[str, Any]) -> None:
    assert ess.decide(favourable, on=date(2025, 11, 2)).examined_on == date(2025, 11, 2)
    assert ess.decide(favourable, on=ON).examined_on == date(2025, 10, 1)
    del favourable["examiné le"]
    assert ess.decide(favourable).examined_on == date.today()
    with pytest.raises(ValueError, match="attendu une date ; lu « hier »"):
        ess.decide(favourable, on="hier")


def test_readings_may_be_retained(ess: conforme.Policy) -> None:
    path = POLICIES / "ess" / "cases" / "05-la-lecture-decide.yaml"
    assert ess.decide(path).outcome is Outcome.DEPENDS_ON_READING
    assert ess.decide(path, readings={"base du seuil": "libéraux"}).outcome is Outcome.FAVOURABLE
    assert ess.decide(path, readings={"base du seuil": "tous"}).outcome is Outcome.UNFAVOURABLE
    with pytest.raises(conforme.PolicyError, match="vouliez-vous dire « base du seuil »"):
        ess.decide(path, readings={"base du seul": "tous"})


def test_a_policy_goes_to_other_processes(ess: conforme.Policy, favourable: dict[str, Any]) -> None:
    again = pickle.loads(pickle.dumps(ess))
    assert (again.id, again.title) == (ess.id, ess.title)
    assert again.decide(favourable).json() == ess.decide(favourable).json()


def test_a_schema_lists_the_questions(ess: conforme.Policy) -> None:
    assert "territoire" in ess.schema(ON)["properties"]
