"""Finding: what a person typed becomes ranked hits. Only reads."""
