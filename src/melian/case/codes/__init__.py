"""The codes of diagnostics about what a case means, with the text that `melian explain CODE` shows.

Every example is a whole case, as small as it can be; tests read them all. Codes of texts before anyone asks what they
mean are in `melian.source.codes`.
"""

from typing import Final

from melian.case.codes.correlations import CORRELATIONS
from melian.case.codes.evidence import EVIDENCE
from melian.case.codes.functions import FUNCTIONS
from melian.case.codes.judgements import JUDGEMENTS
from melian.case.codes.options import OPTIONS
from melian.case.codes.parts import PARTS
from melian.case.codes.records import RECORDS
from melian.case.codes.structure import STRUCTURE
from melian.source.codes import SOURCE_CODES, Code

CASE_CODES: Final = (*RECORDS, *PARTS, *JUDGEMENTS, *FUNCTIONS, *CORRELATIONS, *STRUCTURE, *OPTIONS, *EVIDENCE)
ALL_CODES: Final[dict[str, Code]] = {code.code: code for code in (*SOURCE_CODES, *CASE_CODES)}
