"""What is published, as it is said and drawn: on the screen, in a spreadsheet and on paper."""
