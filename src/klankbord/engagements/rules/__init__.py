"""The rules of an engagement: pure functions and frozen dataclasses, without a framework and without a database.

- ``finding``    what a rule answers, and the refusal that explains itself
- ``lifecycle``  the courses of engagement, request, proposal and referral, as data
- ``match``      who may coach whom, and when a coordinator steps aside
- ``planning``   the talks in a steady rhythm around holidays
- ``agreement``  clauses filled from facts, versions compared
- ``comparison`` two texts side by side, and two people editing one text
- ``retention``  how long texts are kept
- ``wording``    days, hours and numbers in words
"""
