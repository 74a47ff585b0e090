package catcher

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestThePageShowsLettersInBothLanguages(t *testing.T) {
	t.Parallel()
	c := open(t, Options{})
	for accept, empty := range map[string]string{"ru-RU,ru;q=0.9": "Писем пока нет", "en": "No letters yet", "de": "No letters yet"} {
		if _, body := get(t, c, "/", func(r *http.Request) { r.Header.Set("Accept-Language", accept) }); !strings.Contains(body, empty) {
			t.Errorf("%s: %s", accept, body)
		}
	}
	send(t, c, "vera@client.example", letter("<script>alert(0)</script>"))
	in := func(language string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Accept-Language", language) }
	}
	for language, count := range map[string]string{"ru": "1 письмо", "en": "1 letter"} {
		answer, list := get(t, c, "/", in(language))
		if !strings.Contains(list, count) || !strings.Contains(list, `<html lang="`+language+`">`) || !strings.Contains(list, "vera@client.example") {
			t.Errorf("%s list: %s", language, list)
		}
		if policy := answer.Header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("policy %q", policy)
		}
		_, body := get(t, c, "/mails/1", in(language))
		if strings.Contains(list+body, "<script") {
			t.Error("a script got onto the page")
		}
		if !strings.Contains(body, `sandbox="allow-popups`) || !strings.Contains(body, "акт.html") || !strings.Contains(body, "Message-Id") {
			t.Errorf("%s letter: %s", language, body)
		}
		if known := regexp.MustCompile(`>[a-z]+_[a-z_]+<`).FindString(list + body); known != "" {
			t.Errorf("a phrase without words: %s", known)
		}
		if answer, body := get(t, c, "/mails/99", in(language)); answer.StatusCode != http.StatusNotFound || !strings.Contains(body, "<h1>") {
			t.Errorf("missing: %d %s", answer.StatusCode, body)
		}
	}
}

func TestALettersHTMLHasNoRights(t *testing.T) {
	t.Parallel()
	c := open(t, Options{})
	send(t, c, "vera@client.example", letter("One"))
	answer, body := get(t, c, "/mails/1/html")
	policy := answer.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "sandbox allow-popups") || strings.Contains(policy, "allow-scripts") || strings.Contains(policy, "allow-same-origin") || strings.Contains(policy, "script-src") {
		t.Errorf("policy %q", policy)
	}
	if !strings.Contains(body, `src="/mails/1/parts/0"`) || !strings.Contains(body, `<head><base target="_blank">`) {
		t.Errorf("%s", body)
	}
	for n, kind := range []string{"image/png", "application/octet-stream"} {
		answer, _ := get(t, c, fmt.Sprintf("/mails/1/parts/%d", n))
		h := answer.Header
		if h.Get("Content-Type") != kind || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") ||
			h.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(h.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("part %d: %v", n, h)
		}
	}
	if answer, _ := get(t, c, "/mails/1/parts/2"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a part beyond the last: %d", answer.StatusCode)
	}
}

func TestStrangersSitesAreNotServed(t *testing.T) {
	t.Parallel()
	c := open(t, Options{})
	send(t, c, "vera@client.example", letter("One"))
	answer, body := get(t, c, "/", func(r *http.Request) { r.Host = "rebound.example" })
	if answer.StatusCode != http.StatusMisdirectedRequest || strings.Contains(body, "vera") {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
	clearing := func(site string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.PageURL()+"clear", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Sec-Fetch-Site", site)
		answer, _ := do(t, r)
		return answer.StatusCode
	}
	if status := clearing("cross-site"); status != http.StatusForbidden || c.Count() != 1 {
		t.Errorf("cleared from another site: %d", status)
	}
	if status := clearing("same-origin"); status != http.StatusOK || c.Count() != 0 {
		t.Errorf("not cleared: %d, %d letters", status, c.Count())
	}
}

func TestScriptsReadJSON(t *testing.T) {
	t.Parallel()
	c := open(t, Options{})
	send(t, c, "vera@client.example", letter("One"))
	_, body := get(t, c, "/mails.json?to=VERA")
	var list struct {
		Items []Mail
		Next  *int
	}
	if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Items) != 1 || list.Next != nil {
		t.Fatalf("%s, %v", body, err)
	}
	_, body = get(t, c, fmt.Sprintf("/mails/%d/json", list.Items[0].ID))
	var one struct {
		Text    string
		Headers map[string][]string
		Parts   []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(body), &one); err != nil || !strings.Contains(one.Text, "Привет") || len(one.Parts) != 2 || one.Headers["Message-Id"][0] != "<1@acme.example>" {
		t.Errorf("%s, %v", body, err)
	}
}

func TestLettersAreCountedInWords(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 писем", 1: "1 письмо", 2: "2 письма", 5: "5 писем", 11: "11 писем", 12: "12 писем", 21: "21 письмо", 104: "104 письма", 111: "111 писем"} {
		if got := russian.letters(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
	for n, want := range map[int]string{12: "12\u00a0Б", 1536: "1,5\u00a0КБ", 3 << 20: "3,0\u00a0МБ"} {
		if got := russian.size(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
