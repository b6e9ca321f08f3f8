"""conforme: a rules engine for French law, from Python.

    import conforme

    policy = conforme.Policy.load("policies", id="ess")
    decision = policy.decide({"territoire": {"médecins": 60}, "adhérents": []})
    print(decision.outcome, decision.text())

One dossier (a ``dict``, a ``str`` or ``bytes`` in YAML or JSON, a ``Path``) gives a `Decision`; a table (a list of
``dict``, an Arrow table or batch, a pandas or a polars frame) gives the same table back, with what was decided.
"""

from ._decision import Amount, Decision, Due, Item, Missing, Outcome
from ._errors import ConformeError, Diagnostic, DossierError, Place, PolicyError
from ._policy import Policy
from ._tables import UnusedColumnWarning

__all__ = [
    "Amount",
    "ConformeError",
    "Decision",
    "Diagnostic",
    "DossierError",
    "Due",
    "Item",
    "Missing",
    "Outcome",
    "Place",
    "Policy",
    "PolicyError",
    "UnusedColumnWarning",
]
