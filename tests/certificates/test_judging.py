"""What is told of a chain, rule by rule."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from chains import HOST, ISSUING, LEAF, NOW, OTHER_ROOT, ROOT, STRANGER, Made, key, made, pem, pkcs7_of

from policylint.certificates.assessing import Assessment
from policylint.certificates.names import covers
from policylint.certificates.reading import read_chain
from policylint.certificates.walk import Entangled

Judge = Callable[..., Assessment]


def outcomes(told: Assessment) -> list[str]:
    return [fault.outcome for fault in told.faults]


def detail(told: Assessment, outcome: str) -> str:
    (fault,) = (fault for fault in told.faults if fault.outcome == outcome)
    return fault.detail


def test_a_whole_chain_has_nothing_to_tell(assessed: Judge) -> None:
    told = assessed(LEAF, ISSUING, roots=(ROOT,), host=HOST)
    assert outcomes(told) == []
    assert told.complete is True
    assert told.missing is None
    assert [told.role(each) for each in told.chain.certificates] == ["leaf", "intermediate"]


def test_what_is_missing_is_named_with_the_place_where_it_lies(assessed: Judge) -> None:
    told = assessed(LEAF)
    assert told.complete is False
    assert told.missing == ISSUING.subject
    said = detail(told, "chain-incomplete")
    assert f'"{ISSUING.subject}" was not sent: nothing but the server\'s own certificate was' in said
    assert "http://pki.contoso.example/issuing.crt" in said


def test_a_gap_shows_in_what_is_not_connected(assessed: Judge) -> None:
    told = assessed(LEAF, ROOT)
    assert outcomes(told) == ["chain-incomplete"]
    assert "not connected" in detail(told, "chain-incomplete")
    assert [told.role(each) for each in told.chain.certificates] == ["leaf", "stranger"]


def test_a_namesake_with_another_key_is_no_issuer(assessed: Judge) -> None:
    namesake = made(ISSUING.subject, ROOT.subject, ca=True, own=key("another"))
    said = detail(assessed(LEAF, namesake), "chain-incomplete")
    assert "its key does not verify the signature" in said


def test_without_roots_the_issuer_of_the_end_is_taken_for_one(assessed: Judge) -> None:
    told = assessed(LEAF, ISSUING)
    assert outcomes(told) == ["chain-taken-for-complete"]
    assert detail(told, "chain-taken-for-complete") == ROOT.subject
    assert told.complete is None
    assert assessed(LEAF, ISSUING, roots=(OTHER_ROOT,)).complete is False


def test_a_trusted_intermediate_ends_the_walk(assessed: Judge) -> None:
    told = assessed(LEAF, ISSUING, roots=(ISSUING,))
    assert outcomes(told) == []
    assert told.role(told.chain.certificates[1]) == "root"


def test_a_cross_signed_root_does_not_hide_the_one_that_phones_trust(assessed: Judge) -> None:
    crossed = made(ROOT.subject, OTHER_ROOT.subject, ca=True, own=ROOT.key)
    told = assessed(LEAF, ISSUING, crossed, roots=(ROOT,))
    assert told.complete is True
    assert outcomes(told) == []


def test_pkcs7_has_no_order(assessed: Judge) -> None:
    assert "chain-order" in outcomes(assessed(ISSUING, LEAF))
    assert "chain-order" not in outcomes(assessed(pkcs7_of(ISSUING, LEAF)))


def test_a_stranger_is_told_of_a_whole_chain_only(assessed: Judge) -> None:
    assert outcomes(assessed(LEAF, ISSUING, ROOT, STRANGER)) == ["chain-root-sent", "chain-stranger"]
    assert outcomes(assessed(LEAF, ISSUING, STRANGER)) == ["chain-incomplete"]
    said = detail(assessed(LEAF, ISSUING, ISSUING, ISSUING), "chain-stranger")
    assert said == "was sent 3 times"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((-10, -1), ["certificate-expired"]), ((1, 100), ["certificate-expired"]), ((0, 400), []),
        ((-10, 30), ["certificate-expires"]), ((-10, 31), []), ((-400, 0), ["certificate-expires"]),
    ],
)  # fmt: skip
def test_validity(days: tuple[int, int], expected: list[str], assessed: Judge) -> None:
    leaf = made(LEAF.subject, ISSUING.subject, days=days)
    assert outcomes(assessed(leaf, ISSUING, roots=(ROOT,))) == expected


def test_the_day_and_the_days_can_be_chosen(assessed: Judge) -> None:
    later = NOW + timedelta(days=999)
    assert "certificate-expires" in outcomes(assessed(LEAF, ISSUING, at=later))
    assert "certificate-expires" not in outcomes(assessed(LEAF, ISSUING, at=later, days=0))
    assert "certificate-expired" in outcomes(assessed(LEAF, ISSUING, at=later + timedelta(days=5)))


@pytest.mark.parametrize(
    ("names", "host", "covered"),
    [
        (("mail.contoso.example",), "MAIL.Contoso.Example", True),
        (("MAIL.contoso.example",), "mail.contoso.example.", True),
        (("*.contoso.example",), "mail.contoso.example", True),
        (("*.CONTOSO.example",), "mail.contoso.EXAMPLE", True),
        (("*.contoso.example",), "contoso.example", False),
        (("*.contoso.example",), "a.mail.contoso.example", False),
        (("*.contoso.example",), ".contoso.example", False),
        (("m*.contoso.example",), "mail.contoso.example", False),
        (("*.*.example",), "mail.contoso.example", False),
        (("mail.*.example",), "mail.contoso.example", False),
        (("*",), "mail.contoso.example", False),
        (("xn--mnchen-3ya.example",), "xn--mnchen-3ya.example", True),
        (("*.xn--mnchen-3ya.example",), "mail.XN--mnchen-3ya.example", True),
        (("other.example", "mail.contoso.example"), "mail.contoso.example", True),
        (("other.example",), HOST, False),
    ],
)
def test_which_names_cover_a_host(names: tuple[str, ...], host: str, covered: bool) -> None:
    chain = read_chain(made(LEAF.subject, ISSUING.subject, names=names).pem.encode(), "x").chain
    assert chain is not None
    assert covers(chain.certificates[0], host) is covered


def test_the_common_name_counts_only_where_there_are_no_others(assessed: Judge) -> None:
    bare = made(f"CN={HOST},O=Contoso", ISSUING.subject)
    assert "certificate-name" not in outcomes(assessed(bare, ISSUING, host=HOST))
    said = detail(assessed(bare, ISSUING, host="eas.contoso.example"), "certificate-name")
    assert "common name" in said
    named = made(f"CN={HOST}", ISSUING.subject, names=("eas.contoso.example",))
    assert "certificate-name" in outcomes(assessed(named, ISSUING, host=HOST))
    assert "certificate-name" not in outcomes(assessed(named, ISSUING))


def test_a_certificate_of_ones_own(assessed: Judge) -> None:
    own = made("CN=EXCH01", names=("exch01",), kind="1024")
    told = assessed(own, roots=(ROOT,))
    assert outcomes(told) == ["certificate-self-signed"]
    assert told.complete is True


@pytest.mark.parametrize("signature", ["md5", "sha1"])
def test_weak_signatures(signature: str, assessed: Judge) -> None:
    issuing = made("CN=Old CA", "CN=Old Root", ca=True, kind="2048", signature=signature)
    leaf = made(LEAF.subject, issuing.subject, signature=signature)
    root = made("CN=Old Root", ca=True, kind="2048", signature=signature)
    told = assessed(leaf, issuing, root)
    weak = [fault.certificate.subject for fault in told.faults if fault.outcome == "certificate-weak"]
    assert weak == [leaf.subject, issuing.subject]
    assert told.complete is True


def test_a_small_key_is_weak(assessed: Judge) -> None:
    small = made(LEAF.subject, ISSUING.subject, kind="1024")
    assert detail(assessed(small, ISSUING), "certificate-weak") == "has an RSA key of 1024 bits"
    assert "certificate-weak" not in outcomes(assessed(made(LEAF.subject, ISSUING.subject, kind="2048"), ISSUING))


def test_an_unknown_root_is_told_unless_it_is_the_leaf(assessed: Judge) -> None:
    assert outcomes(assessed(LEAF, ISSUING, ROOT, roots=(OTHER_ROOT,))) == ["chain-root-sent", "root-unknown"]
    assert outcomes(assessed(LEAF, ISSUING, ROOT, roots=(ROOT,))) == ["chain-root-sent"]


def test_the_documented_break_is_named_with_its_source(assessed: Judge) -> None:
    (fault,) = assessed(LEAF, device="wp7").faults[:1]
    assert "known to break windows-phone 7.0–7.8" in fault.detail
    assert "luck" not in fault.detail
    (reason,) = fault.reasons
    assert "eightwone" in [source.id for source in reason.sources]
    assert reason.evidence == "documented"


def test_of_other_devices_it_is_said_what_is_known_and_what_is_not(assessed: Judge) -> None:
    (fault,) = assessed(LEAF, device="ios").faults
    assert "known to break" not in fault.detail
    assert "luck: of a cache, or of a store" in fault.detail
    (reason,) = fault.reasons
    assert "2012" in (reason.note or "")
    assert "not known" in (reason.note or "")
    (silent,) = assessed(LEAF, device="nine").faults
    assert silent.reasons == ()
    assert "luck" in silent.detail


def test_a_signature_that_a_device_does_not_take(assessed: Judge) -> None:
    strong = made(LEAF.subject, ISSUING.subject, signature="sha512")
    assert "certificate-unusable" in outcomes(assessed(strong, ISSUING, device="windows-mobile==6.5"))
    for other in ("windows-mobile==5.0", "ios"):
        assert "certificate-unusable" not in outcomes(assessed(strong, ISSUING, device=other))
    assert "certificate-unusable" not in outcomes(assessed(LEAF, ISSUING, device="windows-mobile==6.5"))


@pytest.mark.parametrize(
    ("issuer", "told"), [("CN=Contoso CA", True), ("CN=x,O=GLOBALSIGN nv-sa", False), ("CN=DigiCert CA", False)]
)
def test_a_root_that_a_device_did_not_ship_with(issuer: str, told: bool, assessed: Judge) -> None:
    served: list[Made] = [made(LEAF.subject, issuer)]
    assert ("root-not-shipped" in outcomes(assessed(*served, device="wp7"))) is told
    assert "root-not-shipped" not in outcomes(assessed(*served, device="ios"))


def test_certificates_that_all_claim_each_other_do_not_cost_hours(assessed: Judge) -> None:
    keys = [key(f"tangled {number}") for number in range(3)]
    tangled = [made("CN=x,O=y", "CN=x,O=z", ca=True, own=keys[n % 3], signer=keys[n % 2]) for n in range(50)]
    tangled += [made("CN=x,O=z", "CN=x,O=y", ca=True, own=keys[n % 3], signer=keys[n % 2]) for n in range(50)]
    with pytest.raises(Entangled):
        assessed(pem(*tangled).encode())
