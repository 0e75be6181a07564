"""What the web server serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")
application = get_wsgi_application()

# All code is read before the first request. What is there now stays, so clearing up need not look at it any more; it
# would do so in the middle of a request that makes many small things, and take a tenth of a second for it.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
