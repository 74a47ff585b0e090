package config

// Missing are the mistakes of settings that a command cannot do without, by the
// names of their variables.
func (c Config) Missing(names ...string) Mistakes {
	given := map[string]string{"DATABASE_URL": c.DatabaseURL, "REDIS_URL": c.RedisURL, "SMTP_URL": c.SMTPURL}
	var wrong Mistakes
	for _, name := range names {
		if given[name] == "" {
			wrong = append(wrong, mistake(
				"%s: эта команда работает с внешними частями, укажите адрес (или запустите manydesk up).",
				"%s: this command works against real parts, set the address (or run manydesk up).", name))
		}
	}
	return wrong
}
