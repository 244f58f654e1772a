"""What an agency in memory does about corrections: each once, with the receipt it gave then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from models.contracts.corrections import CorrectionKind, CorrectionNotice, CorrectionReceipt
from models.contracts.dossiers import DossierAnswer, DossierRequest, Facts
from models.kernel.errors import BackendRefusedRequestError
from models.kernel.vocabulary import Outcome

REVOKED_BASE: Final = "DA_THU_HOI"
UNDONE: Final[Mapping[str, str]] = {"remove_residence": "restored"}
"""By procedure: the word for giving back what it took; all others are cancelled."""


@dataclass(kw_only=True)
class CorrectionBook:
    """The corrections one agency was told of, by what they are about and by their own id."""

    told: dict[tuple[str, str], tuple[CorrectionNotice, CorrectionReceipt]] = field(
        default_factory=dict
    )

    def again(self, about: str, notice: CorrectionNotice) -> CorrectionReceipt | None:
        """The receipt given before; None: this correction is new.

        Raises:
            BackendRefusedRequestError: it was told with other content.
        """
        known = self.told.get((about, notice.correction_id))
        if known is None:
            return None
        if known[0] != notice:
            raise BackendRefusedRequestError("tell of a correction: status 409")
        return known[1]

    def keep(
        self, about: str, notice: CorrectionNotice, effect: str, issued: Facts | None = None
    ) -> CorrectionReceipt:
        """Write down what was done about a correction."""
        receipt = CorrectionReceipt(
            acknowledged=True, at=notice.decided_at, effect=effect, issued=issued or {}
        )
        self.told[about, notice.correction_id] = (notice, receipt)
        return receipt

    def is_undone(self, about: str) -> bool:
        """Whether a revocation has already been carried out on it."""
        return any(
            notice.kind is CorrectionKind.REVOKED and receipt.effect != "none"
            for (key, _), (notice, receipt) in self.told.items()
            if key == about
        )


def effect_of(request: DossierRequest, answer: DossierAnswer, notice: CorrectionNotice) -> str:
    """What a correction does to one dossier that no revocation has undone yet."""
    is_own, revoked = request.procedure == notice.act, notice.kind is CorrectionKind.REVOKED
    if not is_own and not relies_on(request, notice.act):
        return "none"
    if answer.outcome is not Outcome.GRANTED:
        is_open = answer.outcome is not Outcome.REFUSED
        return "cancelled" if is_open and revoked and not is_own else "none"
    if is_own:
        return "revoked" if revoked else "corrected"
    return UNDONE.get(request.procedure, "cancelled") if revoked else "renewed"


def relies_on(request: DossierRequest, act: str) -> bool:
    """Whether a dossier was filed with what this act issued."""
    issued = request.evidence.get("issued")
    return isinstance(issued, dict) and act in issued
