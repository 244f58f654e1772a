"""The register of a period as its layout reads it. Pure."""

from models.contracts.dossiers import Facts
from models.documents.kinds import FormKind
from models.documents.pages import Page
from models.documents.reading import Reading
from models.documents.register import Register07, RegisterLine
from models.documents.words import long_date, place_of, short_date, short_instant, with_kind
from models.kernel.base import vietnam_time

CENTRAL = "Hệ thống liên thông"
"""Who draws up a register that is not one commune's."""


def page_of_register(register: Register07, reading: Reading) -> Page:
    """Read a register with the texts in force on the day it is drawn up.

    Raises:
        LawError: no such form is known for that day.
    """
    day = vietnam_time(register.drawn_at).date()
    text = reading.book.form_on(FormKind.REGISTER, day)
    commune = register.commune and reading.places.name_of(register.commune, day)
    here = with_kind(commune, "xã") if commune else ""
    return Page(
        template=text.template,
        title=f"{text.title} {short_date(register.first)}–{short_date(register.last)}",
        code=register.name,
        facts={
            "title": text.title,
            "mark": text.number,
            "basis": text.basis.document,
            "upper": f"Ủy ban nhân dân {here}" if here else "",
            "agency": "Bộ phận Một cửa" if here else CENTRAL,
            "number": f"{register.name}/{text.symbol}",
            "place_and_date": ", ".join(filter(None, (_place(commune), long_date(day)))),
            "code": "",
            "body": {
                "first": short_date(register.first),
                "last": short_date(register.last),
                "place": here or (register.commune and f"xã {register.commune}") or "mọi xã",
                "counts": register.counts(),
                "lines": [_line(line, reading) for line in register.lines],
            },
        },
    )


def _place(commune: str | None) -> str:
    return place_of(commune) if commune else ""


def lead_office(line: RegisterLine, reading: Reading) -> str:
    """Who takes the first step of a case, as named on the day of reception."""
    if not line.dossiers:
        return ""
    day = vietnam_time(line.received_at).date()
    first = line.dossiers[0]
    return reading.office_of(first.agency, first.agency_name, first.unit, day).office


def _line(line: RegisterLine, reading: Reading) -> Facts:
    result = ", ".join(filter(None, (line.result, line.timeliness)))
    return {
        "code": line.case_code,
        "title": line.group_title,
        "agency": lead_office(line, reading),
        "received": short_instant(line.received_at),
        "promised": short_instant(line.promised_at),
        "returned": short_instant(line.returned_at),
        "delivery": line.delivery,
        "result": result,
    }
