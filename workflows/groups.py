"""One workflow type per group of linked procedures, visible as such in the Temporal UI."""

from models.base import GroupId
from workflows.types import workflow_for

BirthGroup = workflow_for("birth", "BirthGroup", module=__name__)
DeathGroup = workflow_for("death", "DeathGroup", module=__name__)

WORKFLOW_OF = {GroupId("birth"): "BirthGroup", GroupId("death"): "DeathGroup"}
"""Which workflow type carries a group; a further group is a line above and an entry here."""

WORKFLOWS = [BirthGroup, DeathGroup]
