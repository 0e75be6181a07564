"""Views: door, form, action, answer."""
