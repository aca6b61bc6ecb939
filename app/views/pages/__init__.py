"""One widget a page of the rail."""
