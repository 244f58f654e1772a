"""Social affairs over HTTP."""

from typing import Final

from backends.dossiers.office import Office
from backends.funds.book import FundBook
from backends.funds.desk import QUESTION, question_routes, record_routes
from backends.shared.agency import Agency, Surroundings
from backends.shared.contract import Body
from backends.shared.database import schema_of
from backends.social_affairs.funeral import SocialFuneral
from backends.social_affairs.insurance_client import InsuranceClient
from backends.social_affairs.records import (
    BeneficiaryEntry,
    BeneficiaryRecord,
    BeneficiaryRecords,
)
from models.kernel.base import AgencyId

SOCIAL_AFFAIRS: Final = AgencyId("social_affairs")
_RECORD: Final = Body(BeneficiaryEntry, "BeneficiaryEntry")


def social_affairs(surroundings: Surroundings) -> Agency:
    """The agency that supports funerals of those it supported in life; it asks the insurer."""
    pool, schema = surroundings.pool, schema_of(SOCIAL_AFFAIRS)
    book = FundBook(schema)
    records = BeneficiaryRecords(book)
    insurer = InsuranceClient(surroundings.neighbours["insurance"])
    funeral = SocialFuneral(pool, records, book, insurer)
    return Agency(
        id=SOCIAL_AFFAIRS,
        title="Bảo trợ xã hội cấp xã",
        routers=(
            question_routes(pool, schema, records),
            record_routes(pool, schema, records, book=book, body=_RECORD, shown=BeneficiaryRecord),
        ),
        bodies=(QUESTION, _RECORD),
        office=Office(surroundings.switch, pool, {"social_funeral": funeral}),
    )
