"""What pip prints on a machine without a network."""

import re

NO_NETWORK = re.compile(
    r"connection broken by|Failed to establish a new connection|name resolution|Name or service not known"
    r"|getaddrinfo failed|Network is unreachable"
)
