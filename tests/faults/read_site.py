"""Run on the data folder after a crash: opens every text in it, as whom it belongs to, and prints what it found."""

from __future__ import annotations

import json

from klankbord.cli.installation import database_within_reach, django_as


def main() -> None:
    """Print as JSON: Johan's drafts by place, every text by id with revision and saves on record, and loose ends."""
    with database_within_reach(), django_as("app"):
        from klankbord.core.models import Organisation
        from klankbord.core.tenant import acting_in
        from klankbord.engagements.models import Writing
        from klankbord.people.models import Person
        from klankbord.privacy import vault
        from klankbord.privacy.models import AuditRow, Draft

        organisation = Organisation.objects.get(slug="waterland")
        with acting_in(organisation.pk):
            people = {one.first_name: one.pk for one in Person.objects.all()}
        drafts, texts = {}, {}
        saves: dict[str, int] = {}
        for name in ("Johan", "Marieke"):
            with acting_in(organisation.pk, people[name]):
                for draft in Draft.objects.all():
                    drafts[draft.place] = json.loads(vault.read(draft, "body"))
                for row in Writing.objects.all():
                    texts[str(row.pk)] = {
                        "kind": row.kind,
                        "session": row.session.number if row.session else None,
                        "body": vault.read(row, "body"),
                        "revision": row.revision,
                    }
                # The map of the people around is one text that is kept entry by entry.
                kept = ("text.save", "people_around.add", "people_around.keep")
                for trail in AuditRow.objects.filter(verb__in=kept, actor_id=people[name]):
                    saves[str(trail.subject_id)] = saves.get(str(trail.subject_id), 0) + 1
        print(json.dumps({"drafts": drafts, "texts": texts, "saves": saves}))


if __name__ == "__main__":
    main()
