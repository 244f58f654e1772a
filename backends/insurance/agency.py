"""Social insurance over HTTP."""

from typing import Final

from backends.dossiers.office import Office
from backends.dossiers.procedure import Procedure
from backends.funds.book import FundBook
from backends.funds.desk import QUESTION, question_routes, record_routes
from backends.insurance.benefits import insurance_funeral, survivor_lump_sum
from backends.insurance.cards import IssueCard
from backends.insurance.insured import InsuredEntry, InsuredRecord
from backends.insurance.list_routes import LIST, list_desk, list_routes
from backends.insurance.records import InsuredRecords
from backends.shared.agency import Agency, Surroundings
from backends.shared.contract import Body
from backends.shared.database import schema_of
from models.kernel.base import AgencyId

INSURANCE: Final = AgencyId("insurance")
_RECORD: Final = Body(InsuredEntry, "InsuredEntry")


def insurance(surroundings: Surroundings) -> Agency:
    """The agency that issues health insurance cards, and pays after the death of the insured."""
    pool, schema = surroundings.pool, schema_of(INSURANCE)
    book = FundBook(schema)
    records = InsuredRecords(book)
    procedures: dict[str, Procedure] = {
        "issue_card": IssueCard(),
        "insurance_funeral": insurance_funeral(records, book),
        "survivor_lump_sum": survivor_lump_sum(records, book),
    }
    return Agency(
        id=INSURANCE,
        title="Bảo hiểm xã hội cơ sở",
        routers=(
            list_routes(pool),
            list_desk(pool),
            question_routes(pool, schema, records),
            record_routes(pool, schema, records, book=book, body=_RECORD, shown=InsuredRecord),
        ),
        bodies=(QUESTION, _RECORD, LIST),
        office=Office(surroundings.switch, pool, procedures),
    )
