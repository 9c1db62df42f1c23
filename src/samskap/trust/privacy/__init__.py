"""What we keep about people: said once, and from that recorded, shown, let go and erased.

``registry`` reads what each room declares in its ``privacy.py``; ``others`` does it for tables
that are not ours. ``records`` makes the record of processing of it, ``exports`` what someone gets
who asks, ``retention`` what goes by itself, and ``erasures`` erases somebody, and again after a
restore (``erasures.replay``).
"""

from samskap.trust.privacy.own import PRIVACY

__all__ = ["PRIVACY"]
