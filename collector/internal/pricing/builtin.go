package pricing

import (
	"fmt"
	"sync"

	"github.com/tollgate-dev/tollgate/collector/internal/contract"
)

// BuiltIn is the table that comes with this module; it is parsed once.
var BuiltIn = sync.OnceValue(func() *Table {
	table, err := Parse(contract.Prices)
	if err != nil {
		panic(fmt.Sprintf("built-in price table: %v", err))
	}
	return table
})
