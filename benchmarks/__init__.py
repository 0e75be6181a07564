"""How fast Klankbord is for an organisation of 100,000 people, measured where you are: `python -m benchmarks`."""
