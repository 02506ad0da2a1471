"""Static files as production serves them: hashed names, compressed, and one stylesheet."""

import re
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
_IMPORT = re.compile(r'@import url\("/static/(css/[\w-]+\.css)"\) layer\((\w+)\);')


class SiteStorage(CompressedManifestStaticFilesStorage):
    """Folds the `@import`s of site.css into it, so that a page waits for one file, not twenty.

    The sources stay one file a component, and need no tool: `collectstatic`, which production
    runs anyway for the hashed names, is where they come together.
    """

    def post_process(self, paths, dry_run=False, **options):
        if STYLESHEET in paths and not dry_run:
            storage, path = paths[STYLESHEET]
            with storage.open(path) as file:
                sheet = file.read().decode()
            Path(self.path(STYLESHEET)).write_text(_IMPORT.sub(self._layer, sheet))
            paths = {**paths, STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run, **options)

    def _layer(self, match: re.Match[str]) -> str:
        text = Path(self.path(match[1])).read_text()
        return f"@layer {match[2]} {{\n{text}}}"
