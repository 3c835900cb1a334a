"""The certificates that a server shows: read them, walk from the server's own to a root, judge what phones are shown.

The libraries behind it come with the extra `policylint[certificates]` and are loaded only where they are used.
"""
