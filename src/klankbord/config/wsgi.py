"""What the web server serves."""

import os

from django.core.wsgi import get_wsgi_application

from klankbord.config import logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")
logs.configure()
application = get_wsgi_application()
