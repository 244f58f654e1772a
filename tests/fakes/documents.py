"""Documents in memory, for tests of workflows: it keeps the same promises."""

from dataclasses import dataclass, field

from models.documents.forms import DocumentKey
from models.kernel.errors import BackendUnavailableError


@dataclass
class MemoryDocumentStore:
    """`DocumentStore`; while `away`, every call fails as it does when the database is down."""

    away: bool = False
    documents: dict[DocumentKey, bytes] = field(default_factory=dict)

    async def keep(self, key: DocumentKey, document: bytes) -> None:
        """Keep a document; one that is there already stays as it is."""
        if self.away:
            raise BackendUnavailableError("our database is away: keep a document")
        self.documents.setdefault(key, document)

    def of_case(self, case_id: str) -> list[str]:
        """Which documents a case has, as form and number: `01-1`."""
        return [f"{key.form}-{key.number}" for key in self.documents if key.case_id == case_id]
