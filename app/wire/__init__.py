"""How the window and its workers talk: events, commands and their framing."""
