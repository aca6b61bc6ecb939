"""Whittle: make Transformers small and fast on OpenVINO, and see what was cut away."""

__version__ = "0.1.0"
