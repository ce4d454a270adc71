"""Words are explained once, each under its own name, with a page that is there."""

from collections import Counter

from melian.case.codes import ALL_CODES
from melian.view.glossary import TERMS, names, term_of
from scripts.pages import DOCS


def test_no_name_stands_for_two_terms_or_for_a_code() -> None:
    assert [name for name, number in Counter(name.casefold() for name in names()).items() if number > 1] == []
    assert set(names()) & set(ALL_CODES) == set()


def test_a_term_is_found_by_any_of_its_names_however_they_are_written() -> None:
    for term in TERMS:
        for name in (term.name, *term.also, term.name.upper(), term.name.replace(" ", "-")):
            assert term_of(name) == term
    assert term_of("nonsense") is None


def test_terms_are_in_the_order_of_the_alphabet_and_lead_to_pages_that_are_there() -> None:
    in_order = [term.name.casefold() for term in TERMS]
    assert in_order == sorted(in_order)
    for term in TERMS:
        assert term.meaning.endswith(".")
        assert not term.page or (DOCS / term.page).is_file()


def test_what_people_ask_about_is_explained() -> None:
    for name in ("bits", "confidence", "logit", "world", "effective worlds", "origin", "precision", "DRAFT"):
        assert term_of(name) is not None
