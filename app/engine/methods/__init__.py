"""Ways of making a model small; none of them knows an architecture."""
