"""What Alembic runs: the steps, on the connection that `upgrade` hands it and in its transaction.

`attributes` of the configuration hold `connection`; `after_step`, called when a step is done; and
`metadata`, for writing a new revision.
"""

from alembic import context

_given = context.config.attributes
context.configure(
    connection=_given["connection"],
    target_metadata=_given.get("metadata"),
    on_version_apply=_given.get("after_step"),
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
