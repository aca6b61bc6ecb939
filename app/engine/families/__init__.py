"""What is special to an architecture: its modules, groups and slicing rules."""
