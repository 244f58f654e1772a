"""The workflow type of the group that exists only in the tests, where the sandbox can load it."""

from workflows.groups import workflow_for

MarriageGroup = workflow_for("marriage", "MarriageGroup", module=__name__)
