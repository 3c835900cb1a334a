"""Values: what each type reads from each form an export may have, and how values are printed again."""

from datetime import datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint import values
from policylint.exports.record import Enum, Nested, Raw
from policylint.values import UNLIMITED, Lost, Truncated, Unreadable, Value, read

UNLIMITED_KINDS = ["unlimited-int", "unlimited-timespan", "unlimited-bytes"]
COLOURS = ("Red", "DarkGreen")
TYPE_NAMES = [
    "Microsoft.Exchange.Data.MultiValuedProperty`1[System.String]",
    "Microsoft.Exchange.Data.Unlimited`1[System.TimeSpan]",
    "System.Object[]",
    "System.Collections.ArrayList",
    "Deserialized.Microsoft.Exchange.Data.MultiValuedProperty",
    "Contoso.Data.List`1",
]
# every time span that .NET knows, down to a microsecond
SPANS = st.timedeltas(timedelta(days=-10675199), timedelta(days=10675199))


def colour(raw: Raw) -> Value:
    return read("enum", raw, members=COLOURS, codes={0: "Red", 2: "DarkGreen"})


@pytest.mark.parametrize(
    "raw", [True, "True", "true", " TRUE ", "$true", Nested("T", "True", ()), 1, "1", "Wahr", "VRAI", "doğru", "t"]
)
def test_true_is_read(raw: Raw):
    assert read("bool", raw) is True


@pytest.mark.parametrize(
    "raw", [False, "False", "false", "$False", 0, "0", "FALSCH", "Falso", "YANLIŞ", "yanlış", "ЛОЖЬ", "f"]
)
def test_false_is_read(raw: Raw):
    assert read("bool", raw) is False


@pytest.mark.parametrize("raw", [2, -1, 1.0, "yes", "on", "waar?", "11", Enum("True", 1), (True,)])
def test_nothing_else_is_true_or_false(raw: Raw):
    with pytest.raises(Unreadable, match="is neither True nor False"):
        read("bool", raw)


@pytest.mark.parametrize("kind", ["int", "unlimited-int"])
@pytest.mark.parametrize("raw", [8, 8.0, "8", " 8 ", "08", Nested("T", "8", ())])
def test_a_whole_number_is_read(kind: str, raw: Raw):
    found = read(kind, raw)
    assert found == 8
    assert type(found) is int


@pytest.mark.parametrize("kind", ["int", "unlimited-int"])
@pytest.mark.parametrize(
    "raw",
    [True, 8.5, "8.0", "8,5", "eight", "٨", "1e3", "0x8", "1 000", float("nan"), float("inf"), (8,), Enum("a", 8)],
)
def test_nothing_else_is_a_whole_number(kind: str, raw: Raw):
    with pytest.raises(Unreadable, match="is not a whole number"):
        read(kind, raw)


@pytest.mark.parametrize("kind", ["int", *UNLIMITED_KINDS])
@pytest.mark.parametrize("raw", [10**400, 1e300, "9" * 30, "9" * 5000, "9" * 5000 + ".00:00:00"])
def test_a_number_of_absurd_length_is_unreadable(kind: str, raw: Raw):
    with pytest.raises(Unreadable):
        read(kind, raw)


@pytest.mark.parametrize("kind", UNLIMITED_KINDS)
@pytest.mark.parametrize("raw", ["Unlimited", "unlimited", " UNLIMITED ", Nested("T", "Unlimited", ())])
def test_unlimited_is_read_in_any_case(kind: str, raw: Raw):
    assert read(kind, raw) == UNLIMITED


def test_a_plain_number_is_never_unlimited():
    with pytest.raises(Unreadable):
        read("int", "Unlimited")


@pytest.mark.parametrize("kind", ["bool", "int", *UNLIMITED_KINDS, "enum", "string", "datetime", "guid"])
@pytest.mark.parametrize("raw", [None, "", " ", "\u00a0"])
def test_an_empty_value_is_not_set(kind: str, raw: Raw):
    assert read(kind, raw) is None


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [
        (timedelta(minutes=15), 900),
        ("00:15:00", 900),
        (" 0:15:00 ", 900),
        ("1.00:00:00", 86_400),
        ("730.00:00:00", 730 * 86_400),
        ("23:59:59", 86_399),
        ("00:00:00.5", 0.5),
        ("00:00:00.0000019", 0.000001),
        ("-00:00:01", -1),
        ("-1.00:00:01", -86_401),
        (Nested("System.TimeSpan", "00:15:00", ()), 900),
    ],
)
def test_a_time_span_is_read(raw: Raw, seconds: float):
    assert read("unlimited-timespan", raw) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "raw",
    [
        "00:15", "15", 900, "1.00:15", "0:0:15:0", "24:00:00", "00:60:00", "00:00:60", "00:15:00.12345678", "15m",
        "00:15:00 h", "00.15.00", "٠٠:١٥:٠٠", "123456789.00:00:00", True, 900.0, ("00:15:00",),
    ],
)  # fmt: skip
def test_nothing_else_is_a_time_span(raw: Raw):
    with pytest.raises(Unreadable, match="is not a time span"):
        read("unlimited-timespan", raw)


@pytest.mark.parametrize(
    "separated",
    [
        "36,700,160", "36.700.160", "36 700 160", "36\u00a0700\u00a0160", "36\u202f700\u202f160", "36'700'160",
        "36\u2019700\u2019160", "36700160", "3,67,00,160",
    ],
)  # fmt: skip
def test_the_exact_bytes_count_whatever_separates_their_digits(separated: str):
    assert read("unlimited-bytes", f"35 MB ({separated} bytes)") == 35 << 20
    assert read("unlimited-bytes", f"35\u00a0MB ({separated}\u00a0Bytes)") == 35 << 20


@pytest.mark.parametrize(
    ("raw", "size"),
    [
        (0, 0), (1024, 1024), (1024.0, 1024), ("1024", 1024), ("5 B", 5), ("5KB", 5 << 10), ("5 kb", 5 << 10),
        ("5 MB", 5 << 20), ("5 GB", 5 << 30), ("5 TB", 5 << 40), ("1.5 MB (1,572,864 bytes)", 1_572_864),
        ("0 B (0 bytes)", 0), ("1 B (1 byte)", 1), (Nested("T", "5 KB (5,120 bytes)", ()), 5120),
    ],
)  # fmt: skip
def test_a_size_is_read(raw: Raw, size: int):
    assert read("unlimited-bytes", raw) == size


@pytest.mark.parametrize(
    "raw", ["1.5 MB", "5 XB", "MB", "-5 MB", "(bytes)", "(. bytes)", "(1٣ bytes)", "5 MB (many bytes)"]
)
def test_a_size_that_would_have_to_be_guessed_is_unreadable(raw: str):
    with pytest.raises(Unreadable, match="is not a size in bytes"):
        read("unlimited-bytes", raw)


@pytest.mark.parametrize("raw", ["(" + " " * 200_000, "(" * 200_000, "(1" * 100_000])
def test_a_hostile_size_takes_no_time(raw: str):
    start = perf_counter()
    with pytest.raises(Unreadable):
        read("unlimited-bytes", raw)
    assert perf_counter() - start < 5  # seconds; it took minutes when each blank was tried twice


@pytest.mark.parametrize(
    "raw",
    ["DarkGreen", "darkgreen", " DARKGREEN ", 2, "2", Enum("DarkGreen", 2), Enum("DarkGreen", None), Enum(None, 2)],
)
def test_an_enum_member_is_read_by_its_name_or_its_number(raw: Raw):
    assert colour(raw) == "DarkGreen"


def test_of_an_enum_the_name_is_believed():
    assert colour(Enum("DarkGreen", 0)) == "DarkGreen"


@pytest.mark.parametrize(
    "raw", ["Blue", 1, "1", "02", "-2", True, 2.0, Enum("Blue", 2), Enum(None, None), "²", ("Red",)]
)
def test_what_is_no_member_is_unreadable(raw: Raw):
    with pytest.raises(Unreadable, match="is none of Red, DarkGreen"):
        colour(raw)


@pytest.mark.parametrize(
    ("raw", "items"),
    [
        (None, ()), ("", ()), (" ", ()), ((), ()), ("calc.exe", ("calc.exe",)),
        (("a", "b"), ("a", "b")), (("a, b",), ("a, b",)),
        ((Nested("T", "a", ()), Nested("T", None, (("Name", "b"),)), 3), ("a", "b", "3")),
        (Nested("T", "a", ()), ("a",)),
    ],
)  # fmt: skip
def test_a_list_is_read(raw: Raw, items: tuple[str, ...]):
    assert read("string-list", raw) == items


@pytest.mark.parametrize("name", TYPE_NAMES)
def test_of_a_list_a_type_name_is_a_loss(name: str):
    for raw in (name, Nested("T", name, ())):
        with pytest.raises(Lost, match="holds only the type name"):
            read("string-list", raw)


@pytest.mark.parametrize("end", ["...", "…"])
def test_a_list_that_was_cut_short_is_truncated(end: str):
    with pytest.raises(Truncated, match="cut short"):
        read("string-list", ("a", "b", end))


def test_an_object_that_shows_no_text_is_no_list():
    with pytest.raises(Unreadable):
        read("string-list", Nested(None, None, ()))


@pytest.mark.parametrize("name", TYPE_NAMES)
@pytest.mark.parametrize("kind", ["bool", "int", *UNLIMITED_KINDS])
def test_of_any_other_setting_a_type_name_is_a_truncation(kind: str, name: str):
    with pytest.raises(Truncated, match="holds only the type name"):
        read(kind, name)


@pytest.mark.parametrize("kind", ["string", "guid", "datetime"])
def test_free_text_may_look_like_a_type_name(kind: str):
    assert read(kind, "contoso.local") == "contoso.local"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Default", "Default"), (8, "8"), (True, "True"), (Enum("A", 1), "A"), (Enum(None, 1), "1"),
        (timedelta(days=1), "1.00:00:00"), (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05"),
        (Nested("T", "text", (("Name", "name"),)), "text"), (Nested("T", None, (("Name", "name"),)), "name"),
        (Nested("T", None, ()), None), (("a", "b"), "{a, b}"),
    ],
)  # fmt: skip
def test_free_text_is_whatever_shows_a_value(raw: Raw, text: str | None):
    assert read("string", raw) == text


@given(
    st.sampled_from(["bool", "int", *UNLIMITED_KINDS, "string-list", "string", "datetime", "guid"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | SPANS | st.binary() | st.datetimes(),
        lambda inner: (
            st.lists(inner, max_size=3).map(tuple)
            | st.builds(Enum, st.none() | st.text(), st.none() | st.integers())
            | st.builds(Nested, st.none(), st.none() | st.text(), st.just(()))
        ),
        max_leaves=4,
    ),
)
def test_any_raw_value_is_read_or_unreadable(kind: str, raw: Raw):
    try:
        found = read(kind, raw)
    except Unreadable:
        return
    assert found is None or isinstance(found, bool | int | str | timedelta | tuple)
    assert isinstance(values.to_text(found), str)
    values.magnitude(found)


@given(st.text(alphabet="0123456789:.- $'()uUbBytes\u00a0\u2019...", max_size=20), st.sampled_from(UNLIMITED_KINDS))
def test_reading_what_was_read_changes_nothing(text: str, kind: str):
    try:
        found = read(kind, text)
    except Unreadable:
        return
    shown = values.to_json(found)
    assert not isinstance(shown, list)
    assert read(kind, shown) == found


@given(SPANS)
def test_a_printed_time_span_reads_back(span: timedelta):
    assert read("unlimited-timespan", values.time_span_text(span)) == span
    assert read("unlimited-timespan", values.to_json(span)) == span  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(0), "00:00:00"),
        (timedelta(minutes=15), "00:15:00"),
        (timedelta(days=90), "90.00:00:00"),
        (timedelta(milliseconds=1500), "00:00:01.5000000"),
        (timedelta(seconds=-90), "-00:01:30"),
        (timedelta(days=-1, seconds=-1), "-1.00:00:01"),
    ],
)
def test_time_spans_print_as_dotnet_prints_them(span: timedelta, text: str):
    assert values.time_span_text(span) == text


@pytest.mark.parametrize(
    ("value", "json", "text"),
    [
        (None, None, "$null"),
        (True, True, "True"),
        (8, 8, "8"),
        (UNLIMITED, UNLIMITED, UNLIMITED),
        (timedelta(days=1), "1.00:00:00", "1.00:00:00"),
        ((), [], "{}"),
        (("a", "b"), ["a", "b"], "{a, b}"),
    ],
)
def test_values_have_a_form_in_json_and_in_text(value: Value, json: object, text: str):
    assert values.to_json(value) == json
    assert type(values.to_json(value)) is type(json)
    assert values.to_text(value) == text


@pytest.mark.parametrize(
    ("value", "size"),
    [(8, 8.0), (timedelta(minutes=1), 60.0), (True, None), (None, None), (UNLIMITED, None), (("a",), None)],
)
def test_numbers_and_time_spans_have_a_magnitude(value: Value, size: float | None):
    assert values.magnitude(value) == size
    assert type(values.magnitude(value)) is type(size)


def test_a_long_value_is_shortened_in_a_message():
    with pytest.raises(Unreadable) as refused:
        read("int", "x" * 10_000)
    assert len(str(refused.value)) < 100


@pytest.mark.parametrize(
    ("raw", "text"), [(None, ""), ((), "{}"), (("a", None, ("b",)), "{a, , {b}}"), (Enum("A", 1), "A"), (True, "True")]
)
def test_a_raw_value_is_shown_as_the_file_has_it(raw: Raw, text: str):
    assert values.raw_text(raw) == text
