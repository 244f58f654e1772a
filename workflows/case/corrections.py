"""What a correction says to an open case: it begins, it asks how dossiers stand, it has ended."""

from temporalio import workflow
from temporalio.common import RawValue

from codec.marks import CASES, audience_of, open_answer, sealed_with
from models.cases.archive import ArchivedDossier, archived, check_act
from models.cases.case import Case
from models.cases.requests import Accepted, CorrectCase, EndCorrection
from models.cases.transitions import corrections
from workflows.case.checks import reject_unopened
from workflows.case.updates import Updates
from workflows.runtime.updates import read, refuse_field, reject


class CaseCorrections(Updates):
    """The updates by which corrections speak to a case; nobody but a correction sends them."""

    @workflow.update
    async def correct(self, argument: RawValue) -> tuple[ArchivedDossier, ...]:
        """One of its acts is being corrected; answers the dossiers as they stood before.

        Told again it changes nothing, and answers how they stand then.
        """
        request = read(CorrectCase, argument)
        before = archived(self._case)
        if not _was_told(self._case, request):
            corrections.begin(self._case, request, workflow.now())
        return before

    @correct.validator
    def _may_correct(self, argument: RawValue) -> None:
        request = read(CorrectCase, argument)
        _check_speaker(argument)
        _check_open(self._case)
        if not _was_told(self._case, request):
            finding = check_act(request.act, archived(self._case))
            if finding is not None:
                reject(finding)

    @workflow.update
    async def end_correction(self, argument: RawValue) -> RawValue:
        """Everybody has acknowledged; said again it changes nothing."""
        request = read(EndCorrection, argument)
        if request.correction_id in self._case.corrections:
            corrections.end(self._case, request, workflow.now())
        return open_answer(Accepted(case_code=self._case.code, state=self._case.state))

    @end_correction.validator
    def _may_end_correction(self, argument: RawValue) -> None:
        read(EndCorrection, argument)
        _check_speaker(argument)
        _check_open(self._case)

    @workflow.query(name="booked")
    def archived(self) -> tuple[ArchivedDossier, ...]:
        """The dossiers with all that says who relied on which."""
        return archived(self._case)

    async def _until_corrected(self) -> None:
        """Nothing goes back to the citizen while an act of the case is being corrected."""
        if self._case.corrections:
            await workflow.wait_condition(lambda: not self._case.corrections)


def _was_told(case: Case, request: CorrectCase) -> bool:
    dossier = case.dossiers.get(request.act)
    return dossier is not None and request.correction_id in dossier.corrected_by


def _check_speaker(argument: RawValue) -> None:
    key_id = sealed_with(argument.payload)
    if key_id is None or audience_of(key_id) != CASES:
        refuse_field("", "not_yours", "Chỉ luồng cải chính của nhóm hồ sơ được gửi yêu cầu này.")


def _check_open(case: Case) -> None:
    if case.opening is None:
        reject_unopened()
    if case.closed_at is not None:
        refuse_field("", CLOSING, "Hồ sơ đang đóng.")


CLOSING = "closing"
"""The rule by which a case says that it will be closed in a moment."""
