"""``python -m klankbord.cli``: the command without its script, for folders too deep for a script's first line."""

from klankbord.cli import main

main()
