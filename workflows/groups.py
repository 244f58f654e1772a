"""One workflow type per group of linked procedures, visible as such in the Temporal UI."""

from models.declarations.rules.kinds import DECLARATIONS
from workflows.case.types import workflow_for

WORKFLOWS = [
    workflow_for(group, kind.workflow, module=__name__) for group, kind in DECLARATIONS.items()
]
"""Made from the list of groups: a further group is a line there, and none here."""

globals().update({workflow.__name__: workflow for workflow in WORKFLOWS})
# The sandbox looks a workflow type up by module and name.
