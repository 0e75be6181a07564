"""Run on a fresh data folder: migrates it, tells Johan's story in it, and prints what a test needs to sign in there."""

from __future__ import annotations

import json
import subprocess
import sys

from klankbord.cli.installation import database_within_reach, django_as, prepare_data_folder


def main() -> None:
    """Print as JSON: the cookies of Johan and Marieke, and the engagement's id."""
    prepare_data_folder()
    with database_within_reach():
        subprocess.run([sys.executable, "-m", "klankbord.cli", "migrate", "--quiet"], check=True)
        with django_as("app"):
            from django.test import Client

            from klankbord.people.mailing import without_mail
            from tests.cast import build_cast
            from tests.story import running

            with without_mail():
                story = running(build_cast())
            cookies = {}
            for name in ("johan", "marieke"):
                client = Client()
                client.force_login(story.cast.named(name).account)
                cookies[name] = client.cookies["klankbord"].value
            print(json.dumps({"cookies": cookies, "engagement": str(story.engagement.pk)}))


if __name__ == "__main__":
    main()
