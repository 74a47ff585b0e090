package manydesk_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// floors is the house from the ground up: a room may use only the floors below
// it. The longest matching prefix decides. Rooms on one floor do not know each
// other unless neighbours says why.
var floors = map[string]int{
	"desk":                      0,
	"migrations":                0,
	"tenants":                   1,
	"tenants/access":            1,
	"jobs":                      1,
	"desk/events":               1,
	"desk/channels":             1,
	"desk/conditions":           1,
	"desk/settings":             1,
	"desk/lookup":               1,
	"tenants/people":            2,
	"tenants/rota":              2,
	"desk/tickets":              2,
	"desk/sla":                  2,
	"desk/routing":              2,
	"desk/triggers":             2,
	"desk/macros":               2,
	"desk/customers":            2,
	"desk/assets":               2,
	"desk/staff":                2,
	"desk/knowledge":            2,
	"desk/workorders":           2,
	"desk/processes":            2,
	"desk/files":                2,
	"desk/flows":                3,
	"billing":                   3,
	"search":                    3,
	"apps/api":                  4,
	"apps/console":              3,
	"apps/portal":               3,
	"apps/manydesk":             5,
	"desk/desktest/stage":       1,
	"apps/manydesk/embedded":    1,
	"apps/manydesk/config":      1,
	"desk/desktest/cluster":     1,
	"desk/desktest/outside":     2,
	"desk/flows/notify/letters": 2,
}

// neighbours are the pairs allowed on one floor, each with its reason.
var neighbours = map[string]string{
	"tenants/access -> tenants":                       "rights are read from the tenant's schema through the handle",
	"jobs -> tenants":                                 "the outbox is written and claimed through the handle",
	"desk/events -> tenants":                          "facts are stored through the handle",
	"desk/events -> jobs":                             "a fact that asks for later work leaves it in the outbox",
	"desk/settings -> tenants":                        "settings are read and published through the handle",
	"desk/settings -> desk/events":                    "publishing is a fact",
	"desk/settings -> desk/conditions":                "a question of a form is asked on a condition",
	"desk/desktest/stage -> tenants":                  "the stage of tests is a house",
	"desk/desktest/stage -> desk/desktest/cluster":    "and stands on the tests' own Postgres",
	"desk/lookup -> tenants":                          "identifiers are stored through the handle",
	"desk/settings -> tenants/access":                 "changing a setting needs a right; a new tenant begins with the product's roles",
	"desk/channels -> tenants":                        "messages are stored through the handle",
	"desk/processes -> desk/tickets":                  "tasks and stages are done inside a ticket and are facts of it",
	"desk/triggers -> desk/tickets":                   "triggers listen to the facts of tickets and count time from their moments",
	"desk/macros -> desk/triggers":                    "a macro says what to do in the same actions as a trigger",
	"desk/desktest/cluster -> apps/manydesk/embedded": "tests run the very Postgres that the binary embeds",
}

// owners are the only rooms that may import a library: whoever wants it asks the owner.
var owners = map[string][]string{
	"github.com/casbin/casbin/v2":           {"tenants/access"},
	"github.com/gofiber/fiber/v2":           {"apps/api"},
	"github.com/valyala/fasthttp":           {"apps/api"},
	"github.com/danielgtaylor/huma/v2":      {"apps/api"},
	"github.com/hibiken/asynq":              {"jobs"},
	"github.com/jackc/pgx/v5":               {"tenants", "desk/desktest/cluster", "apps/manydesk/embedded"},
	"github.com/jhillyerd/enmime/v2":        {"desk/channels/email"},
	"github.com/microcosm-cc/bluemonday":    {"desk/channels/email"},
	"github.com/wneessen/go-mail":           {"desk/channels/email"},
	"github.com/emersion/go-smtp":           {"desk/channels/email", "apps/manydesk/embedded"},
	"github.com/emersion/go-msgauth":        {"desk/channels/email"},
	"github.com/pquerna/otp":                {"tenants/people"},
	"github.com/teambition/rrule-go":        {"desk/sla"},
	"golang.org/x/crypto/argon2":            {"tenants/people"},
	"github.com/minio/minio-go/v7":          {"desk/files"},
	"github.com/gabriel-vasile/mimetype":    {"desk/files"},
	"github.com/alicebob/miniredis/v2":      {"apps/manydesk/embedded", "desk/desktest/cluster"},
	"github.com/stripe/stripe-go/v76":       {"billing"},
	"github.com/meilisearch/meilisearch-go": {"search"},
}

type room struct {
	path    string
	imports []string
	test    bool
}

func TestRoomsUseOnlyTheFloorsBelow(t *testing.T) {
	t.Parallel()
	for _, r := range rooms(t) {
		from, mine := floorOf(r.path)
		if mine < 0 {
			t.Errorf("%s stands on no floor: give it one here", r.path)
			continue
		}
		for _, imp := range r.imports {
			rest, ours := strings.CutPrefix(imp, "manydesk/")
			if !ours || r.test {
				continue
			}
			to, its := floorOf(rest)
			switch {
			case to == from, its < mine:
			case its == mine && neighbours[from+" -> "+to] != "":
			default:
				t.Errorf("%s (floor %d) imports %s (floor %d)", r.path, mine, rest, its)
			}
		}
	}
}

func TestALibraryHasOneOwner(t *testing.T) {
	t.Parallel()
	for _, r := range rooms(t) {
		for _, imp := range r.imports {
			for lib, allowed := range owners {
				if imp != lib && !strings.HasPrefix(imp, lib+"/") || r.test {
					continue
				}
				if !owned(r.path, allowed) {
					t.Errorf("%s imports %s, which belongs to %v", r.path, imp, allowed)
				}
			}
		}
	}
}

func TestEveryRoomSaysWhatItOwns(t *testing.T) {
	t.Parallel()
	docs := map[string]string{}
	walk(t, func(path string) {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		if _, seen := docs[dir]; !seen && !strings.HasSuffix(path, "_test.go") {
			docs[dir] = ""
		}
		if f.Doc != nil && !strings.HasSuffix(path, "_test.go") {
			docs[dir] += f.Doc.Text()
		}
	})
	for dir, doc := range docs {
		if !strings.Contains(doc, "Owns:") || !strings.Contains(doc, "Does not own:") {
			t.Errorf("the package comment of %s does not say what it owns and does not own", dir)
		}
	}
}

func floorOf(path string) (prefix string, floor int) {
	floor = -1
	for p, f := range floors {
		if (path == p || strings.HasPrefix(path, p+"/")) && len(p) > len(prefix) {
			prefix, floor = p, f
		}
	}
	return prefix, floor
}

func owned(path string, by []string) bool {
	for _, o := range by {
		if path == o || strings.HasPrefix(path, o+"/") {
			return true
		}
	}
	return false
}

func rooms(t *testing.T) []room {
	t.Helper()
	var all []room
	walk(t, func(path string) {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		r := room{path: filepath.ToSlash(filepath.Dir(path)), test: strings.HasSuffix(path, "_test.go")}
		for _, imp := range f.Imports {
			r.imports = append(r.imports, strings.Trim(imp.Path.Value, `"`))
		}
		all = append(all, r)
	})
	sort.Slice(all, func(i, j int) bool { return all[i].path < all[j].path })
	return all
}

func walk(t *testing.T, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".go") && filepath.Dir(path) != "." {
			visit(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("go.mod"); err != nil {
		t.Fatal("run from the root of the repository")
	}
}
