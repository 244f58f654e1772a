"""What earlier corrections have made of a case's dossiers, put over what its file says."""

from collections.abc import Iterable

from models.cases.archive import ArchivedDossier, downstream
from models.contracts.corrections import CorrectionKind
from models.kernel.base import Message, ProcedureId


class PastCorrection(Message):
    """A correction that is in force: the agency of the act has acknowledged it."""

    correction_id: str
    act: ProcedureId
    kind: CorrectionKind


def marked(
    dossiers: tuple[ArchivedDossier, ...], past: Iterable[PastCorrection]
) -> tuple[ArchivedDossier, ...]:
    """The dossiers with every correction of the past on them, oldest first."""
    for one in past:
        dossiers = _mark(dossiers, one)
    return dossiers


def _mark(
    dossiers: tuple[ArchivedDossier, ...], past: PastCorrection
) -> tuple[ArchivedDossier, ...]:
    resting = {one.procedure for one in downstream(past.act, dossiers)}
    revokes = past.kind is CorrectionKind.REVOKED
    return tuple(
        dossier.model_copy(
            update=_of_act(dossier, past, revokes=revokes)
            if dossier.procedure == past.act
            else _fallen(dossier, past)
            if revokes and dossier.procedure in resting
            else {}
        )
        for dossier in dossiers
    )


def _of_act(dossier: ArchivedDossier, past: PastCorrection, *, revokes: bool) -> dict[str, object]:
    known = dossier.corrected_by
    added = known if past.correction_id in known else (*known, past.correction_id)
    return {"corrected_by": added} | (_fallen(dossier, past) if revokes else {})


def _fallen(dossier: ArchivedDossier, past: PastCorrection) -> dict[str, object]:
    return {"revoked_by": dossier.revoked_by or past.correction_id}
