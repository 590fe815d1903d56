"""The library's front door: load policies and the stack, check purchases."""
