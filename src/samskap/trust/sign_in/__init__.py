"""Signing in with a service outside the house: OpenID Connect, with what we ask of the answer.

``services`` reads which services there are, ``openid`` speaks with one, ``claims`` takes out of
its answer what we keep and what it says of organisations and groups.
"""
