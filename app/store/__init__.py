"""The workspace on disk: the SQLite index, run folders and the trash."""
