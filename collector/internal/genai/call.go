// Package genai turns spans of any dialect into priced calls, and tells which of them are to be counted. The dialects are
// tables (keys.go, document.go, operation.go, provider.go); the code knows none of them by name.
package genai

import (
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
	// HasUsage: the span has counts of tokens.
	HasUsage bool
	// Adjusted: its counts contradicted each other, or one could not be read.
	Adjusted bool
	// Suppressed counts denials like this one that were not sent.
	Suppressed int64
	Bill       Bill
	Tokens     pricing.Tokens

	Provider      string
	RequestModel  string
	ResponseModel string
	ResponseID    string
	Agent         string
	TaskType      string
	Step          string
	Team          string
	Environment   string
}

func (c *Call) knowsCost() bool { return c.HasUsage || c.Bill.Origin != NoAmount }

// Decoder reads spans. It is not safe for concurrent use; keep one per goroutine and reuse it.
type Decoder struct {
	facts facts
	// query is what the price of the call at hand depends on.
	query   pricing.Call
	guesses guesses
}

// decode fills `call`, which is empty, from a span; false for a span that is no call of a model. Its fields are set one by
// one: a whole Call is large enough for the copy to show. The bill is made here, while all that it needs is at hand.
func (d *Decoder) decode(call *Call, span ptrace.Span, from origin, table *pricing.Table) bool {
	f := &d.facts
	d.gather(span)
	if f.roleOf(span) != inference {
		return false
	}
	f.openDocuments()
	call.Span, call.Outcome, call.Suppressed = span, f.outcome(span), f.count(suppressed)
	call.RequestModel, call.ResponseModel, call.ResponseID = f.text(requestModel), f.text(responseModel), f.text(responseID)
	call.Agent, call.Team = orElse(f.text(agent), from.agent), orElse(f.text(team), from.team)
	call.TaskType, call.Step, call.Environment = f.text(taskType), f.text(step), from.environment
	call.Provider = f.providerOf(table)
	used := f.usageOf(&call.Tokens, from.excludesCaches(f, call.Provider))
	call.HasUsage, call.Adjusted = used.present, used.adjusted || used.unread
	call.Mark = f.mark()
	call.State = f.state(call)
	d.appraise(call, used, table)
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

func (f *facts) state(call *Call) State {
	switch f.text(usageState) {
	case "reported":
		return Reported
	case "estimated":
		return Estimated
	case "unknown":
		return Unknown
	}
	switch {
	case !call.HasUsage:
		return Unknown
	case call.Adjusted:
		return Estimated
	default:
		return Reported
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
	case kind != "" && abortedErrors[kind] || f.text(callOutcome) == Aborted.String():
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
