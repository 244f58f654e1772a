"""One workflow type per group of linked procedures, visible as such in the Temporal UI."""

from inspect import Parameter, Signature
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue, VersioningBehavior

from models.base import GroupId
from models.status import CaseStatus
from workflows.engine import LinkedCase

WORKFLOW_NAME = {GroupId("birth"): "BirthGroup"}
"""The list of groups; a further group is a further line."""


def workflow_for(group: GroupId, name: str) -> type[LinkedCase]:
    """Make the workflow type of a group.

    Its signature promises one raw value, so that the SDK decodes nothing for us, while the functions
    take any number of arguments: a start with none or with two must be told so, and a mismatch
    raised by the SDK would be retried for ever.
    """

    def __init__(self: LinkedCase, *arguments: object) -> None:  # noqa: N807 -- becomes the class's
        LinkedCase.__init__(self, group, arguments)

    async def run(self: LinkedCase, *arguments: object) -> CaseStatus:  # noqa: ARG001 -- init has them
        return await self.carry()

    for function in (__init__, run):
        function.__qualname__ = f"{name}.{function.__name__}"
        function.__signature__ = _ONE_RAW_VALUE  # type: ignore[attr-defined]
        function.__annotations__["declaration"] = RawValue
    members: dict[str, Any] = {  # Any: a class body holds anything
        "__module__": __name__,
        "__qualname__": name,
        "__doc__": f"A case of the group `{group}`.",
        "__init__": workflow.init(__init__),
        "run": workflow.run(run),
    }
    cls = type(name, (LinkedCase,), members)
    return workflow.defn(name=name, versioning_behavior=VersioningBehavior.AUTO_UPGRADE)(cls)


_ONE_RAW_VALUE = Signature(
    [
        Parameter("self", Parameter.POSITIONAL_OR_KEYWORD),
        Parameter("declaration", Parameter.POSITIONAL_OR_KEYWORD, annotation=RawValue),
    ]
)

WORKFLOWS = [workflow_for(group, name) for group, name in WORKFLOW_NAME.items()]
