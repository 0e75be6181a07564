"""The policy on screen: what everybody reads, and where coordinators write."""
