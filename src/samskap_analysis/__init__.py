"""The science: pure functions of arrays. It knows neither Django nor the rooms that call it."""
