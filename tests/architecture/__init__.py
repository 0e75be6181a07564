"""Promises about the code itself. Each check is a function over samples, so a test can show that it is able to fail."""
