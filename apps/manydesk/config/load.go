package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// StandardFile is read when it exists and no other was named.
const StandardFile = "/etc/manydesk/manydesk.conf"

// Sources are where settings come from.
type Sources struct {
	// Args are the words after the command.
	Args []string
	// Environ is os.Environ's form.
	Environ []string
	// StandardFile is read when it exists and neither --config nor
	// MANYDESK_CONFIG names another.
	StandardFile string
}

// given is a value and the place it was found in.
type given struct{ value, place string }

// Load reads all settings: a flag over the environment over the file over the
// default. What it does not know among the arguments is left in rest, in order,
// for the command. The error is Mistakes, with everything that is wrong.
func Load(s Sources) (c Config, rest []string, err error) {
	env := environment(s.Environ)
	list := settings()
	var wrong Mistakes

	flags, rest, mistakes := readFlags(s.Args, list)
	wrong = append(wrong, mistakes...)
	variables, mistakes := readEnvironment(env, list)
	wrong = append(wrong, mistakes...)
	path, named := s.StandardFile, false
	for _, g := range []given{{env["MANYDESK_CONFIG"], ""}, flags["config"]} {
		if g.value != "" {
			path, named = g.value, true
		}
	}
	lines, mistakes := readFile(path, named, list)
	wrong = append(wrong, mistakes...)

	c.Language = Language(env)
	for _, one := range list {
		g := given{value: one.standard}
		for _, source := range []map[string]given{lines, variables, flags} {
			if found, ok := source[one.key]; ok {
				g = found
			}
		}
		if g.value == "" && g.place == "" {
			continue
		}
		if complaint := one.take(&c, g.value); complaint != nil {
			wrong = append(wrong, one.wrong(g.place, g.value, complaint))
		}
	}
	if c.DatabaseOwnerURL != "" && c.DatabaseURL == "" {
		wrong = append(wrong, mistake(
			"DATABASE_OWNER_URL: без DATABASE_URL эта настройка ничего не значит.",
			"DATABASE_OWNER_URL: without DATABASE_URL this setting means nothing."))
	}
	if len(wrong) > 0 {
		return c, rest, wrong
	}
	return c, rest, nil
}

// Language is what the environment asks for by LC_ALL, LC_MESSAGES or LANG: "ru"
// or "en". It is good before anything else is read.
func Language(env map[string]string) string {
	for _, name := range []string{"MANYDESK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env[name]; v != "" {
			if strings.HasPrefix(strings.ToLower(v), "ru") {
				return "ru"
			}
			return "en"
		}
	}
	return "en"
}

// Environment is os.Environ as a map, for Language.
func Environment(environ []string) map[string]string { return environment(environ) }

func environment(environ []string) map[string]string {
	env := make(map[string]string, len(environ))
	for _, line := range environ {
		name, value, _ := strings.Cut(line, "=")
		env[name] = value
	}
	return env
}

// readFlags takes --key=value and --key value. Everything after -- is rest.
func readFlags(args []string, list []setting) (map[string]given, []string, Mistakes) {
	known := map[string]string{"--config": "config"}
	for _, s := range list {
		known[s.flag()] = s.key
	}
	found, rest, wrong := map[string]given{}, []string{}, Mistakes(nil)
	for i := 0; i < len(args); i++ {
		if args[i] == "--" {
			return found, append(rest, args[i+1:]...), wrong
		}
		flag, value, has := strings.Cut(args[i], "=")
		key, ok := known[flag]
		if !ok {
			rest = append(rest, args[i])
			continue
		}
		if !has {
			if i+1 >= len(args) || strings.HasPrefix(args[i+1], "--") {
				wrong = append(wrong, mistake("%s: не сказано значение.", "%s: no value is given.", flag))
				continue
			}
			i++
			value = args[i]
		}
		found[key] = given{value, flag}
	}
	return found, rest, wrong
}

// Stray is the mistake of an argument that neither the settings nor the command
// know; flags are the command's own.
func Stray(arg string, flags ...string) Mistake {
	name, _, _ := strings.Cut(arg, "=")
	for _, s := range settings() {
		flags = append(flags, s.flag())
	}
	return unknown(name, name, nearest(name, append(flags, "--config")))
}

// readEnvironment takes NAME, or the text of the file that NAME_FILE names, as
// containers hand secrets over. An empty variable is an unset one. A name of ours
// with a slip in it is a mistake.
func readEnvironment(env map[string]string, list []setting) (map[string]given, Mistakes) {
	found, wrong := map[string]given{}, Mistakes(nil)
	names := []string{"MANYDESK_CONFIG"}
	for _, s := range list {
		names = append(names, s.env, s.env+"_FILE")
		if v := env[s.env]; v != "" {
			found[s.key] = given{v, s.env}
			continue
		}
		path := env[s.env+"_FILE"]
		if path == "" {
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			wrong = append(wrong, mistake("%s_FILE: файл %s не читается.", "%s_FILE: the file %s cannot be read.", s.env, path))
			continue
		}
		found[s.key] = given{strings.TrimSpace(string(b)), s.env + "_FILE"}
	}
	return found, append(wrong, slips(env, names)...)
}

// readFile takes lines "key = value". A # begins a comment line. Values may stand
// in double quotes.
func readFile(path string, named bool, list []setting) (map[string]given, Mistakes) {
	if path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil, nil
	}
	if err != nil {
		return nil, Mistakes{mistake("MANYDESK_CONFIG: файл настроек %s не читается.", "MANYDESK_CONFIG: the settings file %s cannot be read.", path)}
	}
	keys := []string{}
	for _, s := range list {
		keys = append(keys, s.key)
	}
	found, wrong := map[string]given{}, Mistakes(nil)
	for i, line := range strings.Split(string(b), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		place := key + " (" + filepath.Base(path) + ":" + number(i+1) + ")"
		if !ok {
			wrong = append(wrong, mistake("%s:%d: нужна строка вида «настройка = значение».", "%s:%d: a line like \"setting = value\" is wanted.", path, i+1))
			continue
		}
		if len(value) >= 2 && value[0] == '"' && value[len(value)-1] == '"' {
			value = value[1 : len(value)-1]
		}
		if !contains(list, key) {
			wrong = append(wrong, unknown(place, key, nearest(key, keys)))
			continue
		}
		if _, twice := found[key]; twice {
			wrong = append(wrong, mistake("%s: настройка сказана дважды.", "%s: the setting is given twice.", place))
			continue
		}
		found[key] = given{value, place}
	}
	return found, wrong
}
