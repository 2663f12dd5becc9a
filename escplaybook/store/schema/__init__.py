"""The statements that make the book's tables, one file a step."""
