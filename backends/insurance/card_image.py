"""The picture of a card, as the citizen's app shows it."""

import base64
from datetime import date
from html import escape

_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 214" font-family="sans-serif">\
<rect width="340" height="214" rx="12" fill="#f4fbff" stroke="#0b6fa4" stroke-width="2"/>\
<text x="170" y="26" text-anchor="middle" font-size="11" fill="#0b6fa4">\
BẢO HIỂM XÃ HỘI VIỆT NAM</text>\
<text x="170" y="50" text-anchor="middle" font-size="17" font-weight="bold" fill="#c8102e">\
THẺ BẢO HIỂM Y TẾ</text>\
<text x="20" y="84" font-size="14">Mã số: <tspan font-weight="bold">{card_number}</tspan></text>\
<text x="20" y="108" font-size="13">Họ và tên: {full_name}</text>\
<text x="20" y="130" font-size="13">Ngày sinh: {born_on}</text>\
<text x="20" y="152" font-size="13">Giá trị: {valid_from} – {valid_to}</text>\
<text x="20" y="174" font-size="13">Nơi ĐK KCB ban đầu: {facility}</text>\
</svg>"""


def card_image(
    *, card_number: str, full_name: str, born_on: date, valid_to: date, facility: str
) -> str:
    """The card as a data URI; a child's card is valid from the day of birth."""
    svg = _SVG.format(
        card_number=card_number,
        full_name=escape(full_name),
        born_on=_written(born_on),
        valid_from=_written(born_on),
        valid_to=_written(valid_to),
        facility=escape(facility),
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
