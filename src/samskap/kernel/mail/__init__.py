"""The one way out for mail: queued in the action's own transaction, delivered once by a job.

``post`` queues a letter; Django's own mail functions come the same way through ``QueueBackend``.
``deliver`` hands a letter to the mail server, or to a folder in a demonstration and where no
server is named. ``forget`` removes the letters to an address.
"""

from samskap.kernel.mail.outbox import KeptMail, Outbox
from samskap.kernel.mail.posting import (
    DELIVERY_TASK,
    QueueBackend,
    deliver,
    forget,
    letters_about,
    one_line,
    post,
)

__all__ = [
    "DELIVERY_TASK",
    "KeptMail",
    "Outbox",
    "QueueBackend",
    "deliver",
    "forget",
    "letters_about",
    "one_line",
    "post",
]
