package desk

import (
	"errors"
	"fmt"
	"strings"
)

// Code names a refusal for machines. The sentence for people is looked up by it
// in the reader's language at the edge (apps/api/words), with Params filled in.
type Code string

// The codes of the house. HTTP statuses are given to them in one place, apps/api.
const (
	ValidationFailed   Code = "validation_failed"
	BodyUnreadable     Code = "body_unreadable"
	BodyRequired       Code = "body_required"
	UnsupportedType    Code = "unsupported_type"
	TooLarge           Code = "too_large"
	BadHost            Code = "bad_host"
	BadCursor          Code = "bad_cursor"
	BadFilter          Code = "bad_filter"
	SignInRequired     Code = "sign_in_required"
	SignInFailed       Code = "sign_in_failed"
	SecondFactor       Code = "second_factor_required"
	Reauthenticate     Code = "reauthenticate"
	Denied             Code = "denied"
	CrossOrigin        Code = "cross_origin"
	ScopeMissing       Code = "scope_missing"
	TenantSuspended    Code = "tenant_suspended"
	TenantReadOnly     Code = "tenant_read_only"
	EngagementEnded    Code = "engagement_ended"
	NotFound           Code = "not_found"
	Gone               Code = "gone"
	MethodNotAllowed   Code = "method_not_allowed"
	NotAcceptable      Code = "not_acceptable"
	ArrivedMeanwhile   Code = "arrived_meanwhile"
	TransitionRefused  Code = "transition_refused"
	ClosedIsFinal      Code = "closed_is_final"
	UntilRequired      Code = "until_required"
	CommentRequired    Code = "comment_required"
	MacroStopped       Code = "macro_stopped"
	TasksOpen          Code = "tasks_open"
	StageNotOpen       Code = "stage_not_open"
	ProcessRuns        Code = "process_runs"
	AlreadyExists      Code = "already_exists"
	InUse              Code = "in_use"
	LastOwner          Code = "last_owner"
	LimitReached       Code = "limit_reached"
	AcrossTenants      Code = "across_tenants"
	ForeignWords       Code = "foreign_words"
	ChangedMeanwhile   Code = "changed_meanwhile"
	VersionRequired    Code = "version_required"
	KeyReused          Code = "idempotency_key_reused"
	KeyInProgress      Code = "idempotency_in_progress"
	FileRefused        Code = "file_refused"
	UploadOffset       Code = "upload_offset"
	ConditionInvalid   Code = "condition_invalid"
	CalendarNeverOpens Code = "calendar_never_opens"
	RateLimited        Code = "rate_limited"
	TooManyStreams     Code = "too_many_streams"
	Internal           Code = "internal"
	Unavailable        Code = "unavailable"
	TimedOut           Code = "timed_out"
)

// Error is a refusal: a code for machines, parameters for the sentence, fields
// for the form, and a cause for us that no person outside ever sees.
type Error struct {
	Code   Code
	Params map[string]any
	Fields []FieldError
	// Extra goes into the problem document beside the standard members
	// ("arrived", "current", "changes"); it must be safe to show to the actor.
	Extra map[string]any
	Cause error
}

// FieldError marks one field. Pointer is "/body/subject", "/query/limit",
// "/path/number" or "/header/If-Match". The offending value is never carried.
type FieldError struct {
	Pointer string
	Code    FieldCode
	Params  map[string]any
}

// FieldCode names what is wrong with a field.
type FieldCode string

// The field codes; apps/api has a sentence for each in both languages.
const (
	Required     FieldCode = "required"
	UnknownField FieldCode = "unknown_field"
	MinLength    FieldCode = "min_length"
	MaxLength    FieldCode = "max_length"
	Minimum      FieldCode = "minimum"
	Maximum      FieldCode = "maximum"
	OneOf        FieldCode = "one_of"
	Pattern      FieldCode = "pattern"
	Email        FieldCode = "email"
	Phone        FieldCode = "phone"
	URL          FieldCode = "url"
	Date         FieldCode = "date"
	DateTime     FieldCode = "date_time"
	Time         FieldCode = "time"
	TimeZone     FieldCode = "time_zone"
	Integer      FieldCode = "integer"
	Number       FieldCode = "number"
	String       FieldCode = "string"
	Boolean      FieldCode = "boolean"
	Array        FieldCode = "array"
	Object       FieldCode = "object"
	MinItems     FieldCode = "min_items"
	MaxItems     FieldCode = "max_items"
	Unique       FieldCode = "unique"
	NotText      FieldCode = "not_text"
	TooDeep      FieldCode = "too_deep"
	Taken        FieldCode = "taken"
	UnknownID    FieldCode = "unknown_id"
	Archived     FieldCode = "archived"
	Overlap      FieldCode = "overlap"
	NotAfter     FieldCode = "not_after"
	InPast       FieldCode = "in_past"
	InFuture     FieldCode = "in_future"
	BeforeOpened FieldCode = "before_opened"
	WeakPassword FieldCode = "weak_password"
	Unreadable   FieldCode = "unreadable"
	Expired      FieldCode = "expired"
	WrongCode    FieldCode = "wrong_code"
	BadLine      FieldCode = "line"
	WholeDay     FieldCode = "whole_day"
	Recurrence   FieldCode = "recurrence"
	Circular     FieldCode = "circular"
	NamedBy      FieldCode = "named_by"
)

// Error is for logs; people read the catalogue's sentence.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " %s:%s", f.Pointer, f.Code)
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, ": %v", e.Cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// With adds a member to the problem document.
func (e *Error) With(key string, value any) *Error {
	if e.Extra == nil {
		e.Extra = map[string]any{}
	}
	e.Extra[key] = value
	return e
}

// Because keeps the cause for our log.
func (e *Error) Because(err error) *Error {
	e.Cause = err
	return e
}

// Refuse makes an error of a code; params are pairs of name and value.
func Refuse(code Code, params ...any) *Error {
	return &Error{Code: code, Params: pairs(params)}
}

// Field marks one field; params are pairs of name and value. A pointer without
// a leading slash is a member of the body: "subject" is "/body/subject".
func Field(pointer string, code FieldCode, params ...any) FieldError {
	if !strings.HasPrefix(pointer, "/") {
		pointer = "/body/" + pointer
	}
	return FieldError{Pointer: pointer, Code: code, Params: pairs(params)}
}

// Invalid refuses an input with all of its wrong fields at once; nil when there are none.
func Invalid(fields ...FieldError) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Code: ValidationFailed, Fields: fields}
}

// Missing is the answer for what is absent and for what may not be seen: they look alike.
func Missing() *Error { return &Error{Code: NotFound} }

// CodeOf is the code of an error, Internal for one that is not ours, empty for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// Is reports whether err is a refusal with this code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }

func pairs(params []any) map[string]any {
	if len(params) == 0 {
		return nil
	}
	m := make(map[string]any, len(params)/2)
	for i := 0; i+1 < len(params); i += 2 {
		name, ok := params[i].(string)
		if !ok {
			panic(fmt.Sprintf("parameter name %v is not a string", params[i]))
		}
		m[name] = params[i+1]
	}
	return m
}
