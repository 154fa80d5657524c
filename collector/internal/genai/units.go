package genai

import (
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// maxUnits bounds what one span can make us look up.
const maxUnits = 32

// fees reads what is billed by the piece, a list of `web_search=3`; what is not written so is left out.
func (f *facts) fees() []pricing.Fee {
	const index = billedUnits - numFields
	if !f.has[index] || f.documents[index].Type() != pcommon.ValueTypeSlice {
		return nil
	}
	list := f.documents[index].Slice()
	fees := make([]pricing.Fee, 0, min(list.Len(), maxUnits))
	for at := range min(list.Len(), maxUnits) {
		unit, number, _ := strings.Cut(list.At(at).Str(), "=")
		count, err := strconv.ParseFloat(number, 64)
		if err == nil && unit != "" && count > 0 && count < maxExact {
			fees = append(fees, pricing.Fee{Unit: unit, Count: count})
		}
	}
	return fees
}
