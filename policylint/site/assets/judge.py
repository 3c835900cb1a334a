"""What the page runs in the browser: one export in, the report of `policylint check --output json` out."""

import json
from pathlib import Path
from typing import Any

from policylint import Session, UsageError, rendered


def judge(name: str, data: Any, devices: str) -> str:
    """Judge what is in a Uint8Array of the browser.

    Return {"report": …} as text, or {"error": …} for what cannot be read or asked.
    """
    path = Path(name)
    path.write_bytes(data.to_bytes())
    try:
        report = Session(devices or "common").check(path)
        if report.unread:
            return json.dumps({"error": "; ".join(report.unread)})
        return json.dumps({"report": json.loads("".join(rendered(report, "json")))})
    except UsageError as error:
        return json.dumps({"error": str(error)})
    finally:
        path.unlink()
