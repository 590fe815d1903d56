"""What can be said of whole policy sets: what changed between two of them, and what that turns."""
