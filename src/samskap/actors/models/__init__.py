"""Actors and their factors."""

from samskap.actors.models.actor import Actor, ActorFactor, ActorKind

__all__ = ["Actor", "ActorFactor", "ActorKind"]
