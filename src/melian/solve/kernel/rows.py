"""Sums of products of rows of the file of registers, with the sum held in the processor's own registers.

This one loop is most of the work of solving a case. Written with arrays it would store and load the sum anew for every
product, because the compiler makes vectors of the innermost loop alone, which runs over lanes. So the loop over
products is written in the compiler's own language, on vectors of all lanes: the numbers are the same, in the same
order.
"""

from typing import Any, Final

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

LANES: Final = 32
"""Worlds of a lane block. With more, the rows of one instruction leave the nearest cache; with fewer, looking up which
rows to multiply costs more than multiplying them."""

_NUMBER: Final = ir.DoubleType()
_ROW: Final = ir.VectorType(_NUMBER, LANES)
_INDEX: Final = ir.IntType(64)
_ALIGNED_TO: Final = 8


@intrinsic
def sum_of_products(
    typing_context: Any, file: Any, left: Any, right: Any, place: Any, n_members: Any, out: Any
) -> tuple[Any, Any]:
    """Write file[left[i]] * file[right[i]], summed over `n_members` values of i from `place`, to file[out].

    Parameters
    ----------
    file : [cells, LANES] registers, C-contiguous.
    left, right : [L] cells, contiguous.
    place, n_members, out : whole numbers; at least one member.
    """
    signature = types.void(file, left, right, place, n_members, out)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        arrays = zip(signature.args[:3], arguments[:3], strict=True)
        rows, *lists = [context.make_array(kind)(context, builder, value).data for kind, value in arrays]
        place, n_members, out = arguments[3:]

        def row_at(cell: Any) -> Any:
            first = builder.gep(rows, [builder.mul(cell, ir.Constant(_INDEX, LANES))])
            return builder.bitcast(first, _ROW.as_pointer())

        def product(at: Any) -> Any:
            cells = [builder.sext(builder.load(builder.gep(list_, [at])), _INDEX) for list_ in lists]
            one, other = (builder.load(row_at(cell), align=_ALIGNED_TO) for cell in cells)
            return builder.fmul(one, other)

        total = cgutils.alloca_once_value(builder, product(place))  # type: ignore[no-untyped-call]
        rest, following = builder.sub(n_members, ir.Constant(_INDEX, 1)), builder.add(place, ir.Constant(_INDEX, 1))
        with cgutils.for_range(builder, rest, intp=_INDEX) as loop:
            at = builder.add(following, loop.index)
            builder.store(builder.fadd(builder.load(total), product(at)), total)
        builder.store(builder.load(total), row_at(out), align=_ALIGNED_TO)
        return context.get_dummy_value()

    return signature, generate
