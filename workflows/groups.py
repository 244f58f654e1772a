"""One workflow type per group of linked procedures, visible as such in the Temporal UI."""

from typing import Any

from temporalio import workflow

from models.cases.status import CaseStatus
from models.declarations.rules.kinds import DECLARATIONS
from models.kernel.base import GroupId
from workflows.case.engine import LinkedCase
from workflows.runtime.starts import raw_start


def workflow_for(group: str, name: str, *, module: str) -> type[LinkedCase]:
    """The workflow type of a group; assign it in `module` under its own name.

    Its signature promises one raw value, so that the SDK decodes nothing for us. The functions take
    any number: a start with none or with two must be told so, and a mismatch that the SDK raises
    would be retried for ever.
    """

    def __init__(self: LinkedCase, *arguments: object) -> None:  # noqa: N807 -- becomes the class's
        LinkedCase.__init__(self, GroupId(group), arguments)

    async def run(self: LinkedCase, *arguments: object) -> CaseStatus:  # noqa: ARG001 -- init has them
        return await self.carry()

    for function in (__init__, run):
        function.__module__, function.__qualname__ = module, f"{name}.{function.__name__}"
        raw_start(function)
    members: dict[str, Any] = {  # Any: a class body holds anything
        "__module__": module,
        "__qualname__": name,
        "__doc__": f"A case of the group `{group}`.",
        "__init__": workflow.init(__init__),
        "run": workflow.run(run),
    }
    cls = type(name, (LinkedCase,), members)
    return workflow.defn(name=name)(cls)


WORKFLOWS = [
    workflow_for(group, kind.workflow, module=__name__) for group, kind in DECLARATIONS.items()
]
"""Made from the list of groups: a further group is a line there, and none here."""

globals().update({workflow_type.__name__: workflow_type for workflow_type in WORKFLOWS})
# The sandbox looks a workflow type up by module and name.
