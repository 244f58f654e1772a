"""Corrections and revocations of finished acts: decision, plan, progress, and what people see of it.

What a case itself makes of a correction stands in `models.cases`; how agencies are told is the
workflow's business.
"""
