"""One named, re-runnable check for each claim the project makes."""
