"""A periodic list as its layouts read it: every fact as the words that will be printed. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from models.contracts.dossiers import Facts
from models.contracts.lists import ListLine, PersonList
from models.documents.pages import Page
from models.documents.reading import Reading
from models.documents.spelled import spelled
from models.documents.words import long_date, place_of, short_date
from models.entitlements.money import in_dong
from models.kernel.base import vietnam_time
from models.kernel.paths import value_at
from models.law.list_rules import ListColumn, ListRule, Reads
from models.lists.issued_lists import IssuedList

SEX = {"male": "Nam", "female": "Nữ"}
UNVERIFIED = " (chưa kiểm chứng)"


def page_of_list(issued: IssuedList, persons: PersonList, rule: ListRule, reading: Reading) -> Page:
    """Read a list as it is printed on paper, dated by when it was drawn up."""
    day = vietnam_time(issued.compiled_at).date()
    return Page(
        template=rule.template,
        title=f"{rule.title} {issued.number}",
        code=issued.number,
        facts={
            "title": rule.title,
            "mark": rule.symbol,
            "basis": rule.basis.cited() + ("" if rule.basis.verified else UNVERIFIED),
            "upper": "",
            "agency": f"Ủy ban nhân dân {in_text(issued.place_name)}",
            "number": f"{issued.number}/{rule.symbol}",
            "place_and_date": f"{place_of(issued.place_name)}, {long_date(day)}",
            "code": "",
            "body": _body(issued, persons, rule, reading),
        },
    )


def cells_of(line: ListLine, rule: ListRule, reading: Reading) -> tuple[str, ...]:
    """What stands in the columns of a line, in their order."""
    return tuple(_cell(line, column, reading) for column in rule.columns)


def in_text(place_name: str) -> str:
    """A place in running text: `phường Ba Đình`, `huyện Hàm Yên`."""
    return place_name[:1].lower() + place_name[1:]


def fee_basis(issued: IssuedList) -> str:
    """What the fee rests on, and whether that was checked; empty where no rule pays."""
    basis = issued.fee.basis
    return basis.cited() + ("" if basis.verified else UNVERIFIED) if basis else ""


def _body(issued: IssuedList, persons: PersonList, rule: ListRule, reading: Reading) -> Facts:
    paid = issued.fee.basis is not None
    return {
        "addressee": reading.holder_name(rule.agency),
        "until": short_date(issued.until),
        "count": in_dong(issued.lines),
        "count_in_words": spelled(issued.lines),
        "fee": in_dong(issued.fee_per_line) if paid else "",
        "fee_basis": fee_basis(issued),
        "total": in_dong(issued.fee_total),
        "total_in_words": spelled(issued.fee_total),
        "columns": [{"title": one.title, "width": one.width} for one in rule.columns],
        "lines": [
            {
                "number": line.number,
                "case_code": line.case_code,
                "day": short_date(line.occurred_on),
                "cells": list(cells_of(line, rule, reading)),
            }
            for line in persons.lines
        ],
    }


def _cell(line: ListLine, column: ListColumn, reading: Reading) -> str:
    facts: Mapping[str, Any] = line.facts  # Any: JSON
    value = value_at(column.path, facts)
    if value is None:
        return ""
    match column.as_:
        case Reads.DAY:
            return short_date(_day(str(value)))
        case Reads.SEX:
            return SEX.get(str(value), str(value))
        case Reads.COMMUNE:
            name = reading.places.name_of(str(value), line.occurred_on)
            return f"{name} ({value})" if name else str(value)
        case Reads.TEXT:
            return str(value)


def _day(written: str) -> date:
    """A day, or the day of an instant in Vietnam, as declarations write them."""
    if len(written) <= len("2026-11-17"):
        return date.fromisoformat(written)
    return vietnam_time(datetime.fromisoformat(written)).date()
