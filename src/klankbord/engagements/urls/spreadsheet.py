"""Addresses of what comes along from a spreadsheet."""

from django.urls import path

from klankbord.engagements.views import spreadsheet

urlpatterns = [
    path("overnemen/", spreadsheet.choose, name="take_over"),
    path("overnemen/voorbeeld/", spreadsheet.example, name="take_over_example"),
    path("overnemen/bekijken/", spreadsheet.look, name="take_over_look"),
    path("overnemen/bekijken/weg/", spreadsheet.discard, name="take_over_discard"),
    path("overnemen/<uuid:sheet_note>/terug/", spreadsheet.back, name="take_over_back"),
    path("overgenomen/", spreadsheet.letters, name="sheet_letters"),
    path("overgenomen/<uuid:sheet_letter>/ja/", spreadsheet.yes, name="sheet_letter_yes"),
    path("overgenomen/<uuid:sheet_letter>/nee/", spreadsheet.no, name="sheet_letter_no"),
]
