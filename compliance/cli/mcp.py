"""`modelcheck mcp`: the assistant's door."""

import click


@click.command("mcp")
def command() -> None:
    """Serve coding assistants over standard input and output: tools check, identify, compare and lineage.

    Needs the extra: pip install 'modelcheck[mcp]'. Register it as the command `modelcheck mcp`; docs/mcp.md shows how.

    Example: modelcheck mcp
    """
    from compliance import mcp  # noqa: PLC0415 - an extra

    made = mcp.server()
    import anyio  # noqa: PLC0415 - of the extra

    anyio.run(mcp.serve, made)
