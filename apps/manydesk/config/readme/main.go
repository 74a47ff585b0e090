// Command readme writes the table of settings into README.md and README.ru.md.
//
// Owns: nothing but the call.
// Does not own: the table (package config), the rest of the documents.
package main

import (
	"fmt"
	"os"

	"manydesk/apps/manydesk/config"
)

func main() {
	for path, language := range map[string]string{"README.md": "en", "README.ru.md": "ru"} {
		if err := write(path, language); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func write(path, language string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("write the table of settings: %w", err)
	}
	text, ok := config.Readme(string(b), language)
	if !ok {
		return fmt.Errorf("%s has no place for the table of settings", path)
	}
	if text == string(b) {
		return nil
	}
	return os.WriteFile(path, []byte(text), 0o644)
}
