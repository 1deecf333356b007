"""The pages: parse, call a door or an action, render. Nothing is decided here that a command could not do."""

__all__: list[str] = []
