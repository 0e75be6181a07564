"""Every address of requests and engagements: which thing it shows, and what each of the cast is answered."""
