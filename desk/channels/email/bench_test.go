package email

import "testing"

func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"reply-gmail-ru", "html-only", "inline-picture", "bounce-dsn"} {
		raw := readFile(b, "testdata/"+name+".eml")
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				Read(raw)
			}
		})
	}
}
