"""The shape of input and its messages; forms never save."""
