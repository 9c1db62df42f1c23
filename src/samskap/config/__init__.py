"""Settings, addresses and the server's way in: the only place that knows the whole house."""
