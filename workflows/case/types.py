"""Making the workflow type of a group out of the engine."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RawValue

from models.cases.status import CaseStatus
from models.kernel.base import GroupId
from workflows.case.engine import LinkedCase

ONE_RAW_VALUE = Signature(
    [
        Parameter("self", Parameter.POSITIONAL_OR_KEYWORD),
        Parameter("declaration", Parameter.POSITIONAL_OR_KEYWORD, annotation=RawValue),
    ]
)


Function = TypeVar("Function", bound=Callable[..., Any])


def raw_start(function: Function) -> Function:
    """Promise one raw value, so that the SDK decodes nothing for us, and take any number."""
    function.__signature__ = ONE_RAW_VALUE  # type: ignore[attr-defined]
    function.__annotations__["declaration"] = RawValue
    return function


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
