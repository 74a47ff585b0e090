package main

import (
	"fmt"
	"os"
	"path/filepath"

	"manydesk/apps/manydesk/config"
)

// unfinished is the mark of a demo that is being told: nobody has been let in
// yet, and whoever finds it at a start finds half a demo that was interrupted.
func unfinished(cfg config.Config) string { return filepath.Join(cfg.Data, "demo.unfinished") }

// interrupted reports half a demo in the data folder.
func interrupted(cfg config.Config) bool {
	_, err := os.Stat(unfinished(cfg))
	return err == nil
}

// leaveHalf says what to do about half a demo that is not begun anew here: it
// was not asked for, or lies in a database that is not ours to clear.
func leaveHalf(cfg config.Config) error {
	if cfg.DatabaseURL != "" {
		return usage(map[string]string{
			"ru": "Наполнение демонстрации прервали, и в базе из DATABASE_URL лежит её половина: укажите пустую базу и удалите " + unfinished(cfg) + ".",
			"en": "The demo was interrupted and half of it lies in the database of DATABASE_URL: give an empty one and remove " + unfinished(cfg) + ".",
		}[cfg.Language])
	}
	return usage(map[string]string{
		"ru": "Наполнение демонстрации прервали: запустите manydesk up --demo ещё раз или укажите другую папку данных (настройка MANYDESK_DATA).",
		"en": "The demo was interrupted: run manydesk up --demo once more or choose another data folder (setting MANYDESK_DATA).",
	}[cfg.Language])
}

// clearFiles takes away what half a demo left beside its database.
func clearFiles(cfg config.Config) error {
	if err := os.RemoveAll(filepath.Join(cfg.Data, "files")); err != nil {
		return fmt.Errorf("clear the interrupted demo: %w", err)
	}
	return nil
}
