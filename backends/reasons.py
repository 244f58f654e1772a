"""The reason codes these agencies refuse with."""

from enum import StrEnum


class Reason(StrEnum):
    """Why an agency says no; the law files say how each is cured."""

    IDENTITY_MISMATCH = "LECH_DINH_DANH"
    ALREADY_DONE = "TRUNG_HO_SO"
    TOO_OLD = "QUA_TUOI_CAP_THE"
    WRONG_PLACE = "SAI_DIA_BAN"
    NO_SUCH_HOUSEHOLD = "KHONG_CO_HO"
    NOT_IN_HOUSEHOLD = "KHONG_CUNG_HO"
    NO_CONSENT = "THIEU_DONG_Y"
    ALREADY_SETTLED = "DA_GIAI_QUYET"
    NOTHING_WANTED = "KHONG_CHO_BO_SUNG"
    WITHDRAWN = "CONG_DAN_RUT"
    BASE_REVOKED = "DA_THU_HOI"
    NO_SUCH_MEMBER = "KHONG_CO_NGUOI_THAM_GIA"
    WRONG_CARD = "SAI_NOI_DUNG_THE"
