"""When things happen: workflow code, deterministic, without I/O and without a procedure's name.

`groups` makes a workflow type of every group of procedures, `case` is the engine they share,
`correction` corrects finished acts, `runtime` is what a case and a correction have in common.
What is decided stands in `models`; effects stand in `activities`.
"""
