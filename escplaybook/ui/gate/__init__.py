"""The gate before a stage: open or shut, every reason, and what was looked at and is fine."""
