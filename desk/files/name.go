package files

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name makes a name that is safe to show and to save: no path, no control
// characters, nothing that turns or hides letters, no name that Windows keeps for
// itself, at most 200 characters with its extension kept.
func Name(given string) string {
	s := strings.ToValidUTF8(given, "")
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), r == utf8.RuneError:
		case strings.ContainsRune(`<>:"|?*`, r):
			b.WriteByte('_')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	s = strings.Trim(strings.Join(strings.Fields(b.String()), " "), ". ")
	if s == "" {
		return "file"
	}
	ext := path.Ext(s)
	if base := strings.ToUpper(strings.TrimSuffix(s, ext)); devices[base] {
		s = "_" + s
	}
	if runes := []rune(s); len(runes) > 200 {
		tail := []rune(ext)
		if len(tail) > 20 {
			tail = nil
		}
		s = string(runes[:200-len(tail)]) + string(tail)
	}
	return s
}

var devices = map[string]bool{
	"CON": true, "PRN": true, "AUX": true, "NUL": true,
	"COM1": true, "COM2": true, "COM3": true, "COM4": true, "COM5": true, "COM6": true, "COM7": true, "COM8": true, "COM9": true,
	"LPT1": true, "LPT2": true, "LPT3": true, "LPT4": true, "LPT5": true, "LPT6": true, "LPT7": true, "LPT8": true, "LPT9": true,
}

// runnable are endings that a desktop runs when a person clicks.
var runnable = set(`ade adp apk app appx appxbundle application appref-ms bat cab chm cmd com cpl diagcab dll dmg exe gadget hlp hta inf ins iso isp
	jar jnlp js jse lnk mad maf mam maq mar mas mat mau mav maw mda mde mdt mdw mdz msc msh msh1 msh2 mshxml msi msix msixbundle msp mst ops osd
	pcd pif pkg plg prf prg ps1 ps1xml ps2 ps2xml psc1 psc2 reg scf scr sct search-ms settingcontent-ms shb shs sys theme url vb vbe vbp vbs vhd
	vhdx vsmacros vxd website wsc wsf wsh xbap xll xnk`)

// disguised are those that are not let through before another ending either:
// "invoice.exe.pdf" is a trick, whatever is in it ("www.example.com.pdf" is not).
var disguised = set("bat cmd cpl exe hta jar js jse lnk msi pif ps1 scr vbe vbs wsf")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// Runnable reports a name that would be run by a click, or that hides such a name.
func Runnable(name string) bool {
	parts := strings.Split(strings.ToLower(Name(name)), ".")
	for i, p := range parts {
		p = strings.TrimSpace(p)
		if i > 0 && (disguised[p] || i == len(parts)-1 && runnable[p]) {
			return true
		}
	}
	return false
}

// runs are the types by content that are programs.
func runs(mime string) bool {
	switch mime {
	case "application/vnd.microsoft.portable-executable", "application/x-ms-shortcut", "application/x-ms-installer",
		"application/x-mach-binary", "application/x-java-applet", "application/jar", "application/java-archive",
		"application/vnd.android.package-archive", "application/x-shellscript", "text/x-shellscript":
		return true
	}
	return false
}
