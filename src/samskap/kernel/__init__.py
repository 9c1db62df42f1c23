"""What every room stands on: keys, periods, text in several languages, order, outgoing doors."""
