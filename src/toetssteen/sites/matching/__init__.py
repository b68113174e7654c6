"""Recognising sites: one new mention against the registry at once, or a whole list in bulk.

`match_against(mentions, sites)` answers for a few mentions; `match_all(mentions)` for up to a million.
"""
