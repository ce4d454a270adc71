"""Pages that are looked at: reports of cases of every kind, built once for all tests of a worker."""

from functools import cache

import melian
from melian.answer.solution import Solution
from melian.catalog import template_names, template_text
from melian.view.page.page import page_of
from melian.view.sheets.report import report_of
from tests.view.conftest import STRAIT
from tests.view.test_report import CASES

WORLDS = 512
# What the case of the strait says, in scripts that the face of figures has and others that it has not.
SCRIPTS = {
    "Will the northern navy close the strait?": "هل تغلق البحرية الشمالية المضيق قبل نهاية الصيف؟",
    "The northern navy": "北方舰队司令部 (Flota Północna)",
    "The spring storms": "סופות האביב בים הצפוני",
    "mild: stay mild": "mild: พายุสงบลงในช่วงฤดูใบไม้ผลิ",
    "fierce: turn fierce": "fierce: становятся сильнее 🌊",
    "The relief convoy": "Η νηοπομπή ανακούφισης",
    "sails: sails": "sails: बेड़ा रवाना होता है",
    "is blockaded by ships": "船で封鎖される",
    "its share of the trade": "শক্তি ও গর্ব её доля",
    "its pride": "威望与声誉",
    "Pilots were called back from leave.": "항해사들이 휴가에서 복귀했다는 소식이 전해졌다.",
    "Buoys were towed away at night.": "കപ്പൽച്ചാലിലെ ബോയകൾ രാത്രിയിൽ നീക്കം ചെയ്തു.",
}
OF_TESTS = ("flagship", "strait", "supposed", "hostile", "no evidence")
NAMES = (*OF_TESTS, *template_names())


@cache
def solved(name: str) -> Solution:
    """Solve a case of the tests for reports, a template, or that in other scripts."""
    if name in OF_TESTS:
        return CASES[name]()
    text = _in_other_scripts() if name == "scripts" else template_text(name)
    return melian.read_text(text).solve(worlds=WORLDS)


def _in_other_scripts() -> str:
    text = STRAIT.read_text("utf-8")
    for said, other in SCRIPTS.items():
        assert said in text
        text = text.replace(said, other)
    return text


@cache
def page_text(name: str) -> str:
    """Page of a report with the case's text; of the flagship it says of one actor only what it can do, to be quick."""
    return page_of(report_of(solved(name), actors=["west"] if name == "flagship" else None, with_case=True))
