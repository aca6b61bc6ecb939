"""Passive widgets: they show a state and ask by signals."""
