"""Tests, beside the program they test."""
