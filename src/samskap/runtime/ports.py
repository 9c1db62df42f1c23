"""Whether a port can be had, asked before anything slow is begun."""

import errno
import socket

from samskap.runtime.problem import ProblemError

HOST = "127.0.0.1"


def require_free_port(port: int) -> None:
    """Refuse a port that another program listens on, or that this user may not have.

    Raises
    ------
    ProblemError
        The sentence names the port, the remedy how to choose another.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OverflowError:
            raise ProblemError(
                f"There is no port {port}.", "Choose one from 1024 to 65535: PORT=8001."
            ) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise ProblemError(
                    f"Port {port} is already in use by another program.",
                    f"Stop that program, or choose another port: PORT={_neighbour(port)} make up, "
                    f"or samskap up --port {_neighbour(port)}.",
                ) from error
            if error.errno == errno.EACCES:
                raise ProblemError(
                    f"This user may not serve on port {port}.",
                    "Choose one above 1023: PORT=8000 make up, or samskap up --port 8000.",
                ) from error
            raise


def _neighbour(port: int) -> int:
    return port + 1 if port < 65535 else port - 1  # noqa: PLR2004 - the last port there is
