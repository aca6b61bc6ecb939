"""What things are: frozen types and pure functions, without Qt and without any framework."""
