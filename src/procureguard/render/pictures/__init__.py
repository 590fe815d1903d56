"""Pictures as plain geometry, one module for each kind; a template draws them."""
