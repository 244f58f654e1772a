"""Names for invented newborns, and what else a family likes to choose from."""

import random  # noqa: TID251 - only a seeded random.Random is used

_GIVEN = {
    "female": (
        "Gia Hân", "Bảo Ngọc", "Khánh An", "Minh Châu", "Tuệ Nhi", "Phương Linh", "Diệu Anh",
        "Ngọc Diệp", "Hà My", "Thảo Nguyên", "Quỳnh Chi", "Mỹ Duyên", "Thiên Kim", "Ánh Dương",
    ),
    "male": (
        "Minh Khôi", "Gia Bảo", "Đức Trí", "Hoàng Nam", "Tuấn Kiệt", "Nhật Minh", "Phúc Lâm",
        "Hải Đăng", "Khôi Nguyên", "Bảo Khang", "Anh Dũng", "Thành Đạt", "Quốc Việt", "Trường Sơn",
    ),
}  # fmt: skip
_PEOPLES = {"08": ("Kinh", "Tày", "Dao", "Mông"), "20": ("Kinh", "Tày", "Nùng"), "66": ("Ê Đê",)}
_HOSPITALS = ("Bệnh viện Phụ sản", "Bệnh viện Đa khoa", "Trung tâm Y tế")


def child_name(chance: random.Random, sex: str, surname: str) -> str:
    """A newborn's name, with the family name of a parent."""
    return f"{surname} {chance.choice(_GIVEN[sex])}"


def surname_of(full_name: str) -> str:
    """The family name, which comes first."""
    return full_name.split(maxsplit=1)[0]


def ethnicity(chance: random.Random, province: str) -> str:
    """Mostly Kinh; in some provinces others too."""
    return chance.choice((*_PEOPLES.get(province, ()), "Kinh", "Kinh", "Kinh"))


def birth_place(chance: random.Random, commune_name: str) -> str:
    """Where a child of that commune may have been born."""
    return f"{chance.choice(_HOSPITALS)} khu vực {commune_name}"
