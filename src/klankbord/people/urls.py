"""Addresses of people, their staff file and everyone's own data, all under an organisation."""

from django.urls import path

from klankbord.people import views

urlpatterns = [
    path("mensen/", views.people, name="people"),
    path("mensen/mensen.xlsx", views.people_file, name="people_file"),
    path("mensen/importeren/", views.import_people, name="import_people"),
    path("mensen/importeren/voorbeeld.xlsx", views.import_template, name="import_template"),
    path("mensen/importeren/<uuid:upload>/", views.import_preview, name="import_preview"),
    path("mensen/importeren/<uuid:upload>/weggooien/", views.import_discard, name="import_discard"),
    path("mensen/<uuid:person>/", views.person, name="person"),
    path("mensen/<uuid:person>/rol/", views.person_role, name="person_role"),
    path("mijn-gegevens/", views.my_data, name="my_data"),
    path("mijn-gegevens/alles/", views.my_takeout, name="my_takeout"),
    path("mijn-gegevens/taal/", views.my_language, name="my_language"),
    path("wie-ziet-wat/", views.who_sees_what, name="who_sees_what"),
]
