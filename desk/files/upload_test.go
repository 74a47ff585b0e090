package files_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"manydesk/desk"
	"manydesk/desk/files"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/jobs"
	"manydesk/tenants"
)

type bench struct {
	*ticketstest.World
	f     *files.Files
	store *files.Folder
}

func open(t *testing.T) bench {
	t.Helper()
	w := ticketstest.New(t)
	store, err := files.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f, err := files.Open(t.Context(), w.House, store, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return bench{w, f, store}
}

func (b bench) begin(who desk.Actor, name string, size int) (got *files.File, err error) {
	err = b.Do(who, func(ctx context.Context, tx tenants.Tx) (err error) {
		got, err = b.f.Begin(ctx, tx, files.Upload{Name: name, Size: int64(size)})
		return err
	})
	return got, err
}

func (b bench) upload(t *testing.T, who desk.Actor, name, content string) *files.File {
	t.Helper()
	got, err := b.begin(who, name, len(content))
	if err == nil {
		got, err = b.f.Receive(t.Context(), b.Tenant, who, got.ID, 0, strings.NewReader(content))
	}
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (b bench) attach(who desk.Actor, owner desk.AnyID, ids ...desk.FileID) error {
	return b.Do(who, func(ctx context.Context, tx tenants.Tx) error { return b.f.Attach(ctx, tx, ids, owner, 1, false) })
}

func TestAFileThatStopsHalfwayGoesOn(t *testing.T) {
	t.Parallel()
	b := open(t)
	content := strings.Repeat("0123456789", 1000)
	made, err := b.begin(b.Vera, "журнал.txt", len(content))
	if err != nil {
		t.Fatal(err)
	}
	torn := errors.New("the train went into a tunnel")
	half, err := b.f.Receive(t.Context(), b.Tenant, b.Vera, made.ID, 0, io.MultiReader(strings.NewReader(content[:3333]), iotest.ErrReader(torn)))
	if !errors.Is(err, torn) || half.Offset() != 3333 {
		t.Fatalf("%+v %v", half, err)
	}
	_, err = b.f.Receive(t.Context(), b.Tenant, b.Vera, made.ID, 0, strings.NewReader(content))
	if !desk.Is(err, desk.UploadOffset) {
		t.Fatalf("from the start again: %v", err)
	}
	if _, err := b.f.Receive(t.Context(), b.Tenant, b.Oleg, made.ID, 3333, strings.NewReader(content[3333:])); !desk.Is(err, desk.NotFound) {
		t.Fatalf("somebody else goes on with it: %v", err)
	}
	whole, err := b.f.Receive(t.Context(), b.Tenant, b.Vera, made.ID, 3333, strings.NewReader(content[3333:]))
	if err != nil || whole.State != files.Ready || whole.Mime != "text/plain" || len(whole.SHA256()) != 64 {
		t.Fatalf("%+v %v", whole, err)
	}
	if again, err := b.f.Receive(t.Context(), b.Tenant, b.Vera, made.ID, int64(len(content)), strings.NewReader("")); err != nil || again.State != files.Ready {
		t.Fatalf("the last answer was lost: %v", err)
	}
	d, err := b.f.Open(t.Context(), b.Tenant, whole.ID)
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Reader(t.Context(), 0, -1)
	if got := all(t, r, err); got != content {
		t.Fatal("the parts do not make the file")
	}
	r, err = d.Reader(t.Context(), 9995, -1)
	if got := all(t, r, err); got != "56789" {
		t.Fatalf("the end is %q", got)
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	b := open(t)
	for name, c := range map[string]struct {
		name string
		size int
		want desk.Code
	}{
		"a program":    {"a.exe", 1, desk.FileRefused},
		"a large file": {"a.txt", 2 << 20, desk.TooLarge},
		"no size":      {"a.txt", -1, desk.ValidationFailed},
	} {
		if _, err := b.begin(b.Vera, c.name, c.size); desk.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	made, err := b.begin(b.Vera, "a.txt", 3)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.f.Receive(t.Context(), b.Tenant, b.Vera, made.ID, 0, strings.NewReader("four")); !desk.Is(err, desk.TooLarge) {
		t.Fatalf("more than was announced: %v", err)
	}
	program := "MZ" + strings.Repeat("\x00", 58) + "\x40\x00\x00\x00" + "PE\x00\x00" + strings.Repeat("\x00", 100)
	made, err = b.begin(b.Vera, "harmless.pdf", len(program))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.f.Receive(t.Context(), b.Tenant, b.Vera, made.ID, 0, strings.NewReader(program)); !desk.Is(err, desk.FileRefused) {
		t.Fatalf("a program by its content: %v", err)
	}
	if _, err := b.f.Get(t.Context(), b.Read(b.Vera), made.ID); !desk.Is(err, desk.NotFound) {
		t.Fatalf("the refused file is still there: %v", err)
	}
}

func TestAnUploadIsItsSendersAndAttachedOnce(t *testing.T) {
	t.Parallel()
	b := open(t)
	ticket := desk.NewTicketID(b.Now()).Any()
	file := b.upload(t, b.Vera, "a.txt", "a")
	if err := b.attach(b.Oleg, ticket, file.ID); !desk.Is(err, desk.ValidationFailed) {
		t.Fatalf("somebody else's: %v", err)
	}
	if err := b.attach(b.Vera, ticket, file.ID, file.ID); err != nil {
		t.Fatal(err)
	}
	if err := b.attach(b.Vera, desk.NewTicketID(b.Now()).Any(), file.ID); !desk.Is(err, desk.ValidationFailed) {
		t.Fatalf("twice: %v", err)
	}
	other := b.In(b.NewTenant())
	if _, err := b.f.Open(t.Context(), other.Tenant, file.ID); !desk.Is(err, desk.NotFound) {
		t.Fatalf("from another tenant: %v", err)
	}
	if _, err := b.f.ByHash(t.Context(), other.Tenant, file.SHA256()); !errors.Is(err, files.ErrGone) {
		t.Fatalf("the same bytes from another tenant: %v", err)
	}
}

func TestTheSameBytesLieOnceUntilNobodyNamesThem(t *testing.T) {
	t.Parallel()
	b := open(t)
	first, second := b.upload(t, b.Vera, "a.txt", "logo"), b.upload(t, b.Vera, "b.txt", "logo")
	if !bytes.Equal(first.Hash, second.Hash) {
		t.Fatal("one content, two hashes")
	}
	expire := func(id desk.FileID) {
		b.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
			return b.f.Expire(ctx, tx, desk.Timer{Subject: id.Any(), Kind: files.TimerUpload})
		})
	}
	sweep := func() error {
		var name string
		var data []byte
		if err := b.House.SharedReader(b.Vera).QueryRow(t.Context(), "select name, data from manydesk.outbox order by id desc limit 1", nil, &name, &data); err != nil || name != files.JobSweep {
			t.Fatalf("%s %v", name, err)
		}
		return b.f.Sweep(t.Context(), &jobs.Work{Tenant: b.Tenant, Name: name, Data: json.RawMessage(data)})
	}
	lies := func() bool {
		_, err := b.f.ByHash(t.Context(), b.Tenant, first.SHA256())
		return err == nil
	}
	expire(first.ID)
	b.Pass(365 * 24 * time.Hour) // the world's clock; the bytes are of today
	_ = sweep()
	if !lies() {
		t.Fatal("the second name lost its bytes")
	}
	expire(second.ID)
	_ = sweep()
	if lies() {
		t.Fatal("bytes without a name stay")
	}
}

func TestATokenLeadsToItsFileForAMinute(t *testing.T) {
	t.Parallel()
	b := open(t)
	file := b.upload(t, b.Vera, "a.txt", "a")
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	token, err := b.f.Sign(t.Context(), b.Tenant.ID, file.ID, now)
	if err != nil {
		t.Fatal(err)
	}
	tenant, id, err := b.f.Verify(t.Context(), token, now.Add(59*time.Second))
	if err != nil || tenant != b.Tenant.ID || id != file.ID {
		t.Fatalf("%d %s %v", tenant, id, err)
	}
	if _, _, err := b.f.Verify(t.Context(), token, now.Add(61*time.Second)); !desk.Is(err, desk.Gone) {
		t.Fatalf("after its minute: %v", err)
	}
	for i := range token {
		forged := []byte(token)
		forged[i] ^= 1
		if _, _, err := b.f.Verify(t.Context(), string(forged), now); err == nil {
			t.Fatalf("forged at %d and believed", i)
		}
	}
}

func TestWhatComesByMailIsKeptAndAProgramIsHeld(t *testing.T) {
	t.Parallel()
	b := open(t)
	content, err := b.f.Keep(t.Context(), b.Tenant, strings.NewReader("\x89PNG\r\n\x1a\n"))
	if err != nil || content.Mime != "image/png" {
		t.Fatalf("%+v %v", content, err)
	}
	made := b.Open(b.Vera, tickets.Open{Subject: "a", Type: "question", Contact: b.Ivan.Contact()})
	b.Must(desk.Automaton("intake"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := b.f.Add(ctx, tx, files.Naming{Content: content, Name: "logo.png", OwnerID: made.ID.Any(), OwnerSeq: 1, Inline: true, ContentID: "logo@a"},
			files.Naming{Content: content, Name: "a.exe", OwnerID: made.ID.Any(), OwnerSeq: 1})
		return err
	})
	v, err := b.Tickets.View(t.Context(), b.Read(b.Vera), made.Number, 0)
	if err != nil || len(v.Timeline.Entries[0].Files) != 2 {
		t.Fatalf("%+v %v", v, err)
	}
	picture, program := v.Timeline.Entries[0].Files[0], v.Timeline.Entries[0].Files[1]
	if !picture.Inline || picture.ContentID != "logo@a" || program.Refused != "executable" {
		t.Fatalf("%+v %+v", picture, program)
	}
	if _, err := b.f.Open(t.Context(), b.Tenant, program.ID); !desk.Is(err, desk.NotFound) {
		t.Fatalf("a held file is given out: %v", err)
	}
}
