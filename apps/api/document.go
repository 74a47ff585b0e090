package api

import (
	"cmp"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk"
)

// take gives the handler that huma registered last.
func (a *adapter) take() func(huma.Context) {
	for op, h := range a.handlers {
		delete(a.handlers, op)
		return h
	}
	panic("huma registered no handler")
}

func newDocument(a *adapter, title, description string) huma.API {
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	config := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: title, Version: "1", Description: description},
			Components: &huma.Components{Schemas: registry, SecuritySchemes: map[string]*huma.SecurityScheme{
				"session": {Type: "apiKey", In: "cookie", Name: "__Host-manydesk"},
				"key":     {Type: "http", Scheme: "bearer"},
			}},
		},
		Formats:                      map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
	}

	return huma.NewAPI(config, a)
}

// schemaName keeps Go's names and drops the package; generics read as PageRow.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for _, tail := range []string{"InBody", "BodyBody"} {
		if base, ok := strings.CutSuffix(name, tail); ok {
			name = base + "Input"
		}
	}
	return strings.ReplaceAll(name, "Portal", "")
}

// document describes a route to huma: what the helper itself reads and answers is added here.
func document[I, O any](api huma.API, r *Route) *huma.Operation {
	op := &huma.Operation{
		OperationID: r.ID, Method: r.Method, Path: r.Pattern, Summary: r.Summary, Tags: []string{r.Tag},
		DefaultStatus: r.Answers, MaxBodyBytes: r.Limit + 1, BodyReadTimeout: time.Minute,
		Responses: map[string]*huma.Response{}, Extensions: map[string]any{},
	}
	if len(r.Needs) > 0 {
		rights := make([]string, len(r.Needs))
		for i, p := range r.Needs {
			rights[i] = p.String()
		}
		op.Extensions["x-permission"] = rights
	} else {
		op.Extensions["x-anyone"] = r.Anyone
	}
	if r.Kind != kindPublic {
		op.Security = []map[string][]string{{"session": {}}}
		if r.For == forStaff {
			op.Security = append(op.Security, map[string][]string{"key": {}})
		}
	}
	parameters[I](op, r)
	answers[O](api, op, r)
	return op
}

func parameters[I any](op *huma.Operation, r *Route) {
	text := &huma.Schema{Type: "string"}
	for _, name := range []string{"tenant", "provider"} {
		if strings.Contains(r.Pattern, "{"+name+"}") && !hasPath(reflect.TypeFor[I](), name) {
			op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: "path", Required: true, Schema: &huma.Schema{Type: "string", Pattern: slugs.String()}})
		}
	}
	if r.Method == "POST" && !r.Repeatable {
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header", Schema: text, Description: "1 to 255 printable characters; a repeated request is answered as the first was"})
	}
	if r.Versioned {
		op.Parameters = append(op.Parameters, &huma.Param{Name: "If-Match", In: "header", Required: !r.Loose, Schema: text, Description: `The version seen: "v7"`})
	}
	if r.Bytes != "" && (r.Method == "PUT" || r.Method == "PATCH" || r.Method == "POST") {
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{r.Bytes: {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}
	}
}

func hasPath(t reflect.Type, name string) bool {
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("path") == name {
			return true
		}
	}
	return false
}

func answers[O any](api huma.API, op *huma.Operation, r *Route) {
	registry := api.OpenAPI().Components.Schemas
	status := r.Answers
	if status == 0 {
		status = http.StatusOK
		if empty[O]() && r.Kind != kindCarry {
			status = http.StatusNoContent
		}
	}
	op.DefaultStatus = status
	success := &huma.Response{Description: http.StatusText(status)}
	switch {
	case status == http.StatusNoContent || status == http.StatusFound:
	case !empty[O]():
		schema := registry.Schema(reflect.TypeFor[O](), true, r.ID+"Answer")
		success.Content = map[string]*huma.MediaType{"application/json": {Schema: schema}}
	case r.Bytes != "" && r.Method == "GET":
		success.Content = map[string]*huma.MediaType{r.Bytes: {Schema: &huma.Schema{Type: "string", Format: "binary"}}}
	}
	op.Responses[strconv.Itoa(status)] = success
	problem := map[string]*huma.MediaType{"application/problem+json": {Schema: registry.Schema(reflect.TypeFor[Problem](), true, "Problem")}}
	byStatus := map[int][]string{}
	for _, code := range r.promised() {
		byStatus[statuses[code]] = append(byStatus[statuses[code]], string(code))
	}
	for status, codes := range byStatus {
		slices.Sort(codes)
		op.Responses[strconv.Itoa(status)] = &huma.Response{Description: strings.Join(slices.Compact(codes), ", "), Content: problem}
	}
	op.Responses["default"] = &huma.Response{Description: "Any other refusal", Content: problem}
}

// promised are the codes a route may refuse with: its own and the helper's.
func (r *Route) promised() []desk.Code {
	codes := append([]desk.Code{desk.RateLimited}, r.Errors...)
	if r.Kind != kindPublic {
		codes = append(codes, desk.SignInRequired)
	}
	if r.InTenant || strings.Contains(r.Pattern, "{") {
		codes = append(codes, desk.NotFound)
	}
	if len(r.Needs) > 0 {
		codes = append(codes, desk.Denied)
	}
	if r.Method != "GET" && r.Method != "HEAD" {
		codes = append(codes, desk.ValidationFailed, desk.CrossOrigin)
	}
	if r.Versioned {
		codes = append(codes, desk.ChangedMeanwhile)
	}
	if r.Versioned && !r.Loose {
		codes = append(codes, desk.VersionRequired)
	}
	if r.Method == "POST" && !r.Repeatable {
		codes = append(codes, desk.KeyInProgress)
	}
	return codes
}

// nullable tells the truth about pointers to structs: huma writes a bare $ref
// though null is sent.
func nullable(api huma.API) {
	registry := api.OpenAPI().Components.Schemas
	for name, schema := range registry.Map() {
		if t := registry.TypeFromRef("#/components/schemas/" + name); t != nil && t.Kind() == reflect.Struct {
			nullableFields(schema, t)
		}
	}
}

func nullableFields(schema *huma.Schema, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			nullableFields(schema, f.Type)
			continue
		}
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := schema.Properties[tag]
		if f.Type.Kind() != reflect.Pointer || p == nil || strings.Contains(options, "omit") {
			continue
		}
		if p.Ref != "" {
			schema.Properties[tag] = &huma.Schema{AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}, Description: p.Description}
			continue
		}
		p.Nullable = true
	}
}

// golden is a document as it is kept and served: the same bytes at every build.
func golden(api huma.API) ([]byte, error) {
	for _, item := range api.OpenAPI().Paths {
		for _, op := range []*huma.Operation{item.Get, item.Put, item.Post, item.Patch, item.Delete, item.Head} {
			if op != nil {
				slices.SortStableFunc(op.Parameters, func(a, b *huma.Param) int { return cmp.Or(cmp.Compare(a.In, b.In), cmp.Compare(a.Name, b.Name)) })
			}
		}
	}
	b, err := json.Marshal(api.OpenAPI())
	if err != nil {
		return nil, err
	}
	var tree any
	if err := json.Unmarshal(b, &tree); err != nil {
		return nil, err
	}
	return json.MarshalIndent(tree, "", " ")
}

// document is a golden as it is served; huma's value is read only, so it is made once.
func (a *App) document(api huma.API) (json.RawMessage, error) {
	a.documents.Lock()
	defer a.documents.Unlock()
	if kept, ok := a.documents.made[api]; ok {
		return kept, nil
	}
	b, err := golden(api)
	if err != nil {
		return nil, err
	}
	if a.documents.made == nil {
		a.documents.made = map[huma.API]json.RawMessage{}
	}
	a.documents.made[api] = b
	return b, nil
}

// documents are the two descriptions once somebody has asked for them.
type documents struct {
	sync.Mutex
	made map[huma.API]json.RawMessage
}
