"""What the partnership is and wants: the region's own facts, and the strategy, version by version.

Strategy knows no actor. Actors, needs and initiatives point to it by its closed keys.
"""
