"""The pre-check: its own short workflow, which files nothing and starts no clock."""

from temporalio import workflow
from temporalio.common import RawValue

from activities.prechecks import PrecheckActivities
from models.entitlements.prechecks import PrecheckAnswer
from models.kernel.base import GroupId
from models.kernel.vocabulary import Fund
from workflows.runtime import options
from workflows.runtime.starts import submission_of

ADVISED = GroupId("death")
"""The group whose declarations can be checked before they are filed."""


@workflow.defn(name="Precheck")
class PrecheckWorkflow:
    """Takes a declaration as it arrives; a bad one is answered with every wrong field."""

    @workflow.init
    def __init__(self, declaration: RawValue) -> None:
        """Read the start without ever failing."""
        self._submission = submission_of(ADVISED, (declaration,))

    @workflow.run
    async def run(self, declaration: RawValue) -> PrecheckAnswer:  # noqa: ARG002 -- init has it
        """Ask the funds once each, and answer fund, amount, basis and cures."""
        config = options.own_store("Tra cứu quyền hưởng trước khi nộp")
        answer = await workflow.execute_activity_method(
            PrecheckActivities.assess, self._submission, **config
        )
        workflow.set_current_details(_card(answer))
        return answer


def _card(answer: PrecheckAnswer) -> str:
    """What an official sees: no name, no amount."""
    if answer.errors:
        wrong = "\n".join(f"- `{one.field}`: {one.message}" for one in answer.errors)
        return f"### Tờ khai có lỗi\n\n{wrong}"
    found = answer.fund.label if answer.fund is not Fund.NONE else "chưa thấy quỹ nào chi trả"
    reasons = ", ".join(one.reason_code for one in answer.would_refuse) or "không"
    return f"### Tra cứu trước khi nộp\n\n- **Quỹ:** {found}\n- **Lý do có thể từ chối:** {reasons}"
