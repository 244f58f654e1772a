"""Names for invented newborns, and other words a family or a hospital writes into a form."""

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
_MATERNITIES = ("Bệnh viện Phụ sản", "Bệnh viện Đa khoa", "Trung tâm Y tế")
_HOSPITALS = ("Bệnh viện Đa khoa", "Bệnh viện Lão khoa", "Trung tâm Y tế")
_CAUSES = ("Suy tim", "Đột quỵ não", "Viêm phổi", "Suy hô hấp", "Ung thư phổi", "Tuổi già")


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
    return f"{chance.choice(_MATERNITIES)} khu vực {commune_name}"


def hospital(chance: random.Random, commune_name: str) -> str:
    """Where somebody of that commune may have died."""
    return f"{chance.choice(_HOSPITALS)} khu vực {commune_name}"


def cause_of_death(chance: random.Random) -> str:
    """What an old person may have died of."""
    return chance.choice(_CAUSES)
