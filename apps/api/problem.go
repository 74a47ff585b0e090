package api

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/apps/api/words"
	"manydesk/desk"
)

// statuses is the one place where a refusal becomes an HTTP status.
var statuses = map[desk.Code]int{
	desk.ValidationFailed:   http.StatusUnprocessableEntity,
	desk.BodyUnreadable:     http.StatusBadRequest,
	desk.BodyRequired:       http.StatusBadRequest,
	desk.UnsupportedType:    http.StatusUnsupportedMediaType,
	desk.TooLarge:           http.StatusRequestEntityTooLarge,
	desk.BadHost:            http.StatusBadRequest,
	desk.BadCursor:          http.StatusBadRequest,
	desk.BadFilter:          http.StatusBadRequest,
	desk.SignInRequired:     http.StatusUnauthorized,
	desk.SignInFailed:       http.StatusUnauthorized,
	desk.SecondFactor:       http.StatusUnauthorized,
	desk.Reauthenticate:     http.StatusUnauthorized,
	desk.Denied:             http.StatusForbidden,
	desk.CrossOrigin:        http.StatusForbidden,
	desk.ScopeMissing:       http.StatusForbidden,
	desk.TenantSuspended:    http.StatusForbidden,
	desk.TenantReadOnly:     http.StatusForbidden,
	desk.EngagementEnded:    http.StatusForbidden,
	desk.NotFound:           http.StatusNotFound,
	desk.Gone:               http.StatusGone,
	desk.MethodNotAllowed:   http.StatusMethodNotAllowed,
	desk.NotAcceptable:      http.StatusNotAcceptable,
	desk.ArrivedMeanwhile:   http.StatusConflict,
	desk.TransitionRefused:  http.StatusConflict,
	desk.ClosedIsFinal:      http.StatusConflict,
	desk.UntilRequired:      http.StatusUnprocessableEntity,
	desk.CommentRequired:    http.StatusUnprocessableEntity,
	desk.TasksOpen:          http.StatusConflict,
	desk.StageNotOpen:       http.StatusConflict,
	desk.ProcessRuns:        http.StatusConflict,
	desk.MacroStopped:       http.StatusConflict,
	desk.AlreadyExists:      http.StatusConflict,
	desk.InUse:              http.StatusConflict,
	desk.LastOwner:          http.StatusConflict,
	desk.LimitReached:       http.StatusConflict,
	desk.AcrossTenants:      http.StatusUnprocessableEntity,
	desk.ForeignWords:       http.StatusConflict,
	desk.ChangedMeanwhile:   http.StatusPreconditionFailed,
	desk.VersionRequired:    http.StatusPreconditionRequired,
	desk.KeyReused:          http.StatusUnprocessableEntity,
	desk.KeyInProgress:      http.StatusConflict,
	desk.FileRefused:        http.StatusUnprocessableEntity,
	desk.UploadOffset:       http.StatusConflict,
	desk.ConditionInvalid:   http.StatusUnprocessableEntity,
	desk.CalendarNeverOpens: http.StatusUnprocessableEntity,
	desk.RateLimited:        http.StatusTooManyRequests,
	desk.TooManyStreams:     http.StatusTooManyRequests,
	desk.Internal:           http.StatusInternalServerError,
	desk.Unavailable:        http.StatusServiceUnavailable,
	desk.TimedOut:           http.StatusServiceUnavailable,
}

// Problem is the document of every refusal (RFC 9457): code for machines,
// sentences in the person's language, never the offending value.
type Problem struct {
	Type      string         `json:"type" doc:"/problems/ and the code"`
	Title     string         `json:"title" doc:"The fixed sentence of the code, in the person's language"`
	Status    int            `json:"status"`
	Code      string         `json:"code"`
	Detail    string         `json:"detail,omitempty" doc:"The sentence of this case"`
	RequestID string         `json:"request_id"`
	Errors    []ProblemField `json:"errors,omitempty"`
	extra     map[string]any
}

// ProblemField marks one wrong field by its JSON pointer: /body/subject, /query/limit.
type ProblemField struct {
	Pointer string         `json:"pointer"`
	Code    string         `json:"code"`
	Detail  string         `json:"detail"`
	Params  map[string]any `json:"params,omitempty"`
}

// Error and GetStatus let huma carry a Problem where it wants an error.
func (p *Problem) Error() string { return p.Code }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is huma's question for the type of an error document.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// TransformSchema says that a problem may carry members of its code.
func (p *Problem) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	s.AdditionalProperties = true
	return s
}

// MarshalJSON writes the extra members beside the standard ones.
func (p *Problem) MarshalJSON() ([]byte, error) {
	type plain Problem
	if len(p.extra) == 0 {
		return json.Marshal((*plain)(p))
	}
	standard, err := json.Marshal((*plain)(p))
	if err != nil {
		return nil, err
	}
	all := make(map[string]any, len(p.extra)+8)
	for k, v := range p.extra {
		all[k] = v
	}
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(standard, &members); err != nil {
		return nil, err
	}
	for k, v := range members {
		all[k] = v
	}
	return json.Marshal(all)
}

// refusal finds the house's error in err; everything else is Internal.
func refusal(err error) *desk.Error {
	var e *desk.Error
	if errors.As(err, &e) {
		return e
	}
	return desk.Refuse(desk.Internal).Because(err)
}

// describe makes the document of a refusal.
func describe(e *desk.Error, language, requestID string) *Problem {
	status, ok := statuses[e.Code]
	if !ok {
		status = http.StatusInternalServerError
	}
	title, _ := words.Title(language, e.Code)
	params := e.Params
	if e.Code == desk.Internal {
		params = map[string]any{"request_id": requestID}
	}
	p := &Problem{
		Type: "/problems/" + string(e.Code), Title: title, Status: status, Code: string(e.Code),
		Detail: words.Detail(language, e.Code, params), RequestID: requestID, extra: e.Extra,
	}
	for _, f := range e.Fields {
		detail, _ := words.Field(language, f.Code, f.Params)
		p.Errors = append(p.Errors, ProblemField{Pointer: f.Pointer, Code: string(f.Code), Detail: detail, Params: f.Params})
	}
	return p
}
