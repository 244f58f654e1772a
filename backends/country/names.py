"""Plausible Vietnamese names for people who do not exist."""

import random  # noqa: TID251 - only a seeded random.Random is used

_FAMILY = (
    ["Nguyễn"] * 31
    + ["Trần"] * 11
    + ["Lê"] * 9
    + ["Phạm"] * 7
    + ["Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng"] * 3
    + ["Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Nông", "Hà", "Mai", "Đinh"] * 2
)
_MIDDLE = {
    "female": ("Thị", "Thị", "Thu", "Ngọc", "Thanh", "Minh", "Phương", "Bích", "Hồng"),
    "male": ("Văn", "Văn", "Đức", "Minh", "Quốc", "Hữu", "Xuân", "Anh", "Công"),
}
_GIVEN = {
    "female": (
        "Anh", "Bình", "Chi", "Dung", "Giang", "Hà", "Hạnh", "Hoa", "Hương", "Lan", "Linh", "Mai",
        "Nga", "Ngân", "Nhung", "Oanh", "Phượng", "Quỳnh", "Thảo", "Thủy", "Trang", "Tuyết", "Yến",
    ),
    "male": (
        "An", "Bảo", "Cường", "Dũng", "Đạt", "Hải", "Hiếu", "Hùng", "Huy", "Khánh", "Kiên", "Long",
        "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Sơn", "Thắng", "Tiến", "Trung", "Tuấn", "Việt",
    ),
}  # fmt: skip


def full_name(chance: random.Random, sex: str) -> str:
    """Family name, middle name, given name, as Vietnam writes them."""
    parts = (chance.choice(names) for names in (_FAMILY, _MIDDLE[sex], _GIVEN[sex]))
    return " ".join(parts)
