"""One object a page, between services and the page."""
