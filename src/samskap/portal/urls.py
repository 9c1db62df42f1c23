"""The portal's addresses."""

app_name = "portal"
urlpatterns: list[object] = []
