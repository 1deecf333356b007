"""One file per verb: what it asks for, and what it does. The file's name is the verb's name in the ledger."""
