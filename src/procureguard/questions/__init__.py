"""Questions: the facts nobody has stated that could still change the verdict, and which of them to ask."""
