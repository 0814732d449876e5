"""One module a container; ``read`` picks by content."""
