"""The page “Paper”: what can be printed, with which choices, and the very pages."""
