"""Static files as production serves them: hashed names, compressed, and one stylesheet."""

import re
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
_DEAD = re.compile(r"\s*/\*.*?\*/|(?<=\n)\s+", re.DOTALL)
_IMPORT = re.compile(r'@import url\("/static/(css/[\w-]+\.css)"\) layer\((\w+)\);')


class SiteStorage(CompressedManifestStaticFilesStorage):
    """Folds the `@import`s of site.css into it, so that a page waits for one file, not twenty.

    The sources stay one file a component, and need no tool: `collectstatic`, which production
    runs anyway for the hashed names, is where they come together. Comments and indents stay behind:
    they are a sixth of what a first visit would load.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._addresses: dict[tuple[str, bool], str] = {}

    def url(self, name, force=False):
        """The address of a file, worked out once: a page names some twenty."""
        known = (name, force)
        if known not in self._addresses:
            self._addresses[known] = super().url(name, force)
        return self._addresses[known]

    def post_process(self, paths, dry_run=False, **options):
        if STYLESHEET in paths and not dry_run:
            sheets = {name: _source(paths[name]) for name in paths if name.startswith("css/")}
            for name, text in sheets.items():
                whole = _IMPORT.sub(lambda m: f"@layer {m[2]} {{\n{sheets[m[1]]}}}", text)
                Path(self.path(name)).write_text(_DEAD.sub("", whole))
            paths = {**paths, **{name: (self, name) for name in sheets}}
        yield from super().post_process(paths, dry_run, **options)
        self._addresses.clear()


def _source(found) -> str:
    """The text of a file as the finders found it, whatever was collected before."""
    storage, path = found
    with storage.open(path) as file:
        return file.read().decode()
