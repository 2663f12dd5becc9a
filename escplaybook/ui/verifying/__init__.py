"""The verification round: one number at a time, by keyboard alone, and the results of a printed list."""
