"""The schema revisions that this program knows (Alembic's scripts in `migrations/`)."""

from collections.abc import Sequence
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

import migrations


def configuration() -> Config:
    """Alembic's configuration; whoever runs revisions adds the attributes that `migrations/env.py` needs."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


def newest() -> str:
    """The newest known revision."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    assert head is not None  # noqa: S101 - there is a first revision
    return head


def known() -> Sequence[str]:
    """All known revisions, newest first."""
    return [script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()]
