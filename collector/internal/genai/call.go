// Package genai turns spans of any dialect into priced calls, and tells which of them are to be counted. The dialects are
// tables (keys.go, document.go, operation.go, provider.go); the code knows none of them by name.
package genai

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// Mark says why a call is neither priced nor counted.
type Mark uint8

// Marks; the first three are values of tollgate.billing.
const (
	// Counted is no mark: the call is to be priced and counted.
	Counted Mark = iota
	// Duplicate: another span of the trace has the same response id, and was first.
	Duplicate
	// Wrapper: the call that it repeats is beneath it.
	Wrapper
	// Resend: this very span was here before.
	Resend
	// MarkedBefore: an earlier Collector has set tollgate.billing.
	MarkedBefore
	// Metered: the process has counted the call itself.
	Metered
	// NumMarks is how many there are.
	NumMarks
)

var markNames = [NumMarks]string{"", "duplicate", "wrapper", "resend", "marked_before", "metered"}

// String is the value of tollgate.billing, or the reason in this module's own telemetry.
func (m Mark) String() string { return markNames[m] }

// IsBilling tells marks that are written on the span.
func (m Mark) IsBilling() bool { return m == Duplicate || m == Wrapper || m == Resend }

// State says how sure a figure is.
type State uint8

// The states of contract.md.
const (
	Reported State = iota
	Estimated
	Unknown
	NumStates
)

var stateNames = [NumStates]string{"reported", "estimated", "unknown"}

func (s State) String() string { return stateNames[s] }

// Outcome is how a call ended.
type Outcome uint8

// The outcomes of contract.md.
const (
	OK Outcome = iota
	Failed
	Denied
	Aborted
	NumOutcomes
)

var outcomeNames = [NumOutcomes]string{"ok", "error", "denied", "aborted"}

func (o Outcome) String() string { return outcomeNames[o] }

// Call is what one inference span says. Its texts share memory with the span.
type Call struct {
	Span     ptrace.Span
	Resource pcommon.Resource
	Mark     Mark
	Outcome  Outcome
	State    State
	// Suppressed counts denials like this one that were not sent.
	Suppressed int64

	Query         pricing.Call
	RequestModel  string
	ResponseModel string
	ResponseID    string
	Agent         string
	TaskType      string
	Step          string
	Team          string
	Environment   string

	// HasUsage: the span has counts of tokens.
	HasUsage bool
	// Adjusted: its counts contradicted each other, or one could not be read.
	Adjusted     bool
	unsplitWrite bool

	written   figure
	reported  figure
	estimated figure
	// doubted: the plugin says why its amount is not known for sure.
	doubted Reason
	// pricedByUs: a processor of this kind has written the amount.
	pricedByUs bool
	// foreignCurrency: the amount that is on the span is not in USD.
	foreignCurrency bool
}

// figure is an amount in nano-USD that may not be there.
type figure struct {
	nano  int64
	known bool
}

func (c *Call) knowsCost() bool {
	return c.HasUsage || c.written.known || c.reported.known || c.estimated.known
}

// Decoder reads spans. It is not safe for concurrent use; keep one per goroutine and reuse it.
type Decoder struct {
	facts facts
}

// decode fills `call`, which is empty, from a span; false for a span that is no call of a model. Its fields are set one by
// one: a whole Call is large enough for the copy to show.
func (d *Decoder) decode(call *Call, span ptrace.Span, from origin, table *pricing.Table) bool {
	f := &d.facts
	f.gather(span)
	if f.roleOf(span) != inference {
		return false
	}
	f.openDocuments()
	call.Span, call.Outcome, call.Suppressed = span, f.outcome(span), f.count(suppressed)
	call.RequestModel, call.ResponseModel, call.ResponseID = f.text(requestModel), f.text(responseModel), f.text(responseID)
	call.Agent, call.Team = orElse(f.text(agent), from.agent), orElse(f.text(team), from.team)
	call.TaskType, call.Step, call.Environment = f.text(taskType), f.text(step), from.environment
	query := &call.Query
	query.Provider, query.Model, query.At = f.providerOf(table), f.model(), int64(span.StartTimestamp())
	query.ServiceTier, query.Speed, query.Geo, query.Host = f.text(serviceTier), f.text(speed), f.text(geo), f.text(serverAddress)
	used := f.usageOf(from.excludesCaches(f, call.Query.Provider))
	call.Query.Tokens, call.Query.Fees, call.HasUsage = used.tokens, f.fees(), used.present
	call.Adjusted, call.unsplitWrite = used.adjusted, used.unsplitWrite
	call.Mark = f.mark()
	call.State = f.state(used)
	f.figures(call)
	return true
}

func (f *facts) mark() Mark {
	switch {
	case f.ranks[billing] != 0:
		return MarkedBefore
	case f.text(metered) == "true":
		return Metered
	default:
		return Counted
	}
}

func (f *facts) state(used usage) State {
	switch f.text(usageState) {
	case "reported":
		return Reported
	case "estimated":
		return Estimated
	case "unknown":
		return Unknown
	}
	if !used.present {
		return Unknown
	}
	if used.adjusted {
		return Estimated
	}
	return Reported
}

func (f *facts) figures(call *Call) {
	call.written.nano, call.written.known = f.nano(amount)
	if money := f.text(currency); call.written.known && money != "" && !strings.EqualFold(money, "USD") {
		call.written.known, call.foreignCurrency = false, true
	}
	call.doubted = reasonOf(f.text(unpricedReason))
	call.pricedByUs = f.text(costOrigin) == FromTable.String()
	call.reported.nano, call.reported.known = f.nano(reportedCost)
	call.estimated.nano, call.estimated.known = f.nano(estimatedCost)
	if !call.estimated.known {
		input, hasInput := f.nano(estimatedInputCost)
		output, hasOutput := f.nano(estimatedOutputCost)
		call.estimated = figure{input + output, hasInput && hasOutput}
	}
}

// abortedErrors are names of errors with which SDKs say that the app has given up a call.
var abortedErrors = map[string]bool{
	"AbortError": true, "APIUserAbortError": true, "CancelledError": true, "asyncio.CancelledError": true,
	"asyncio.exceptions.CancelledError": true, "context.Canceled": true, "aborted": true, "canceled": true, "cancelled": true,
}

const budgetExceeded = "budget_exceeded"

func (f *facts) outcome(span ptrace.Span) Outcome {
	kind := f.text(errorType)
	switch {
	case kind == budgetExceeded || f.ranks[denial] != 0:
		return Denied
	case abortedErrors[kind] || f.text(callOutcome) == Aborted.String():
		return Aborted
	case kind != "" || span.Status().Code() == ptrace.StatusCodeError:
		return Failed
	default:
		return OK
	}
}

func orElse(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}
