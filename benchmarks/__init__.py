"""What the core costs: medians of repeated runs, never a test."""
