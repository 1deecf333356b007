"""Programs that tests start import Django's models: they are not searched for examples."""

collect_ignore = ["errands.py", "at_work.py"]
