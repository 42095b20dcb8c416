"""Layer codes in addresses: codes are opaque and may hold anything, an address may not."""

import base64


def name_of(code: str) -> str:
    return base64.urlsafe_b64encode(code.encode()).decode().rstrip("=")


def code_of(name: str) -> str | None:
    """None where the name is not one of ours."""
    try:
        return base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode() or None
    except ValueError:
        return None
