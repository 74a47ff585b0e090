package email

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
)

// embeddedPicture is a picture written into the HTML itself, as some web mails do.
var embeddedPicture = regexp.MustCompile(`(?i)(\ssrc\s*=\s*)(?:"data:(image/(?:png|jpeg|gif|webp|bmp));base64,([^"]*)"|'data:(image/(?:png|jpeg|gif|webp|bmp));base64,([^']*)')`)

// takePictures makes files of the pictures that stand in the HTML as data and
// refers to them by Content-ID, as if they had been sent the usual way.
func (b *body) takePictures(html []byte) []byte {
	if !bytes.Contains(html, []byte("data:image/")) && !bytes.Contains(html, []byte("DATA:")) {
		return html
	}
	return embeddedPicture.ReplaceAllFunc(html, func(found []byte) []byte {
		parts := embeddedPicture.FindSubmatch(found)
		typ, data := string(bytes.ToLower(append(parts[2], parts[4]...))), append(append([]byte{}, parts[3]...), parts[5]...)
		content, _ := decodeBase64(data)
		if len(content) == 0 {
			return found
		}
		if len(b.message.Attachments) >= maxFiles {
			b.message.problem(TooManyParts)
			return found
		}
		sum := sha256.Sum256(content)
		cid := hex.EncodeToString(sum[:10]) + "@embedded"
		b.keep(Attachment{Name: nameless(typ, nil), Type: typ, Size: len(content), ContentID: cid, content: content})
		return append(append([]byte{}, parts[1]...), `"cid:`+cid+`"`...)
	})
}

// keep adds a file once: a picture that is shown ten times is one.
func (b *body) keep(a Attachment) {
	for _, known := range b.message.Attachments {
		if known.ContentID == a.ContentID {
			return
		}
	}
	b.message.Attachments = append(b.message.Attachments, a)
}
