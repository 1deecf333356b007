"""What is kept over years: persons, families, remains, samples, decisions, and the ledger of every change.

Nothing here is imported before `open_register` has told Django which register is meant.
"""

from antigone.register.folder import RegisterFolder, create_folder, find_folder, open_register

__all__ = ["RegisterFolder", "create_folder", "find_folder", "open_register"]
