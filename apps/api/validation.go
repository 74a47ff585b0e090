package api

import (
	"errors"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"manydesk/desk"
)

// huma keeps its texts in variables of its package, so they are set once, here:
// each becomes "code" or "code|argument", and never reaches a person.
func init() {
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return describe(fromHuma(status, msg, errs), "en", "")
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		e := fromHuma(status, msg, errs)
		if c := callOf(ctx.Context()); c != nil {
			return c.problem(e)
		}
		return describe(e, "en", "")
	}
	validation.MsgUnexpectedProperty = "unknown_field"
	validation.MsgExpectedRFC3339DateTime = "date_time"
	validation.MsgExpectedRFC1123DateTime = "date_time"
	validation.MsgExpectedRFC3339Date = "date"
	validation.MsgExpectedRFC3339Time = "pattern|HH:MM"
	validation.MsgExpectedRFC5322Email = "email|%v"
	validation.MsgExpectedRFC5890Hostname = "pattern|host"
	validation.MsgExpectedRFC2673IPv4 = "pattern|IP"
	validation.MsgExpectedRFC2373IPv6 = "pattern|IP"
	validation.MsgExpectedRFCIPAddr = "pattern|IP"
	validation.MsgExpectedRFC3986URI = "url|%v"
	validation.MsgExpectedRFC4122UUID = "unknown_id|%v"
	validation.MsgExpectedRFC6570URITemplate = "pattern|URI"
	validation.MsgExpectedRFC6901JSONPointer = "pattern|/a/b"
	validation.MsgExpectedRFC6901RelativeJSONPointer = "pattern|/a/b"
	validation.MsgExpectedRegexp = "pattern|%v"
	validation.MsgExpectedMatchAtLeastOneSchema = "object"
	validation.MsgExpectedMatchExactlyOneSchema = "object"
	validation.MsgExpectedNotMatchSchema = "object"
	validation.MsgExpectedPropertyNameInObject = "required"
	validation.MsgExpectedBoolean = "boolean"
	validation.MsgExpectedDuration = "pattern|%v"
	validation.MsgExpectedNumber = "number"
	validation.MsgExpectedInteger = "integer"
	validation.MsgExpectedString = "string"
	validation.MsgExpectedBase64String = "pattern|base64"
	validation.MsgExpectedArray = "array"
	validation.MsgExpectedObject = "object"
	validation.MsgExpectedArrayItemsUnique = "unique"
	validation.MsgExpectedOneOf = "one_of|%s"
	validation.MsgExpectedMinimumNumber = "minimum|%v"
	validation.MsgExpectedExclusiveMinimumNumber = "minimum|%v"
	validation.MsgExpectedMaximumNumber = "maximum|%v"
	validation.MsgExpectedExclusiveMaximumNumber = "maximum|%v"
	validation.MsgExpectedNumberBeMultipleOf = "pattern|%v"
	validation.MsgExpectedMinLength = "min_length|%d"
	validation.MsgExpectedMaxLength = "max_length|%d"
	validation.MsgExpectedBePattern = "pattern|%s"
	validation.MsgExpectedMatchPattern = "pattern|%s"
	validation.MsgExpectedMinItems = "min_items|%d"
	validation.MsgExpectedMaxItems = "max_items|%d"
	validation.MsgExpectedMinProperties = "min_items|%d"
	validation.MsgExpectedMaxProperties = "max_items|%d"
	validation.MsgExpectedRequiredProperty = "required|%s"
	validation.MsgExpectedDependentRequiredProperty = "required|%s|%s"
}

// literal are the texts that huma does not keep in variables.
var literal = map[string]desk.FieldCode{
	"invalid integer":                                                 desk.Integer,
	"invalid float":                                                   desk.Number,
	"invalid floating value":                                          desk.Number,
	"invalid boolean":                                                 desk.Boolean,
	"unknown query parameter":                                         desk.UnknownField,
	"required path parameter is missing":                              desk.Required,
	"required query parameter is missing":                             desk.Required,
	"required header parameter is missing":                            desk.Required,
	"required cookie parameter is missing":                            desk.Required,
	"write only property is non-zero":                                 desk.UnknownField,
	"expected value to match exactly one schema but matched multiple": desk.Object,
	"expected at most one value, but received multiple values":        desk.MaxItems,
}

// argument names the parameter that the sentence of a code wants.
var argument = map[desk.FieldCode]string{
	desk.MinLength: "min", desk.MaxLength: "max", desk.Minimum: "min", desk.Maximum: "max",
	desk.MinItems: "min", desk.MaxItems: "max", desk.OneOf: "of", desk.Pattern: "pattern",
}

// fromHuma turns what huma found into the house's error.
func fromHuma(status int, msg string, errs []error) *desk.Error {
	for _, err := range errs {
		var ours *desk.Error
		if errors.As(err, &ours) {
			return ours
		}
	}
	switch {
	case status == 422 && len(errs) > 0:
		return fieldErrors(errs)
	case status == 400 && msg == "request body is required":
		return desk.Refuse(desk.BodyRequired)
	case status == 400 && len(errs) > 0:
		return desk.Refuse(desk.BodyUnreadable, "why", "JSON").Because(errs[0])
	case status == 400:
		return desk.Refuse(desk.BodyUnreadable)
	case status == 415:
		return desk.Refuse(desk.UnsupportedType, "type", "application/json")
	case status == 406:
		return desk.Refuse(desk.NotAcceptable)
	case status == 413:
		return desk.Refuse(desk.TooLarge)
	case status == 408:
		return desk.Refuse(desk.TimedOut)
	default:
		return desk.Refuse(desk.Internal).Because(errors.Join(append([]error{errors.New(msg)}, errs...)...))
	}
}

func fieldErrors(errs []error) *desk.Error {
	e := &desk.Error{Code: desk.ValidationFailed}
	for _, err := range errs {
		var d *huma.ErrorDetail
		if !errors.As(err, &d) {
			return desk.Refuse(desk.Internal).Because(err)
		}
		e.Fields = append(e.Fields, fieldError(d.Location, d.Message))
	}
	return e
}

// fieldError reads "code|argument"; a text without a code is a fault of ours
// that the fuzz test looks for, and is shown as unreadable.
func fieldError(location, message string) desk.FieldError {
	pointer := pointerOf(location)
	if code, ok := literal[message]; ok {
		return desk.FieldError{Pointer: pointer, Code: code}
	}
	name, arg, _ := strings.Cut(message, "|")
	code := desk.FieldCode(name)
	switch {
	case code == desk.Required && arg != "":
		property, _, _ := strings.Cut(arg, "|")
		return desk.FieldError{Pointer: pointer + "/" + property, Code: code}
	case !known[code]:
		return desk.FieldError{Pointer: pointer, Code: desk.Unreadable}
	}
	f := desk.FieldError{Pointer: pointer, Code: code}
	if param := argument[code]; param != "" && arg != "" {
		var value any = arg
		if n, err := strconv.ParseFloat(arg, 64); err == nil && code != desk.OneOf {
			value = n
		}
		f.Params = map[string]any{param: value}
	}
	return f
}

var known = func() map[desk.FieldCode]bool {
	m := map[desk.FieldCode]bool{}
	for _, c := range []desk.FieldCode{
		desk.Required, desk.UnknownField, desk.MinLength, desk.MaxLength, desk.Minimum, desk.Maximum, desk.OneOf, desk.Pattern,
		desk.Email, desk.URL, desk.Date, desk.DateTime, desk.Integer, desk.Number, desk.String, desk.Boolean, desk.Array, desk.Object,
		desk.MinItems, desk.MaxItems, desk.Unique, desk.UnknownID, desk.NotText, desk.TooDeep, desk.Phone, desk.TimeZone,
	} {
		m[c] = true
	}
	return m
}()

// pointerOf turns "body.fields[2].key" into "/body/fields/2/key".
func pointerOf(location string) string {
	var b strings.Builder
	b.WriteByte('/')
	for _, r := range location {
		switch r {
		case '.', '[':
			b.WriteByte('/')
		case ']':
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
