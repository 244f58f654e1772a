"""Codes of refusal the advice before filing can foresee; `law/reasons.toml` must know each."""

NOT_ENTITLED = "SAI_DOI_TUONG"
DREW_LUMP_SUM = "DA_HUONG_BHXH_1_LAN"
IDENTITY_DIFFERS = "LECH_DINH_DANH"
ALREADY_CLAIMED = "TRUNG_HO_SO"
NO_PROOF = "THIEU_GIAY_BAO_TU"
TOLD_BEFOREHAND = (NOT_ENTITLED, DREW_LUMP_SUM, IDENTITY_DIFFERS, ALREADY_CLAIMED, NO_PROOF)
"""The codes the law files must know, beside those that their rules and conditions name."""
