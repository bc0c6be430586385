"""Centers that already work are taken over from a file as they are (SC-06)."""

#: In the context while centers are taken over from a file; no client can send this very object.
TAKING_OVER = object()


def is_taking_over(env) -> bool:
    """Tell whether centers are being taken over from a file."""
    return env.context.get("rural_taking_over") is TAKING_OVER
