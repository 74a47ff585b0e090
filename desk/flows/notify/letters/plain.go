package letters

import "strings"

// plain writes the letter as text, with the same words in the same order.
func (v *view) plain() string {
	var out []string
	para := func(lines ...string) {
		if s := strings.TrimSpace(strings.Join(lines, "\n")); s != "" {
			out = append(out, s)
		}
	}
	if v.Above != "" {
		para("--- " + v.Above + " ---")
	}
	para(v.Heading, v.Lead)
	para(v.Code)
	if len(v.Stars) > 0 {
		var lines []string
		for _, s := range v.Stars {
			lines = append(lines, s.Title+": "+s.URL)
		}
		para(append(lines, v.StarNote)...)
	}
	if m := v.Message; m != nil {
		para(strings.TrimSuffix(strings.TrimPrefix(m.Author+", "+m.Meta, ", "), ", ")+":", m.Text)
	}
	var facts []string
	for _, f := range v.Facts {
		facts = append(facts, f.Name+": "+f.Value)
	}
	if v.Files != "" {
		facts = append(facts, v.FilesName()+": "+v.Files)
	}
	para(facts...)
	if v.Button.URL != "" {
		para(v.Button.Text + ": " + v.Button.URL)
	}
	para(v.Hint)
	if s := v.Reopen; s.Link.URL != "" {
		para(s.Before + s.Link.Text + " (" + s.Link.URL + ")" + s.After)
	}
	foot := []string{v.Brand.Name, v.Urgent.Before + v.Urgent.Link.Text + v.Urgent.After}
	for _, l := range v.Foot {
		foot = append(foot, l.Text+": "+l.URL)
	}
	para("-- \n"+strings.TrimSpace(strings.Join(nonEmpty(foot), "\n")), v.Mark)
	return strings.ReplaceAll(strings.Join(out, "\n\n"), gap, " ") + "\n"
}

// FilesName heads the list of what is attached.
func (v *view) FilesName() string { return pick(v.Language, "Во"+gap+"вложении", "Attached") }

func joined(names []string) string { return strings.Join(names, ", ") }

func nonEmpty(lines []string) []string {
	var out []string
	for _, s := range lines {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}
