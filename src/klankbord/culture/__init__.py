"""The culture scan: what is asked, what is answered, and which figures of it are shown."""
