package routing

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
)

func TestWhatIsKeptOfADecisionIsBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		tr := Trace{Version: 12, Rule: "some_rule", Strategy: LeastLoaded, Seen: map[string]any{}, To: To{Group: strings.Repeat("g", 40), Person: user(1)}}
		for i := range rapid.IntRange(0, 40).Draw(rt, "fields") {
			tr.Seen[fmt.Sprintf("fields.f%d", i)] = strings.Repeat("ж", rapid.IntRange(0, 5000).Draw(rt, "length"))
		}
		for range rapid.IntRange(0, MaxRules).Draw(rt, "rules") {
			tr.Tried = append(tr.Tried, rapid.SampledFrom([]string{Held, WasOff, ".", "a0", "a1", "a12a3a4o", "a17n", "a199a100n"}).Draw(rt, "at"))
		}
		all := make([]Candidate, rapid.IntRange(0, 40).Draw(rt, "people"))
		for i := range all {
			all[i] = Candidate{ID: user(i), Active: true, Right: true, Points: 1000, Tickets: 1000, Capacity: 1000, Rota: true, Until: time.Now()}
		}
		tr.Keep(Choose(Wish{Strategy: LeastLoaded}, all).Considered)
		for i := range rapid.IntRange(0, 10).Draw(rt, "tags") {
			tr.To.Tags = append(tr.To.Tags, strings.Repeat("ю", 39)+fmt.Sprint(i))
		}
		b, err := tr.Encode()
		if err != nil || len(b) > MaxTrace {
			rt.Fatalf("%d bytes, %v", len(b), err)
		}
		var back Trace
		if err := json.Unmarshal(b, &back); err != nil || back.Rule != tr.Rule || back.To.Person != tr.To.Person || len(back.Candidates)+back.More != len(all) {
			rt.Fatalf("%+v, %v", back, err)
		}
	})
}

func TestWhatWasTriedIsWrittenShortAndReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		tried := Tried(rapid.SliceOfN(rapid.SampledFrom([]string{Held, WasOff, Skipped, ".", "a0", "a3o", "n"}), 1, MaxRules).Draw(rt, "tried"))
		text, err := tried.MarshalText()
		if err != nil {
			rt.Fatal(err)
		}
		var back Tried
		if err := back.UnmarshalText(text); err != nil || !reflect.DeepEqual(back, tried) {
			rt.Fatalf("%s is read as %v, %v", text, back, err)
		}
	})
	if err := new(Tried).UnmarshalText([]byte("a0*100000000")); err == nil {
		t.Error("any count is believed")
	}
	for short, long := range map[string]string{"a0": "/all/0", "a3a1": "/all/3/all/1", "a1o": "/all/1/any", ".": "", "n": "/not"} {
		if got := Pointer(short); got != long {
			t.Errorf("%s is %q, want %q", short, got, long)
		}
	}
}

func TestATraceIsReadWithItsIds(t *testing.T) {
	t.Parallel()
	b, err := Trace{Version: 1, To: To{Vendor: desk.NewCompanyID(time.Now())}}.Encode()
	if err != nil || !strings.Contains(string(b), `"vendor":"cmp_`) || strings.Contains(string(b), "person") {
		t.Errorf("%s, %v", b, err)
	}
}
