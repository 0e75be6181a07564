"""Starting, stopping, installing: what an operator does."""
