"""Addresses of how coaches keep learning and account for hours; and the one where a paper can be checked."""

from django.urls import path

from klankbord.coaches.views import contact, craft, hours, intervision, learning, story

G = "intervisie/<uuid:group>/"
M = G + "bijeenkomst/<uuid:meeting>/"

urlpatterns = [
    path("mijn-vak/", craft.my_craft, name="my_craft"),
    path("mijn-vak/uren/", hours.my_hours, name="craft_hours"),
    path("mijn-vak/uren/eerder/", hours.add_earlier, name="craft_earlier"),
    path("mijn-vak/uren/eerder/<uuid:earlier>/weg/", hours.remove_earlier, name="craft_earlier_remove"),
    path("mijn-vak/uren/verklaring/", hours.statement, name="craft_statement"),
    path("mijn-vak/uren/verklaring/<uuid:statement>/", hours.statement_paper, name="craft_statement_paper"),
    path("mijn-vak/uren/verklaring/<uuid:statement>/terug/", hours.withdraw, name="craft_statement_withdraw"),
    path("mijn-vak/leren/", learning.my_learning, name="craft_learning"),
    path("mijn-vak/leren/<uuid:learning>/weg/", learning.remove, name="craft_learning_remove"),
    path("mijn-vak/leren/<uuid:learning>/tonen/", learning.show, name="craft_learning_show"),
    path("mijn-vak/zes-kanten/", learning.sides, name="craft_sides"),
    path("mijn-vak/zes-kanten/nu/", learning.look, name="craft_look"),
    path("mijn-vak/zes-kanten/<uuid:assessment>/weg/", learning.remove_look, name="craft_look_remove"),
    path("mijn-vak/verhaal/", story.my_story, name="craft_story"),
    path("mijn-vak/verhaal/delen/", story.share, name="craft_story_share"),
    path("mijn-vak/verhaal/delen/<uuid:story_share>/terug/", story.withdraw, name="craft_story_withdraw"),
    path("intervisie/", intervision.groups, name="intervision"),
    path(G, intervision.group_page, name="intervision_group"),
    path(G + "meedoen/", intervision.join, name="intervision_join"),
    path(G + "weggaan/", intervision.leave, name="intervision_leave"),
    path(G + "open/", intervision.open_or_close, name="intervision_open"),
    path(G + "bijeenkomst/", intervision.plan, name="intervision_plan"),
    path(M, intervision.meeting_page, name="intervision_meeting"),
    path(M + "wie-was-er/", intervision.attendance, name="intervision_attendance"),
    path(M + "onderwerp/", intervision.add_subject, name="intervision_subject"),
    path(M + "onderwerp/<uuid:subject>/weg/", intervision.remove_subject_of, name="intervision_subject_remove"),
    path(M + "afzeggen/", intervision.cancel, name="intervision_cancel"),
    path("contact/<uuid:coach>/", contact.contact, name="contact"),
    path("contact/gesprek/<uuid:contact>/gehouden/", contact.hold, name="contact_hold"),
    path("contact/gesprek/<uuid:contact>/noteren/", contact.note, name="contact_note"),
]

outside = [path("urenverklaring/", hours.check, name="statement_check")]
