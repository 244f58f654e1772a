"""Money granted after a death that was registered in error: the decision is taken back."""

from backends.dossiers.effects import NOTHING, Done, Effect
from backends.dossiers.filing import CorrectionPosting
from backends.funds.book import FundBook
from backends.shared import clock
from backends.shared.database import Connection

_RECLAIM = "Quyết định chi trả đã thu hồi; tiền đã chi thì phải thu hồi."


async def correct(
    connection: Connection, *, book: FundBook, key: str, notice: CorrectionPosting
) -> Effect:
    """Revoke the decision where the death was; a corrected extract changes no amount by itself."""
    if not notice.revokes:
        return NOTHING
    number = await book.revoke(connection, key, by=notice.correction_id, at=clock.now())
    return Effect(done=Done.CANCELLED, note=_RECLAIM) if number else NOTHING
