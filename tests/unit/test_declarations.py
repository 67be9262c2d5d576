"""A declaration somebody else wrote: what is refused, how it is published and verified, and who stood by it when."""

import json
import pickle
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from procurelib.citations import Text
from procurelib.errors import InputError, InputTypeError, UnknownId
from procurelib.models.commitment import Commitment, ReportedFigure
from procurelib.models.day_range import DayRange
from procurelib.models.declaration import Body, Claim, Declaration, Edition, Participant, Participation, Signature, Source
from procurelib.money import Money
from procurelib.places.declarations import FORMAT, content_hash, declarations
from procurelib.unknown import UNKNOWN

BOTH = {"fr": "texte", "en": "text"}


def text(fr, en):
    return {"fr": fr, "en": en}


def on(day):
    return {"earliest": day, "latest": day}


def sourced(source="minutes", confidence="secondary"):
    return {"source": source, "confidence": confidence}


def county(**changes):
    """The declaration of an invented county, sound as it is."""
    declaration = {
        "id": "ca-on/kawartha-2020",
        "title": text("Déclaration de Kawartha", "Kawartha declaration"),
        "promoters": ["Kawartha Co-operative Council"],
        "launched": on("2020-03-02"),
        "editions": [
            {"id": "first", "start": on("2020-03-02"), **sourced()},
            {"id": "second", "start": {"earliest": "2022-03-01", "latest": "2022-03-31"}, **sourced()},
        ],
        "bodies": [
            {"id": "library", "name": "Kawartha Library", "kind": "non_profit"},
            {"id": "wards", "name": "Ward offices", "kind": "group", "count": 3},
        ],
        "signatures": [
            {"body": "ca-on/peterborough", "verb": "signed", "when": on("2020-03-02"), **sourced()},
            {"body": "library", "verb": "adhered", "when": {"latest": "2020-05-04"}, "edition": "first", **sourced()},
        ],
        "claims": [
            {
                "id": "three",
                "kind": "count",
                "speaker": "The county",
                "words": text("trois organismes", "three bodies"),
                "on": on("2020-06-01"),
                "count": 3,
                **sourced(),
            }
        ],
        "commitments": [
            {
                "id": "tenth",
                "verb": "buy",
                "object": text("auprès des coopératives", "from co-operatives"),
                "binding": "resolution",
                "metric": "share_of_amount",
                "target": "10",
                "deadline": on("2022-12-31"),
                "counts": ["ca-on/co-operatives"],
                **sourced("resolution", "official"),
            }
        ],
        "participations": [
            {
                "id": "visit",
                "kind": "mission",
                "title": text("Visite", "Visit"),
                "participants": [{"body": "wards", "role": "buyer", "count": 3}],
                **sourced(),
            }
        ],
        "reported": [
            {
                "id": "2021",
                "scope": text("le comté", "the county"),
                "amount": {"amount": "1500.50", "currency": "CAD", "tax": {"unknown": True}},
                "relation": "about",
                **sourced(),
            }
        ],
        "sources": [
            {"id": "minutes", "title": "Minutes of the county council", "day": "2020-03-02"},
            {"id": "resolution", "title": "Resolution 2020-17", "address": "https://kawartha.example/17"},
        ],
        "checked": "2026-01-05",
    }
    return declaration | changes


def refused(data):
    """The faults of what is refused, by path."""
    with pytest.raises(InputError) as caught:
        Declaration.from_dict(data)
    return {fault.path: str(fault) for fault in caught.value.faults}


# --- what is refused, all together ----------------------------------------------------------------------------------


def test_the_faults_of_the_parts_are_reported_together() -> None:
    data = county()
    data["signatures"][0]["verb"] = "sined"
    data["commitments"][0]["target"] = "101"
    data["commitments"].append({"id": "more", "verb": "increase", "object": BOTH, "target": "5", **sourced()})
    data["commitments"].append({"id": "soon", "verb": "purchase", "object": BOTH, "deadline": "2022", **sourced()})
    data["claims"][0]["kind"] = "majority"
    data["bodies"][1]["kind"] = "wards"
    data["participations"][0]["participants"][0]["role"] = "guest"
    data["reported"][0]["relation"] = "at_least"
    data["sources"][0]["day"] = "2020-02-30"
    data["launched"] = {"earliest": "2020-03-03", "latest": "2020-03-02"}
    data["colour"] = "green"
    faults = refused(data)
    assert set(faults) == {
        "$.signatures[0].verb",
        "$.commitments[0].target",
        "$.commitments[1].target",
        "$.commitments[2].deadline",
        "$.claims[0].of",
        "$.claims[0].count",
        "$.bodies[1].kind",
        "$.participations[0].participants[0].role",
        "$.reported[0].relation",
        "$.sources[0].day",
        "$.launched.earliest",
        "$.colour",
    }
    assert faults["$.signatures[0].verb"] == (
        "$.signatures[0].verb: got 'sined'; expected the verb of the source. Did you mean 'signed'?"
    )
    assert faults["$.commitments[0].target"] == (
        "$.commitments[0].target: got Decimal('101'); expected a share from 0 to 100 percent of what is bought"
    )
    assert faults["$.commitments[1].target"] == (
        "$.commitments[1].target: got Decimal('5'); expected nothing, while no metric says what it measures. "
        "Give the metric, or leave it out."
    )


def test_the_faults_of_the_whole_are_reported_together() -> None:
    data = county()
    data["launched"] = on("2020-03-03")
    data["editions"][1]["id"] = "first"
    data["signatures"][1]["edition"] = "secnd"
    data["signatures"].append({"body": "ca-on/peterborough", "verb": "signed", "when": on("2021-01-01"), **sourced()})
    data["signatures"].append({"body": "ca-on/lindsay", "verb": "signed", "when": on("2021-01-01"), **sourced("minute")})
    data["claims"].append(data["claims"][0] | {"source": "press"})
    data["commitments"][0]["deadline"] = on("2020-03-02")
    data["participations"][0]["participants"][0]["body"] = "ward"
    data["participations"][0]["said"] = [data["claims"][0] | {"id": "said", "source": "speech", "of": ["county"]}]
    data["reported"][0] |= {"bodies": ["libary"], "edition": "third"}
    data["signatures"][0]["ranks"] = [{"words": text("première", "first"), **sourced("hearsay")}]
    faults = refused(data)
    assert set(faults) == {
        "$.editions[1].id",
        "$.signatures[1].edition",
        "$.signatures[2]",
        "$.signatures[3].source",
        "$.claims[1].id",
        "$.claims[1].source",
        "$.commitments[0].deadline",
        "$.participations[0].participants[0].body",
        "$.participations[0].said[0].source",
        "$.participations[0].said[0].of[0]",
        "$.reported[0].bodies[0]",
        "$.reported[0].edition",
        "$.signatures[0].ranks[0].source",
    }
    assert faults["$.signatures[3].source"] == (
        "$.signatures[3].source: got 'minute'; expected the id of one of its sources. Did you mean 'minutes'?"
    )
    assert "a day after the first signature, 2020-03-02" in faults["$.commitments[0].deadline"]
    assert "Did you mean 'wards'?" in faults["$.participations[0].participants[0].body"]


def test_a_deadline_is_held_against_the_launch_as_well_as_the_signatures() -> None:
    data = county(signatures=[])
    data["commitments"][0]["deadline"] = on("2020-03-02")
    assert set(refused(data)) == {"$.commitments[0].deadline"}
    data["commitments"][0]["deadline"] = on("2020-03-03")
    assert Declaration.from_dict(data)["tenth"].deadline == DayRange.on(date(2020, 3, 3))
    # Nobody knows when it began: no deadline is too early.
    data["launched"] = None
    data["commitments"][0]["deadline"] = on("1900-01-01")
    assert Declaration.from_dict(data)["tenth"].deadline == DayRange.on(date(1900, 1, 1))


def test_a_body_may_sign_again_by_another_verb_or_in_another_edition() -> None:
    data = county()
    again = {"body": "ca-on/peterborough", "verb": "signed", "when": on("2022-04-01"), **sourced()}
    data["signatures"] += [again | {"edition": "second"}, again | {"verb": "authorised"}]
    assert len(Declaration.from_dict(data).signatures) == 4
    data["signatures"].append(again | {"edition": "second"})
    assert set(refused(data)) == {"$.signatures[4]"}


@pytest.mark.parametrize(
    "id", ["Kawartha", "ca-on", "ca-on/Kawartha", "can/kawartha", "ca-on/kawartha-", "ca-on/kawartha 2020"]
)
def test_an_id_that_names_no_place_is_refused(id: str) -> None:
    assert set(refused(county(id=id))) == {"$.id"}


@pytest.mark.parametrize(
    ("make", "paths"),
    [
        (lambda: DayRange(date(2020, 1, 2), date(2020, 1, 1)), {"earliest"}),
        (lambda: DayRange(datetime(2020, 1, 2), date(2020, 1, 3)), {"earliest"}),
        (lambda: DayRange(None, "2020"), {"latest"}),
        (lambda: DayRange(None, None, Text("hier", " ")), {"words.en"}),
        (lambda: Source(id=" ", title="Press", address=5), {"id", "address"}),
        (lambda: Body(id="mps", name="Members", kind="group", count=0), {"count"}),
        (lambda: Body(id="mps", name="Members", kind="group", count=True), {"count"}),
        (lambda: Participant(body="mps", role="buyer", count=0), {"count"}),
        (
            lambda: Signature(body="b", verb="signed", when=date(2020, 1, 1), source="s", confidence="sure"),
            {"when", "confidence"},
        ),
        (lambda: signature(ended=DayRange.on(date(2020, 3, 2))), {"ended"}),
        (lambda: signature(ranks=["first"]), {"ranks[0]"}),
        (lambda: claim(kind="count"), {"count"}),
        (lambda: claim(kind="rank", count=1), {"count"}),
        (lambda: claim(kind="majority"), {"of"}),
        (lambda: claim(kind="count", count=-1), {"count"}),
        (lambda: claim(kind="count", count=2, out_of=True), {"out_of"}),
        (lambda: commitment(metric="amount", target="5", counts=["ca-on/x"]), {"target"}),
        (lambda: commitment(metric="suppliers", target=-1, counts=["ca-on/x"]), {"target"}),
        (lambda: commitment(metric="share_of_contracts", target=0.5, counts=["ca-on/x"]), {"target"}),
        (lambda: commitment(metric="share_of_contracts", target="-1", counts=["ca-on/x"]), {"target"}),
        (lambda: commitment(metric="share_of_contracts", target="80"), {"counts"}),
        (lambda: commitment(counts=["Social element"]), {"counts[0]"}),
        (lambda: commitment(verb="increase", baseline="5"), {"baseline"}),
        (lambda: commitment(cadence="week", binding="contract"), {"cadence", "binding"}),
        (lambda: figure(), {"amount"}),
        (lambda: figure(amount=Money("5", "CAD", tax=UNKNOWN)), {"relation"}),
        (lambda: figure(contracts=5), {"contracts_relation"}),
        (lambda: figure(share="100.5"), {"share"}),
        (
            lambda: figure(share="5", start=DayRange.on(date(2020, 1, 2)), end=DayRange.on(date(2020, 1, 1))),
            {"end"},
        ),
    ],
)
def test_a_statement_that_cannot_be_right_is_refused(make, paths: set[str]) -> None:
    with pytest.raises(InputError) as caught:
        make()
    assert {fault.path for fault in caught.value.faults} == paths


def signature(**changes):
    given = {"body": "b", "verb": "signed", "when": DayRange.on(date(2020, 3, 2)), "source": "s", "confidence": "secondary"}
    return Signature(**(given | changes))


def claim(**changes):
    given = {
        "id": "c",
        "kind": "announced",
        "speaker": "The county",
        "words": Text("texte", "text"),
        "on": DayRange.on(date(2020, 6, 1)),
        "source": "s",
        "confidence": "secondary",
    }
    return Claim(**(given | changes))


def commitment(**changes):
    given = {"id": "c", "verb": "buy", "object": Text("texte", "text"), "source": "s", "confidence": "secondary"}
    return Commitment(**(given | changes))


def figure(**changes):
    return ReportedFigure(**({"id": "f", "scope": Text("texte", "text"), "source": "s", "confidence": "secondary"} | changes))


def test_the_bounds_of_a_share_and_the_day_after_a_signature_are_allowed() -> None:
    for share in ("0", "100"):
        assert commitment(metric="share_of_amount", target=share, counts=["ca-on/x"]).target == Decimal(share)
    assert signature(ended=DayRange.on(date(2020, 3, 3))).ended == DayRange.on(date(2020, 3, 3))
    assert claim(kind="count", count=0).count == 0
    same = DayRange.on(date(2020, 1, 1))
    assert figure(share="5", start=same, end=same).share == Decimal(5)


def test_what_a_measure_is_held_against() -> None:
    def held(**changes):
        return commitment(metric="suppliers", counts=["ca-on/x"], **changes).threshold

    assert held(target=12) == (12, False)
    assert held(target=12, verb="increase", baseline=7) == (12, False)
    assert held(verb="increase", baseline=7) == (7, True)
    assert held(baseline=7) is None
    assert commitment().threshold is None


# --- reading and writing --------------------------------------------------------------------------------------------


@pytest.fixture
def kawartha() -> Declaration:
    return Declaration.from_dict(county())


@pytest.fixture
def published(kawartha: Declaration, tmp_path: Path) -> Path:
    return declarations.publish(kawartha, tmp_path / "kawartha.json")


def test_a_declaration_survives_json_toml_and_pickle(kawartha: Declaration, tmp_path: Path) -> None:
    plain = tmp_path / "plain.json"
    plain.write_text(json.dumps(kawartha.to_dict()), encoding="utf-8")
    assert declarations.read(plain) == kawartha
    written = tmp_path / "written.toml"
    written.write_text(kawartha.to_toml(), encoding="utf-8")
    assert declarations.read(str(written)) == kawartha
    assert pickle.loads(pickle.dumps(kawartha)) == kawartha
    assert kawartha["tenth"].target == Decimal(10)
    assert kawartha.reported[0].amount == Money("1500.50", "CAD", tax=UNKNOWN)
    assert kawartha.source("minutes").day == date(2020, 3, 2)


@pytest.mark.parametrize("id", list(declarations))
def test_every_shipped_declaration_survives_json_toml_and_publication(id: str, tmp_path: Path) -> None:
    shipped = declarations[id]
    assert Declaration.from_dict(json.loads(json.dumps(shipped.to_dict()))) == shipped
    assert Declaration.from_toml(shipped.to_toml()) == shipped
    assert declarations.read(declarations.publish(shipped, tmp_path / "one.json")) == shipped


def test_the_days_of_toml_may_be_its_own_or_text() -> None:
    def written(quote):
        return (
            'id = "ca-on/bruce-2021"\n'
            'title = {fr = "Bruce", en = "Bruce"}\n'
            f"checked = {quote}2026-01-05{quote}\n"
            f"launched = {{earliest = {quote}2021-02-01{quote}, latest = {quote}2021-02-28{quote}}}\n"
            "[[sources]]\n"
            'id = "press"\n'
            'title = "Press"\n'
            f"day = {quote}2021-02-03{quote}\n"
        )

    native, quoted = (Declaration.from_toml(written(quote)) for quote in ("", '"'))
    assert native == quoted
    assert native.launched == DayRange(date(2021, 2, 1), date(2021, 2, 28))
    assert (native.checked, native.sources[0].day) == (date(2026, 1, 5), date(2021, 2, 3))


def test_a_time_of_day_is_no_day() -> None:
    with pytest.raises(InputError, match="a day written as 2026-02-28"):
        Declaration.from_toml('id = "ca-on/x"\ntitle = {fr = "x", en = "x"}\nchecked = 2026-01-05T10:00:00\n')


def test_what_is_published_needs_no_other_file(published: Path, kawartha: Declaration) -> None:
    content = json.loads(published.read_text(encoding="utf-8"))
    assert list(content) == ["format", "sha256", "declaration"]
    assert content["format"] == FORMAT == "procurelib.declaration/1"
    assert content["sha256"] == content_hash(kawartha.to_dict())
    assert len(content["sha256"]) == 64
    assert declarations.read(published) == kawartha


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Déclaration de Kawartha", "Déclaration de Kawarthe"),
        ('"10"', '"11"'),
        ("2020-05-04", "2020-05-05"),
        ('"adhered"', '"undertook"'),
        ("1500.5", "1500.6"),
        ('"complete": false', '"complete": true'),
    ],
)
def test_a_published_file_that_was_changed_is_refused(published: Path, old: str, new: str) -> None:
    before = published.read_text(encoding="utf-8")
    assert before.count(old) == 1
    published.write_text(before.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        declarations.read(published)
    (fault,) = caught.value.faults
    assert fault.path == "$.sha256"
    assert "ask its publisher for the original" in fault.remedy


def test_no_byte_of_the_content_can_change_unnoticed(published: Path, kawartha: Declaration) -> None:
    before = published.read_bytes()
    start = before.index(b'"declaration": {') + len(b'"declaration": {')
    places = [place for place in range(start, len(before), 5) if before[place : place + 1].isalnum()]
    assert len(places) > 200
    for place in places:
        other = b"1" if before[place : place + 1] == b"0" else b"0"
        published.write_bytes(before[:place] + other + before[place + 1 :])
        with pytest.raises(InputError, match=r"^\$(\.sha256)?: got"):
            declarations.read(published)
    published.write_bytes(before)
    assert declarations.read(published) == kawartha


def reordered(value):
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


def test_the_order_of_keys_and_the_spacing_are_no_change(published: Path, kawartha: Declaration) -> None:
    content = reordered(json.loads(published.read_text(encoding="utf-8")))
    assert next(iter(content["declaration"])) == "note"
    published.write_text(json.dumps(content, indent=4, ensure_ascii=True), encoding="utf-8")
    assert declarations.read(published) == kawartha


def test_the_order_of_a_list_is_a_change(published: Path) -> None:
    content = json.loads(published.read_text(encoding="utf-8"))
    content["declaration"]["sources"].reverse()
    published.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=r"\$\.sha256"):
        declarations.read(published)


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({"format": "procurelib.declaration/2"}, {"$.format"}),
        ({"format": None}, {"$.format"}),
        ({"sha256": "0" * 64}, {"$.sha256"}),
        ({"sha256": None}, {"$.sha256"}),
        ({"declaration": []}, {"$.declaration"}),
        ({"signed_by": "me"}, {"$.signed_by"}),
        ({"format": "other", "sha256": "0", "more": 1}, {"$.format", "$.sha256", "$.more"}),
    ],
)
def test_an_envelope_that_is_not_the_published_one_is_refused(published: Path, change: dict, paths: set[str]) -> None:
    content = json.loads(published.read_text(encoding="utf-8")) | change
    published.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        declarations.read(published)
    assert {fault.path for fault in caught.value.faults} == paths


@pytest.mark.parametrize("dropped", ["format", "sha256", "declaration"])
def test_an_envelope_without_one_of_its_keys_is_refused(published: Path, dropped: str) -> None:
    content = json.loads(published.read_text(encoding="utf-8"))
    del content[dropped]
    published.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        declarations.read(published)
    assert [fault.path for fault in caught.value.faults] == [f"$.{dropped}"]


def test_an_envelope_without_format_and_hash_is_no_declaration(published: Path) -> None:
    content = json.loads(published.read_text(encoding="utf-8"))
    published.write_text(json.dumps({"declaration": content["declaration"]}), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        declarations.read(published)
    assert "$.declaration" in {fault.path for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("name", "content", "path"),
    [
        ("one.yaml", "id: x", "path"),
        ("one", "{}", "path"),
        ("one.toml", "id = ", "$"),
        ("one.json", "{", "$"),
        ("one.json", "[]", "$"),
        ("one.json", "null", "$"),
    ],
)
def test_a_file_that_is_no_declaration_is_refused(tmp_path: Path, name: str, content: str, path: str) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        declarations.read(file)
    assert [fault.path for fault in caught.value.faults] == [path]


@pytest.mark.parametrize("name", ["one.json", "one.toml"])
def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes('id = "Québec"'.encode("latin-1"))
    with pytest.raises(InputError) as caught:
        declarations.read(file)
    assert [fault.path for fault in caught.value.faults] == ["$"]


@pytest.mark.parametrize(
    "content",
    [
        # Half a character, which UTF-8 cannot write, and a number too long to be read.
        '{"format": "procurelib.declaration/1", "sha256": "0", "declaration": {"id": "\\ud800"}}',
        '{"id": "ca-on/x", "title": {"fr": "\\ud800", "en": "x"}, "checked": "2026-01-05"}',
        f'{{"id": {"1" * 5000}}}',
    ],
    ids=["half-in-published", "half-in-plain", "long-number"],
)
def test_json_that_cannot_be_written_or_read_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "one.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        declarations.read(file)


def test_only_json_is_published(kawartha: Declaration, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"path: got .*one\.toml.*\.json"):
        declarations.publish(kawartha, tmp_path / "one.toml")
    assert list(tmp_path.iterdir()) == []


def test_unknown_ids_name_those_they_resemble(kawartha: Declaration) -> None:
    with pytest.raises(UnknownId) as caught:
        declarations["ca-qc/longueuil-2014"]
    assert "ca-qc/longueuil-2013" in caught.value.near
    with pytest.raises(UnknownId, match="no commitment is called 'tenths'; did you mean tenth"):
        kawartha["tenths"]
    with pytest.raises(UnknownId, match="no claim is called 'thre'"):
        kawartha.check_claim("thre")
    with pytest.raises(UnknownId, match="no source is called 'minute'"):
        kawartha.source("minute")
    assert pickle.loads(pickle.dumps(declarations)) is declarations


# --- a day as a source states it ------------------------------------------------------------------------------------

BASE = date(2020, 2, 25)
SPAN = 12
days_of = st.integers(0, SPAN).map(lambda n: BASE + timedelta(n))
bounds = st.tuples(st.none() | days_of, st.none() | days_of).filter(lambda b: None in b or b[0] <= b[1])


def every_day(first: date | None, last: date | None) -> list[date]:
    """The days that may be meant, of a world that begins a week before the first one drawn and ends a week after the last."""
    world = [BASE + timedelta(n) for n in range(-7, SPAN + 8)]
    return [d for d in world if (first is None or d >= first) and (last is None or d <= last)]


@given(bounds, days_of)
def test_a_day_had_come_when_every_day_it_may_be_had(bound, day: date) -> None:
    had_come = {meant <= day for meant in every_day(*bound)}
    assert DayRange(*bound).by(day) is (had_come.pop() if len(had_come) == 1 else None)


@given(days_of, days_of)
def test_of_a_known_day_there_is_no_doubt(meant: date, day: date) -> None:
    assert DayRange.on(meant).by(day) is (meant <= day)
    assert DayRange.on(meant).day == meant


@given(bounds, days_of)
def test_what_is_known_of_a_day_is_never_lost_later(bound, day: date) -> None:
    order = {False: 0, None: 1, True: 2}
    assert order[DayRange(*bound).by(day)] <= order[DayRange(*bound).by(day + timedelta(1))]


@given(bounds)
def test_a_range_survives_json(bound) -> None:
    meant = DayRange(*bound, Text("avant", "before"))
    assert DayRange.from_dict(json.loads(json.dumps(meant.to_dict()))) == meant
    assert (meant.day is None) == (len(every_day(*bound)) > 1)


# --- who stood by it ------------------------------------------------------------------------------------------------


def declaration(*signatures, editions=(), complete=False, claims=(), launched=None):
    return Declaration(
        id="ca-on/invented",
        title=Text("Inventée", "Invented"),
        launched=launched,
        editions=editions,
        signatures=signatures,
        claims=claims,
        complete=complete,
        sources=[Source(id="s", title="Minutes")],
        checked=date(2026, 1, 5),
    )


def edition(id, start, end=None):
    return Edition(id=id, start=start, end=end, source="s", confidence="secondary")


def signed(body, when, **more):
    return signature(body=f"ca-on/{body}", when=when, **more)


def stood(one: Declaration, day: str) -> str:
    """Whether the only body stood by it on a day: yes, perhaps or no."""
    found = one.signatories(on=date.fromisoformat(day))
    assert not set(found.certain) & set(found.possible)
    return "yes" if found.certain else "perhaps" if found.possible else "no"


MARCH = DayRange(date(2022, 3, 1), date(2022, 3, 31))
FIRST = DayRange.on(date(2020, 3, 2))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-03-01", "no"),
        ("2020-03-02", "yes"),
        ("2022-02-28", "yes"),
        ("2022-03-01", "perhaps"),
        ("2022-03-31", "perhaps"),
        ("2026-01-01", "perhaps"),
    ],
)
def test_a_signature_of_an_edition_is_certain_until_the_next_may_have_begun(day: str, expected: str) -> None:
    editions = [edition("1", FIRST), edition("2", MARCH)]
    assert stood(declaration(signed("a", FIRST, edition="1"), editions=editions), day) == expected


def test_the_last_edition_and_a_signature_of_none_do_not_lapse() -> None:
    editions = [edition("1", FIRST), edition("2", MARCH)]
    assert stood(declaration(signed("a", MARCH, edition="2"), editions=editions), "2022-03-30") == "perhaps"
    assert stood(declaration(signed("a", MARCH, edition="2"), editions=editions), "2022-03-31") == "yes"
    assert stood(declaration(signed("a", MARCH, edition="2"), editions=editions), "2099-12-31") == "yes"
    assert stood(declaration(signed("a", FIRST), editions=editions), "2099-12-31") == "yes"


def test_an_edition_of_which_no_start_is_known_may_have_begun_on_any_day() -> None:
    editions = [edition("1", FIRST), edition("2", DayRange())]
    assert stood(declaration(signed("a", FIRST, edition="1"), editions=editions), "2020-03-02") == "perhaps"


@pytest.mark.parametrize(
    ("end", "day", "expected"),
    [
        # Its last day is still a day of the edition.
        (DayRange.on(date(2021, 6, 30)), "2021-06-30", "yes"),
        (DayRange.on(date(2021, 6, 30)), "2021-07-01", "perhaps"),
        (DayRange(date(2021, 6, 1), date(2021, 6, 30)), "2021-06-01", "yes"),
        (DayRange(date(2021, 6, 1), date(2021, 6, 30)), "2021-06-02", "perhaps"),
        (DayRange(None, date(2021, 6, 30)), "2020-03-02", "perhaps"),
    ],
)
def test_an_edition_lapses_after_its_last_day(end: DayRange, day: str, expected: str) -> None:
    assert stood(declaration(signed("a", FIRST, edition="1"), editions=[edition("1", FIRST, end)]), day) == expected


@pytest.mark.parametrize(
    ("launched", "day", "expected"),
    [
        (None, "1990-01-01", "perhaps"),
        (MARCH, "2022-02-28", "no"),
        (MARCH, "2022-03-01", "perhaps"),
        (MARCH, "2022-12-30", "perhaps"),
        (MARCH, "2022-12-31", "yes"),
        (DayRange(None, date(2022, 3, 31)), "1990-01-01", "perhaps"),
    ],
)
def test_nobody_stands_by_a_declaration_before_it_was_launched(launched: DayRange | None, day: str, expected: str) -> None:
    by_the_end_of_2022 = DayRange(None, date(2022, 12, 31))
    assert stood(declaration(signed("a", by_the_end_of_2022), launched=launched), day) == expected


def test_a_body_that_signs_the_next_edition_stands_again() -> None:
    editions = [edition("1", FIRST), edition("2", MARCH)]
    again = DayRange.on(date(2022, 4, 4))
    one = declaration(signed("a", FIRST, edition="1"), signed("a", again, edition="2"), editions=editions)
    days = ("2020-03-02", "2022-03-01", "2022-04-03", "2022-04-04")
    assert [stood(one, day) for day in days] == ["yes", "perhaps", "perhaps", "yes"]
    assert one.signatories(on=date(2022, 4, 4)).verbs == (("ca-on/a", "signed"), ("ca-on/a", "signed"))


@pytest.mark.parametrize(
    ("ended", "day", "expected"),
    [
        # The first day on which it no longer stands by the text.
        (DayRange.on(date(2021, 6, 1)), "2021-05-31", "yes"),
        (DayRange.on(date(2021, 6, 1)), "2021-06-01", "no"),
        (DayRange(date(2021, 6, 1), date(2021, 6, 30)), "2021-05-31", "yes"),
        (DayRange(date(2021, 6, 1), date(2021, 6, 30)), "2021-06-01", "perhaps"),
        (DayRange(date(2021, 6, 1), date(2021, 6, 30)), "2021-06-29", "perhaps"),
        (DayRange(date(2021, 6, 1), date(2021, 6, 30)), "2021-06-30", "no"),
        (DayRange(date(2021, 6, 1), None), "2099-01-01", "perhaps"),
    ],
)
def test_a_body_that_left_no_longer_stands_by_it(ended: DayRange, day: str, expected: str) -> None:
    assert stood(declaration(signed("a", FIRST, ended=ended)), day) == expected


@given(bounds, bounds, days_of)
def test_what_is_said_for_certain_is_true_of_every_pair_of_days_that_may_be_meant(when, ended, day: date) -> None:
    pairs = [(w, e) for w in every_day(*when) for e in every_day(*ended) if w < e]
    assume(pairs)
    said = stood(declaration(signed("a", DayRange(*when), ended=DayRange(*ended))), day.isoformat())
    truth = {w <= day < e for w, e in pairs}
    if said != "perhaps":
        assert truth == {said == "yes"}
    elif len({w for w, _ in pairs}) == len({e for _, e in pairs}) == 1:
        pytest.fail("both days are known, and yet there is doubt")


def test_a_council_that_authorised_a_signature_has_not_signed() -> None:
    one = declaration(
        signed("a", FIRST, verb="authorised"),
        signed("b", FIRST, verb="undertook"),
        signed("a", DayRange.on(date(2020, 3, 3)), verb="ratified"),
    )
    before, after = date(2020, 3, 2), date(2020, 3, 3)
    assert list(one.signatories(on=before)) == ["ca-on/b"]
    assert list(one.signatories(on=after)) == ["ca-on/b", "ca-on/a"]
    assert list(one.signatories(on=after, verbs=["authorised"])) == ["ca-on/a"]
    assert list(one.signatories(on=after, verbs=("signed", "voted"))) == []
    assert "ca-on/a" in one.signatories(on=after)
    assert len(one.signatories(on=before)) == 1


def test_a_day_or_a_verb_that_is_none_is_refused() -> None:
    one = declaration(signed("a", FIRST))
    with pytest.raises(InputTypeError, match=r"on: got datetime"):
        one.signatories(on=datetime(2020, 3, 2))
    with pytest.raises(InputError, match=r"verbs\[1\]: got 'sign'.*'signed'"):
        one.signatories(on=date(2020, 3, 2), verbs=["voted", "sign"])


# --- what is claimed of them ----------------------------------------------------------------------------------------

FIVE = tuple(f"ca-on/{name}" for name in "abcde")
BY_JUNE = DayRange(None, date(2020, 6, 1))
LATER = DayRange.on(date(2020, 6, 2))


@pytest.mark.parametrize(
    ("whens", "complete", "expected"),
    [
        ([FIRST, FIRST, BY_JUNE, LATER, LATER], False, "holds"),
        ([FIRST, FIRST, DayRange(), LATER, LATER], False, "open"),
        ([FIRST, FIRST, LATER, LATER, LATER], False, "fails"),
        ([FIRST, FIRST], False, "open"),
        ([FIRST, FIRST], True, "fails"),
        ([FIRST, DayRange(), DayRange(), LATER, LATER], False, "open"),
    ],
)
def test_a_majority_is_held_against_the_list(whens: list[DayRange], complete: bool, expected: str) -> None:
    said = claim(kind="majority", of=FIVE)
    signatures = [signature(body=body, when=when) for body, when in zip(FIVE, whens, strict=False)]
    check = declaration(*signatures, complete=complete, claims=[said]).check_claim("c")
    assert (check.value, check.out_of) == (expected, 5)
    assert check.certain == tuple(b for b, when in zip(FIVE, whens, strict=False) if when in (FIRST, BY_JUNE))
    assert check.possible == tuple(b for b, when in zip(FIVE, whens, strict=False) if when == DayRange())


def test_half_is_no_majority() -> None:
    said = claim(kind="majority", of=FIVE[:4])
    whens = (FIRST, FIRST, LATER, LATER)
    signatures = [signature(body=body, when=when) for body, when in zip(FIVE, whens, strict=False)]
    assert declaration(*signatures, claims=[said]).check_claim("c").value == "fails"


def test_bodies_that_are_not_spoken_of_make_no_majority() -> None:
    said = claim(kind="majority", of=FIVE[:3])
    signatures = [signature(body=body, when=FIRST) for body in (FIVE[0], *FIVE[3:])]
    check = declaration(*signatures, claims=[said]).check_claim("c")
    assert (check.value, check.certain) == ("open", FIVE[:1])


@pytest.mark.parametrize(
    ("count", "complete", "counted", "expected"),
    [
        (3, True, None, "holds"),
        (2, True, None, "fails"),
        (4, True, None, "fails"),
        (3, False, None, "open"),
        (3, True, Text("entreprises", "enterprises"), "open"),
    ],
)
def test_a_count_is_held_against_a_complete_list_only(count: int, complete: bool, counted: Text | None, expected: str) -> None:
    said = claim(kind="count", count=count, counted=counted)
    signatures = [signature(body=body, when=FIRST) for body in FIVE[:3]]
    assert declaration(*signatures, complete=complete, claims=[said]).check_claim("c").value == expected


@pytest.mark.parametrize("counted_too_few", [True, False])
def test_a_list_that_is_not_complete_refutes_a_count_it_exceeds(counted_too_few: bool) -> None:
    said = claim(kind="count", count=2 if counted_too_few else 3)
    signatures = [signature(body=body, when=FIRST) for body in FIVE[:3]]
    value = declaration(*signatures, claims=[said]).check_claim("c").value
    assert value == ("fails" if counted_too_few else "open")


@pytest.mark.parametrize("kind", ["rank", "announced"])
def test_a_rank_and_what_was_announced_are_not_checked(kind: str) -> None:
    check = declaration(signed("a", FIRST), claims=[claim(kind=kind)]).check_claim("c")
    assert (check.value, check.certain, check.possible) == ("not_checked", (), ())


def test_the_same_thing_counted_otherwise_is_a_conflict_and_another_thing_is_none() -> None:
    seen = Text("entreprises", "enterprises")
    claims = [
        claim(id="a", kind="count", count=26, counted=seen),
        claim(id="b", kind="count", count=27, counted=seen),
        claim(id="c", kind="count", count=15),
        claim(id="d", kind="count", count=15, speaker="The press"),
        claim(id="e", kind="count", count=30, counted=seen, on=LATER),
        claim(id="f", kind="majority", of=FIVE),
    ]
    found = declaration(claims=claims).conflicts()
    assert [[one.id for one in group] for group in found] == [["a", "b"]]


def test_the_roles_of_a_participation() -> None:
    visit = Participation(
        id="visit",
        kind="mission",
        title=Text("Visite", "Visit"),
        participants=[
            Participant(body="a", role="buyer"),
            Participant(body="b", role="host"),
            Participant(body="c", role="buyer"),
        ],
        source="s",
        confidence="secondary",
    )
    assert visit.who("buyer") == ("a", "c")
    assert visit.who("member") == ()
