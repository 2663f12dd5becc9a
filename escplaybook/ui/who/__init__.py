"""Who do I call? The ladder as a timeline, and beside it what to have ready."""
