"""Changes: the smallest sets of steps that bring a purchase to a better answer, each proven by evaluating it."""
