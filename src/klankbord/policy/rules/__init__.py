"""What a policy says, and what follows from it. Plain Python: no framework, no database."""
