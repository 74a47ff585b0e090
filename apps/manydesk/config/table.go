package config

import (
	"fmt"
	"strings"
)

// Row is one setting as documents show it.
type Row struct {
	Flag, Variable, Key, Standard, Help string
}

// Table is every setting in the order of the list, in a language.
func Table(language string) []Row {
	var rows []Row
	for _, s := range settings() {
		rows = append(rows, Row{s.flag(), s.env, s.key, s.shownStandard(), s.help.in(language)})
	}
	return rows
}

// Help is the settings for --help.
func Help(language string) string {
	var b strings.Builder
	otherwise := words{"по умолчанию", "default"}.in(language)
	for _, r := range Table(language) {
		fmt.Fprintf(&b, "  %-22s %-27s %s", r.Flag, r.Variable, r.Help)
		if r.Standard != "" {
			fmt.Fprintf(&b, " (%s: %s)", otherwise, r.Standard)
		}
		b.WriteByte('\n')
	}
	file := words{
		"файл настроек: строки «настройка = значение», имена как у флагов, но с _",
		"settings file: lines \"setting = value\", names as of the flags but with _",
	}
	fmt.Fprintf(&b, "  %-22s %-27s %s (%s: %s)\n", "--config", "MANYDESK_CONFIG", file.in(language), otherwise, StandardFile)
	return b.String()
}

// Markdown is the table of the README.
func Markdown(language string) string {
	head := words{
		"| переменная | флаг | по умолчанию | что это |\n|---|---|---|---|\n",
		"| variable | flag | default | what it is |\n|---|---|---|---|\n",
	}
	var b strings.Builder
	b.WriteString(head.in(language))
	for _, r := range Table(language) {
		standard := ""
		if r.Standard != "" {
			standard = "`" + r.Standard + "`"
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", r.Variable, r.Flag, standard, cell(r.Help))
	}
	return b.String()
}

func cell(s string) string {
	return strings.NewReplacer("|", "\\|", "<", "&lt;", ">", "&gt;").Replace(s)
}
