"""The words a document may use: every fact and every format, each declared once as a pydantic model."""
