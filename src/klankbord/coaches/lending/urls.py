"""Addresses of lending coaches."""

from django.urls import path

from klankbord.coaches.lending import views

L = "coaches-uitlenen/"
A = L + "<uuid:lending>/"
B = "uitgeleend/"

urlpatterns = [
    path(L, views.lending, name="lending"),
    path(L + "uitnodigen/", views.lending_invite, name="lending_invite"),
    path(L + "code/", views.lending_take_up, name="lending_take_up"),
    path(A, views.lending_agreement, name="lending_agreement"),
    path(A + "schrijven/", views.lending_write, name="lending_write"),
    path(A + "akkoord/", views.lending_yes, name="lending_yes"),
    path(A + "opzeggen/", views.lending_end, name="lending_end"),
    path(A + "coach/", views.lending_name, name="lending_name"),
    path(A + "versie/<int:version>/pdf/", views.lending_pdf, name="lending_pdf"),
    path(B, views.being_lent, name="being_lent"),
    path(B + "<uuid:lending>/", views.be_lent_page, name="be_lent"),
    path(B + "<uuid:lending>/stoppen/", views.be_lent_stop, name="be_lent_stop"),
]
