"""What there is to say of policies themselves, rather than of a purchase."""
