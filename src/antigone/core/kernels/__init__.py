"""Compiled loops: arrays in, arrays out. Nothing of Antigone is imported here.

Kernel modules do not import each other either: the cache of compiled code is renewed when the file of
a function changes, not when a file it calls into does, and old numbers must never survive an upgrade.
"""
