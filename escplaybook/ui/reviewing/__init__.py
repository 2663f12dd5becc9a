"""The weekly review of the matrix: what is new, looked at line by line, and one signature."""
