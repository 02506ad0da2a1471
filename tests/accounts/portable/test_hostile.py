"""Files that were made to hurt: a named error, nothing changed, never a 500.

Made from a true export by breaking it in every way there is: each column of each row given each
wrong value, rows doubled and dropped, keys that lead nowhere, zips that lie. The control is the
true export itself, which is taken.
"""

import io
import json
import random
import struct
import tracemalloc
import zipfile

import pytest

from accounts.portable import archive, bringing, layout, reading
from accounts.portable.archive import NAME, Refused
from tests.accounts.portable.world import everything, export_of, lines_of, state, with_json
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.long]
MOST_MEMORY = 300_000_000
SEED = 20261128


@pytest.fixture
def zed(db):
    return UserFactory(username="zed")


@pytest.fixture
def fresh(alice) -> list[str]:
    """The lines of a true export, with the shared content they name."""
    everything(alice)
    return lines_of(export_of(alice))


_once: list[str] = []


@pytest.fixture
def lines(db) -> list[str]:
    """The same, made once: what is refused by its lines needs nothing but those."""
    if not _once:
        user = UserFactory(username="alice")
        everything(user)
        _once.extend(lines_of(export_of(user)))
    return list(_once)


def bring(user, data: bytes):
    """What the page does with a file, and then with its owner's yes."""
    with reading.read(io.BytesIO(data), reading.FOR_A_PAGE) as found:
        bringing.look(user, found, settings=True)
        return bringing.bring_in(user, found)


def refusal(user, data: bytes) -> str:
    """The sentence with which `data` is refused; nothing may have changed."""
    with pytest.raises(Refused) as refused:
        bring(user, data)
    assert not any(state(user).values())
    return str(refused.value)


def rows_in(lines: list[str]) -> list[int]:
    """The numbers of the lines that are rows."""
    return [n for n, line in enumerate(lines) if line.lstrip(",").startswith('{"id"')]


def changed(lines: list[str], number: int, /, **values) -> bytes:
    """The export with other values in one row."""
    row = json.loads(lines[number].removeprefix(",")) | values
    comma = "," if lines[number].startswith(",") else ""
    text = [*lines[:number], comma + json.dumps(row), *lines[number + 1 :]]
    return with_json(b"", "\n".join(text))


WRONG = (
    None, True, -1, 0, 2**63, 1.5, 1e308, "", "x", "\x00", "\ud800", "x" * 2_000_000, [], [1, "x"],
    {}, {"a": {"b": []}}, "<script>", "javascript:alert(1)", "//evil.example/", "../../etc/passwd",
    "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "2026-11-28", [[[]]], 32767, -32768,
)  # fmt: skip


def test_the_true_one_is_taken(zed, fresh):
    assert bring(zed, with_json(b"", "\n".join(fresh))).changes > 100


def test_each_column_with_wrong_values_is_refused(zed, fresh):
    """More than 300 mutations over every kind of row: refused with its line, unless the column may
    hold just that."""
    chance = random.Random(SEED)
    refused = taken = 0
    seen: set[str] = set()
    for number in rows_in(fresh):
        row = json.loads(fresh[number].removeprefix(","))
        kind = str(sorted(row))
        if kind in seen:
            continue
        seen.add(kind)
        for column in chance.sample(sorted(row), min(12, len(row))):
            value = chance.choice(WRONG)
            data = changed(fresh, number, **{column: value})
            try:
                with reading.read(io.BytesIO(data), reading.FOR_A_PAGE) as found:
                    bringing.look(zed, found, settings=True)
                taken += 1
            except Refused as error:
                refused += 1
                assert str(error).startswith((f"{NAME}, line ", "The rows of this", "A row of"))
    assert not any(state(zed).values())
    assert refused + taken >= 300
    assert refused >= 250, (refused, taken)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("id", "1", "id is not a whole number"),
        ("id", -1, "id is out of its range"),
        ("_uid", "no", "_uid is not a UUID"),
        ("title", 5, "title is not a text"),
        ("title", "x" * 201, "201 characters"),
        ("situation", "a\x00b", "characters that no text has"),
        ("status", "great", "none of the values"),
        ("created_at", "yesterday", "is not a time"),
        ("created_at", "0001-01-01T00:00:00+00:00", "is not a time"),
        ("own_theme", 999_999, "which is not in the file"),
        ("nonsense", 1, "no column “nonsense”"),
        ("version", 0.5, "not a whole number"),
        ("version", 1, "older than its own history"),
        ("stability", 5.0, "schedule of this story"),
        ("words", None, "is empty"),
    ],
)
def test_says_what_is_wrong(zed, lines, column, value, said):
    number = next(
        n for n in rows_in(lines) if '"situation": ' in lines[n] and '"words"' in lines[n]
    )
    assert said in refusal(zed, changed(lines, number, **{column: value}))


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "//evil.example/", "/\\evil.example", "x"]
)
def test_an_address_leads_only_to_this_site(zed, lines, source):
    number = next(n for n in rows_in(lines) if '"source": "/scenarios' in lines[n])
    said = refusal(zed, changed(lines, number, source=source))
    assert "source is not an address on this site" in said


def test_html_is_never_believed(zed, fresh):
    """There is no column for it, and what is stored is made from the text."""
    from stories.models import Story

    number = next(n for n in rows_in(fresh) if '"situation": ' in fresh[n])
    assert "no column" in refusal(zed, changed(fresh, number, situation_html="<script>"))
    bring(zed, changed(fresh, number, situation="<script>alert(1)</script> **b**"))
    html = Story.objects.get(owner=zed).situation_html
    assert "<script" not in html and "<strong>b</strong>" in html


def test_rows_twice(zed, lines):
    number = rows_in(lines)[0]
    text = [*lines[: number + 1], "," + lines[number].removeprefix(","), *lines[number + 1 :]]
    assert "stands here twice" in refusal(zed, with_json(b"", "\n".join(text)))


def test_a_parent_that_is_not_in_the_file(zed, lines):
    for label in ("scenarios.attempt", "stories.story", "drills.card", "plans.plan"):
        begin = next(n for n, line in enumerate(lines) if f'"{label}": [' in line and n > 8)
        end = next(n for n, line in enumerate(lines) if n > begin and line == "]")
        text = [*lines[: begin + 1], *lines[end:]]
        said = refusal(zed, with_json(b"", "\n".join(text)))
        assert f"refers to {label}" in said


def test_cut_anywhere(zed, lines):
    whole = "\n".join(lines)
    for place in range(1, len(whole) - 1, len(whole) // 40):
        assert refusal(zed, with_json(b"", whole[:place]))


def test_lines_shuffled_dropped_and_doubled(zed, lines):
    chance = random.Random(SEED)
    for _ in range(40):
        text = list(lines)
        for _ in range(3):
            one, other = chance.randrange(len(text)), chance.randrange(len(text))
            match chance.randrange(3):
                case 0:
                    text[one], text[other] = text[other], text[one]
                case 1:
                    del text[one]
                case 2:
                    text.insert(one, text[other])
        try:
            with reading.read(
                io.BytesIO(with_json(b"", "\n".join(text))), reading.FOR_A_PAGE
            ) as found:
                bringing.look(zed, found)
        except Refused as error:
            assert str(error)
    assert not any(state(zed).values())


def test_bytes_flipped_in_the_zip(alice, zed):
    everything(alice)
    whole, chance = export_of(alice), random.Random(SEED)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 9)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            with reading.read(io.BytesIO(bytes(data)), reading.FOR_A_PAGE) as found:
                bringing.look(zed, found)
        except Refused as error:
            assert str(error)
    for place in range(0, len(whole), len(whole) // 30):
        assert refusal(zed, whole[:place])


JSON = (
    "", "{", "[]", "null", "{}", '{\n"format": "x",\n"rows": {\n}}\n', "{\n" * 100_000,
    "[" * 100_000, '{"format": ' * 50_000, "\ufeff{", "{\n" + "x" * 5_000_000 + "\n",
    '{\n"format": "prepsite-account",\n"version": 99,\n"rows": {\n}}\n',
    '{\n"format": "prepsite-account",\n"version": 1,\n"settings": {"time_zone": "Mars"},\n'
    '"rows": {\n}}\n',
    '{\n"format": NaN,\n"rows": {\n}}\n',
)  # fmt: skip


@pytest.mark.parametrize("text", JSON, ids=range(len(JSON)))
def test_json_that_is_no_export(zed, text):
    assert refusal(zed, with_json(b"", text))


def test_bytes_that_are_no_utf8(zed, lines):
    whole = "\n".join(lines).encode().replace(b"Mine", b"\xff\xfe").replace(b"canary", b"\xc3\x28")
    assert "not JSON" in refusal(zed, with_json(b"", whole))


def head() -> str:
    settings = (
        '{"time_zone": "UTC", "time_zone_confirmed": true, "day_starts_at": 4, "theme": "dark"}'
    )
    return (
        f'{{\n"format": "prepsite-account",\n"version": 1,\n"settings": {settings},\n"rows": {{\n'
    )


def bomb(size: int) -> bytes:
    """A zip of some kilobytes that unpacks to `size` bytes of one kind of row."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped,
        zipped.open(NAME, "w", force_zip64=True) as file,
    ):
        file.write(f'{head()}"drills.card": [\n'.encode())
        for _ in range(size >> 20):
            file.write(b" " * (1 << 20))
    return out.getvalue()


def many(line: str, count: int) -> str:
    return f'{head()}"stories.dismissal": [\n' + f"{line}\n" * count + "]\n}}\n"


def overlong_list() -> bytes:
    """A zip whose list of contents says it holds far more than there is."""
    data = with_json(b"", "{}")
    end = data.rfind(b"PK\x05\x06")
    return data[: end + 12] + struct.pack("<L", 3_000_000) + data[end + 16 :]


def named(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in names:
            zipped.writestr(name, "{}")
    return out.getvalue()


BOMBS = {
    "bomb": (lambda: bomb(150_000_000), "far longer than|Too long|larger than"),
    "wide line": (lambda: with_json(b"", head() + '"drills.card": [\n{"id": 1, "x": ['
                  + "{}," * 1_200_000 + "{}]}\n"), "longer than a row"),
    "numbers": (lambda: with_json(b"", head() + '"drills.card": [\n{"id": 1, "x": ['
                + "1.5," * 900_000 + "1]}\n"), "_uid is not a UUID"),
    "deep": (lambda: with_json(b"", head() + '"drills.card": [\n' + "[" * 150_000 + "\n"),
             "not JSON"),
    "rows": (lambda: with_json(b"", many('{"id": 1}', 900_000)), "_uid"),
    "huge number": (lambda: with_json(b"", head() + '"drills.card": [\n{"id": ' + "9" * 100_000
                    + "}\n"), "not JSON"),
    "long list": (overlong_list, "far more files"),
    "traversal": (lambda: named(NAME, "../../etc/cron.d/x"), "out of its folder"),
    "absolute": (lambda: named(NAME, "/etc/passwd"), "out of its folder"),
    "windows": (lambda: named(NAME, "..\\..\\x"), "out of its folder"),
    "drive": (lambda: named(NAME, "C:x"), "out of its folder"),
    "nothing": (lambda: named("other.txt"), "no prepsite.json"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_bombs_cost_little(zed, kind):
    make, said = BOMBS[kind]
    data = make()
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=said):
            reading.read(io.BytesIO(data), reading.FOR_A_PAGE)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


class Counted:
    """How many bytes were unpacked, and how many lines were parsed, before a file was refused."""

    def __init__(self, monkeypatch):
        self.unpacked = self.parsed = 0
        unpack, parse = zipfile.ZipExtFile.read, reading.parsed

        def read(file, n=-1):
            piece = unpack(file, n)
            self.unpacked += len(piece)
            return piece

        def parsed(line, number):
            self.parsed += 1
            return parse(line, number)

        monkeypatch.setattr(zipfile.ZipExtFile, "read", read)
        monkeypatch.setattr(reading, "parsed", parsed)


@pytest.mark.parametrize("kind", BOMBS)
def test_bombs_are_refused_before_much_is_done(kind, monkeypatch, db):
    """A measure that no slow machine changes: of a file of any size at most the limit is unpacked,
    and no line is parsed after the first that is wrong."""
    make, said = BOMBS[kind]
    data, counted = make(), Counted(monkeypatch)
    with pytest.raises(Refused, match=said):
        reading.read(io.BytesIO(data), reading.FOR_A_PAGE)
    assert counted.unpacked <= reading.FOR_A_PAGE.size + (1 << 20)
    # The five lines of the head, the name of the rows, and the row that is wrong.
    assert counted.parsed <= 7


def test_a_file_of_good_rows_is_read_to_the_limit_and_no_further(zed, lines, monkeypatch):
    """The control: the same counters, where there is something to do."""
    counted, limits = Counted(monkeypatch), reading.Limits(10**9, 20, 10**6)
    data = with_json(b"", "\n".join(lines))
    with pytest.raises(Refused, match="more than 20 rows"):
        reading.read(io.BytesIO(data), limits)
    assert 21 <= counted.parsed < 21 + len(layout.travelling()) + 6
    assert counted.unpacked == len("\n".join(lines).encode())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_of_that_name(zed):
    assert "more than once" in refusal(zed, named(NAME, NAME))


def test_locked_with_a_password(zed):
    data = bytearray(with_json(b"", "{}"))
    data[6] |= 1
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert "password" in refusal(zed, bytes(data))


def test_the_limits_are_those_of_a_page(zed, lines):
    """An export that is only large is sent to the command, not half taken."""
    data = with_json(b"", "\n".join(lines))
    for limits, said in (
        (reading.Limits(1000, 10**6, 10**6), "larger than"),
        (reading.Limits(10**9, 20, 10**6), "more than 20 rows"),
        (reading.Limits(10**9, 10**6, 50), "so much text"),
    ):
        with pytest.raises(Refused, match=said):
            reading.read(io.BytesIO(data), limits)


def test_a_set_of_rows_the_database_refuses_is_refused_whole(zed, fresh):
    """What no column can see: a story with two themes, which a constraint forbids."""
    number = next(n for n in rows_in(fresh) if '"situation": ' in fresh[n])
    assert "do not hold together" in refusal(zed, changed(fresh, number, theme="ownership"))


def test_every_kind_of_row_is_known(lines):
    assert {m._meta.label_lower for m in layout.travelling()} == set(
        json.loads("\n".join(lines))["rows"]
    )
    assert archive.NAME == NAME
