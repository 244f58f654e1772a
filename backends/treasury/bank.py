"""What the bank says to a transfer: is there such an account, and is it that person's."""

from collections.abc import Iterable

from backends.country.elders import ElderHousehold
from backends.shared.database import Connection, Pool, Queryable
from backends.shared.reasons import Reason
from backends.shared.spelling import bank_spelling
from backends.treasury.contracts import AccountShown, PayeePosting

_HOLDER = """
SELECT account_name FROM agency_treasury.account WHERE bank = $1 AND account_number = $2
"""
_OPEN = """
INSERT INTO agency_treasury.account (bank, account_number, account_name) VALUES ($1, $2, $3)
ON CONFLICT (bank, account_number) DO UPDATE SET account_name = excluded.account_name
"""
NOTES = {
    Reason.WRONG_ACCOUNT: "Ngân hàng không có số tài khoản này.",
    Reason.WRONG_ACCOUNT_NAME: "Tên chủ tài khoản không khớp với ngân hàng.",
}


async def objection(connection: Queryable, payee: PayeePosting) -> Reason | None:
    """Why the bank sends a transfer back; None where it takes it. Cash is no bank's business."""
    if payee.method == "cash":
        return None
    holder = await connection.fetchval(_HOLDER, payee.bank, payee.account_number)
    if holder is None:
        return Reason.WRONG_ACCOUNT
    named = bank_spelling(payee.account_name or payee.full_name)
    return None if named == holder else Reason.WRONG_ACCOUNT_NAME


async def put_account(pool: Pool, bank: str, number: str, name: str) -> AccountShown:
    """Open an account, or let it be somebody else's."""
    shown = AccountShown(bank=bank, account_number=number, account_name=bank_spelling(name))
    await pool.execute(_OPEN, shown.bank, shown.account_number, shown.account_name)
    return shown


async def settle(connection: Connection, households: Iterable[ElderHousehold]) -> None:
    """Open the accounts of the invented elders' households."""
    await connection.copy_records_to_table(
        "account",
        schema_name="agency_treasury",
        columns=("bank", "account_number", "account_name"),
        records=[
            (each.account.bank, each.account.account_number, each.account.account_name)
            for each in households
        ],
    )
