"""Who is answered what where the figures of the culture scan are read."""

from klankbord.privacy.access import Page

# The team of the story is that of Johan and Willem; Anton leads them, and Fatima coordinates.
OF_THE_TEAM = {"johan": 200, "willem": 200, "anton": 200, "fatima": 200}

READS_ALL = {"fatima": 200}

PAGES: tuple[Page, ...] = (
    Page(route="culture_report", thing="published_unit", otherwise=200),
    Page(route="culture_unit", thing="published_unit", answers=OF_THE_TEAM),
    Page(route="culture_team", thing="team_decision", answers=OF_THE_TEAM, methods=("GET", "POST")),
    Page(
        route="culture_team_remove",
        thing="team_decision",
        answers={"johan": 302, "willem": 302, "anton": 403, "fatima": 403},
        methods=("POST",),
    ),
    Page(route="culture_trend", thing="published_unit", answers=OF_THE_TEAM),
    Page(route="culture_unit_xlsx", thing="published_unit", answers=OF_THE_TEAM),
    Page(route="culture_unit_paper", thing="published_unit", answers=OF_THE_TEAM),
    Page(route="culture_overview", thing="publication", answers=READS_ALL, otherwise=403),
    Page(route="culture_overview_xlsx", thing="publication", answers=READS_ALL, otherwise=403),
    Page(route="culture_classes", thing="publication", answers=READS_ALL, otherwise=403),
    Page(route="culture_change", thing="publication", answers=READS_ALL, otherwise=403),
    Page(route="culture_change_xlsx", thing="publication", answers=READS_ALL, otherwise=403),
    Page(route="culture_relations", thing="publication", answers=READS_ALL, otherwise=403),
    Page(route="culture_words", thing="open_answer", answers=READS_ALL, otherwise=403),
)
