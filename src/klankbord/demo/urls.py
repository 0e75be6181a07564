"""In the demo, and only there: choose who you are."""

from django.urls import path

from klankbord.demo import views

urlpatterns = [
    path("demo/", views.choose, name="demo"),
    path("demo/brief/", views.letter, name="demo_letter"),
]
