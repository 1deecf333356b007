"""The second program: believes nothing, derives everything again from an export; knows neither register nor Django."""

from antigone.verify.run import read_key, verify_export

__all__ = ["read_key", "verify_export"]
