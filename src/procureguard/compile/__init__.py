"""Policy sets made into programs, one module for each target."""
