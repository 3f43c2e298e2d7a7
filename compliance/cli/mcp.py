"""`modelcheck mcp`: the assistant's door."""

import click

_LEFT = 141
"""As of a command whose reader left."""


@click.command("mcp")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Serve coding assistants over standard input and output: tools check, identify, compare and lineage.

    Needs the extra: pip install 'modelcheck[mcp]'. Register it as the command `modelcheck mcp`; docs/mcp.md shows how.

    \b
    Example:
      modelcheck mcp
    """
    from compliance import mcp  # noqa: PLC0415 - an extra

    made = mcp.server()
    import anyio  # noqa: PLC0415 - of the extra

    try:
        anyio.run(mcp.serve, made)
    except BaseExceptionGroup as several:
        if several.split(BrokenPipeError)[1] is not None:
            raise
        ctx.exit(_LEFT)
