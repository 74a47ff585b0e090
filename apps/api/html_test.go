package api

import (
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
)

func TestALettersPicturesAreItsOwnFiles(t *testing.T) {
	t.Parallel()
	made := func(cid, mime, refused string) tickets.File {
		return tickets.File{ID: desk.NewFileID(noon), ContentID: cid, Mime: mime, Refused: refused, Inline: true}
	}
	shot, program, drawing := made("shot 1@pc", "image/png", ""), made("bad@pc", "image/png", "executable"), made("page@pc", "text/html", "")
	files := []tickets.File{shot, program, drawing}
	at := "/v1/portal/acme/files/"
	for body, want := range map[string]string{
		`<p>Вот</p><img src="cid:shot%201@pc" alt="экран">`: `<p>Вот</p><img src="` + at + shot.ID.String() + `" alt="экран">`,
		`<img src="cid:bad@pc">`:                            `<img src="cid:bad@pc">`,
		`<img src="cid:page@pc">`:                           `<img src="cid:page@pc">`,
		`<img src="cid:nothing@pc">`:                        `<img src="cid:nothing@pc">`,
		`<p>src="cid:shot%201@pc"</p>`:                      `<p>src=&#34;cid:shot%201@pc&#34;</p>`,
		`<img src="https://spy.example/1.png">`:             ``,
	} {
		got, text := spoken(&tickets.Comment{Body: body, Format: tickets.HTML}, files, at)
		if got != want || text != "" {
			t.Errorf("%s\n is %s\nnot %s", body, got, want)
		}
	}
}
