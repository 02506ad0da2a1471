"""Static files as production serves them: hashed names, compressed, one stylesheet, one script."""

import re
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET, SCRIPT = "css/site.css", "js/site.js"
_DEAD = re.compile(r"\s*/\*.*?\*/|(?<=\n)\s+", re.DOTALL)
_IMPORT = re.compile(r'@import url\("/static/(css/[\w-]+\.css)"\) layer\((\w+)\);')
_MODULE = re.compile(r'^import "\./([\w-]+\.js)";$', re.MULTILINE)
_ASKED_FOR = (
    r"""(?P<matched>(?P<before>from |import\()"(?P<url>\./[\w-]+\.js)")""",
    '%(before)s"%(url)s"',
)
# Whole lines only: what stands behind code may as well stand in a string.
_REMARK = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE)


class SiteStorage(CompressedManifestStaticFilesStorage):
    """Folds the `@import`s of site.css into it and the imports of site.js, so that a page waits for
    two files, not thirty.

    The sources stay one file a component, and need no tool: `collectstatic`, which production
    runs anyway for the hashed names, is where they come together. Comments stay behind, and the
    indents of stylesheets: they are a fifth of what a first visit would load.
    """

    # What a module imports has a hashed name too: it is kept as long, and is of the same version.
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (_ASKED_FOR,)))

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
            ours = _sheets(paths) | _scripts(paths)
            for name, text in ours.items():
                Path(self.path(name)).write_text(text)
            paths = {**paths, **{name: (self, name) for name in ours}}
        yield from super().post_process(paths, dry_run, **options)
        self._addresses.clear()


def _sheets(paths) -> dict[str, str]:
    """Our stylesheets as they are served, by name."""
    sheets = {name: _source(paths[name]) for name in paths if name.startswith("css/")}

    def folded(text: str) -> str:
        return _IMPORT.sub(lambda m: f"@layer {m[2]} {{\n{sheets[m[1]]}}}", text)

    return {name: _DEAD.sub("", folded(text)) for name, text in sheets.items()}


def _scripts(paths) -> dict[str, str]:
    """Our scripts as they are served, by name. What site.js imports stands in a block each, so that
    its names are its own, as in a module, and one that fails leaves the others at work."""
    found = {name: _source(paths[name]) for name in paths if name.startswith("js/")}
    scripts = {name: _REMARK.sub("", text) for name, text in found.items()}

    def block(module: re.Match) -> str:
        return f"try {{\n{scripts[f'js/{module[1]}']}}} catch (error) {{ reportError(error); }}"

    return scripts | {SCRIPT: _MODULE.sub(block, scripts[SCRIPT])}


def _source(found) -> str:
    """The text of a file as the finders found it, whatever was collected before."""
    storage, path = found
    with storage.open(path) as file:
        return file.read().decode()
