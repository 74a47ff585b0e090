package email

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// expected is what a case in testdata/expected.json may ask of its message.
type expected struct {
	Subject       *string         `json:"subject"`
	SubjectStarts string          `json:"subject_starts"`
	From          *string         `json:"from"`
	Kind          Kind            `json:"kind"`
	TextHas       []string        `json:"text_has"`
	TextLacks     []string        `json:"text_lacks"`
	NewText       *string         `json:"new_text"`
	NewTextHas    []string        `json:"new_text_has"`
	NewTextLacks  []string        `json:"new_text_lacks"`
	InReplyTo     []string        `json:"in_reply_to"`
	Attachments   *[]expectedFile `json:"attachments"`
	Count         *int            `json:"attachments_count"`
	NoSlash       bool            `json:"attachment_name_has_no_slash"`
	Bounce        *Bounced        `json:"bounce"`
	Problems      bool            `json:"problems"`
	ShownSafe     bool            `json:"shown_safe"`
}

// expectedFile is [name, type, inline].
type expectedFile struct {
	name, typ string
	inline    bool
}

func (f *expectedFile) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&f.name, &f.typ, &f.inline})
}

func TestEveryCaseIsReadAsExpected(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases map[string]json.RawMessage
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".eml")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := decodeExpected(t, cases[name])
			m := Read(readFile(t, file))
			checkHeader(t, want, m)
			checkText(t, want, m)
			checkFiles(t, want, m)
			checkClean(t, m)
		})
	}
}

// decodeExpected refuses a key that no check knows, so that a new case cannot ask in vain.
func decodeExpected(t *testing.T, raw json.RawMessage) expected {
	t.Helper()
	if raw == nil {
		t.Fatal("the case is not in expected.json")
	}
	var want expected
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.DisallowUnknownFields()
	if err := d.Decode(&want); err != nil {
		t.Fatal(err)
	}
	return want
}

func checkHeader(t *testing.T, want expected, m Message) {
	t.Helper()
	if want.Subject != nil && m.Subject != *want.Subject {
		t.Errorf("subject %q, want %q", m.Subject, *want.Subject)
	}
	if !strings.HasPrefix(m.Subject, want.SubjectStarts) {
		t.Errorf("subject %q does not start with %q", m.Subject, want.SubjectStarts)
	}
	if want.From != nil && m.From != *want.From {
		t.Errorf("from %q, want %q", m.From, *want.From)
	}
	if m.Kind != want.Kind {
		t.Errorf("kind %q, want %q", m.Kind, want.Kind)
	}
	for i, id := range want.InReplyTo {
		if i >= len(m.InReplyTo) || m.InReplyTo[i] != id {
			t.Errorf("in_reply_to %q, want %q", m.InReplyTo, want.InReplyTo)
		}
	}
	if want.Problems && len(m.Problems) == 0 {
		t.Error("no problem is reported")
	}
	if w := want.Bounce; w != nil {
		if m.Bounce == nil || m.Bounce.OriginalMessageID != w.OriginalMessageID || m.Bounce.Recipient != w.Recipient || m.Bounce.Status != w.Status {
			t.Errorf("bounce %+v, want %+v", m.Bounce, *w)
		}
	}
}

func checkText(t *testing.T, want expected, m Message) {
	t.Helper()
	for _, s := range want.TextHas {
		if !strings.Contains(m.Text, s) {
			t.Errorf("text %q lacks %q", m.Text, s)
		}
	}
	for _, s := range want.TextLacks {
		if strings.Contains(m.Text, s) || strings.Contains(m.HTML, s) {
			t.Errorf("text %q or html %q has %q", m.Text, m.HTML, s)
		}
	}
	if want.NewText != nil && m.NewText != *want.NewText {
		t.Errorf("new text %q, want %q", m.NewText, *want.NewText)
	}
	for _, s := range want.NewTextHas {
		if !strings.Contains(m.NewText, s) {
			t.Errorf("new text %q lacks %q", m.NewText, s)
		}
	}
	for _, s := range want.NewTextLacks {
		if strings.Contains(m.NewText, s) {
			t.Errorf("new text %q has %q", m.NewText, s)
		}
	}
}

func checkFiles(t *testing.T, want expected, m Message) {
	t.Helper()
	if want.Count != nil && len(m.Attachments) != *want.Count {
		t.Errorf("%d attachments, want %d: %+v", len(m.Attachments), *want.Count, m.Attachments)
	}
	if want.Attachments != nil {
		if len(m.Attachments) != len(*want.Attachments) {
			t.Fatalf("attachments %+v, want %+v", m.Attachments, *want.Attachments)
		}
		for i, f := range *want.Attachments {
			if a := m.Attachments[i]; a.Name != f.name || a.Type != f.typ || a.Inline != f.inline {
				t.Errorf("attachment %+v, want %+v", a, f)
			}
		}
	}
	for _, a := range m.Attachments {
		if strings.ContainsAny(a.Name, `/\`) || a.Name == "" || a.Size != len(a.Content()) {
			t.Errorf("attachment %+v has no safe name or a wrong size", a)
		}
	}
}

var disguise = regexp.MustCompile(`[\x{00AD}\x{061C}\x{180E}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}\x00-\x08\x0B-\x1F]`)

// checkClean holds what must be true of every message, whatever came.
func checkClean(t *testing.T, m Message) {
	t.Helper()
	names := append([]string{m.From, m.FromName, m.Sender, m.Subject, m.MessageID}, m.To...)
	names = append(names, m.Cc...)
	for _, a := range m.Attachments {
		names = append(names, a.Name, a.Type, a.ContentID)
	}
	for _, s := range names {
		if disguise.MatchString(s) || strings.Contains(s, "\n") {
			t.Errorf("%q is not safe to show", s)
		}
	}
	all := append(names, m.Text, m.NewText, m.HTML, m.NewHTML)
	all = append(append(all, m.InReplyTo...), m.References...)
	for _, s := range all {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			t.Errorf("%q is not fit for Postgres", s)
		}
	}
	if m.MessageID == "" || m.Kind == "" {
		t.Errorf("no id or kind: %+v", m)
	}
	if _, err := json.Marshal(m); err != nil {
		t.Error(err)
	}
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
