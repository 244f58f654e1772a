"""One workflow type per group of linked procedures, visible as such in the Temporal UI."""

from workflows.types import workflow_for

BirthGroup = workflow_for("birth", "BirthGroup", module=__name__)

WORKFLOWS = [BirthGroup]
"""Every group; a further one is a line above and a name here."""
