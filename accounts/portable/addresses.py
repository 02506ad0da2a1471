"""Addresses of this site that hold the id of a row, and what becomes of them elsewhere."""

import re
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from accounts.ownership import Owned
from accounts.portable import notes


class Addresses:
    """Maps ids in addresses by `ids`: for each model, old ids to ids here."""

    def __init__(self, ids: Mapping[type[Owned], Mapping[int, int]]):
        self.ids = ids
        # The prefix of an address is what stands before its id: /stories/ of /stories/12/.
        self.models: dict[str, Any] = {}
        for view, model in notes.views().items():
            self.models[reverse(view, args=[0]).partition("0/")[0]] = model
        prefixes = sorted(map(re.escape, self.models), key=len, reverse=True)
        known = "|".join(prefixes) or "(?!)"
        self.pattern = re.compile(rf"(?<![\w/.:-])({known})(\d{{1,18}})(?=/)")

    def mapped(self, text: Any) -> Any:
        """`text`, or each text of a list, with the id in each address turned to the one here; 0,
        which leads nowhere, for a row that is not in the file, so that it does not lead to
        somebody else's."""
        if isinstance(text, list):
            return [self.mapped(each) for each in text]
        return self.pattern.sub(self._one, text)

    def _one(self, found: re.Match) -> str:
        prefix, old = found[1], int(found[2])
        return f"{prefix}{self.ids.get(self.models[prefix], {}).get(old, 0)}"
