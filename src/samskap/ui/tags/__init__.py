"""The template tags and filters, by what they are about; ``{% load ui %}`` brings all of them."""
