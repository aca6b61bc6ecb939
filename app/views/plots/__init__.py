"""The charts: each takes data and draws it, in theme colours."""
