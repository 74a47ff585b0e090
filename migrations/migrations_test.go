package migrations

import (
	"regexp"
	"strings"
	"testing"
)

func TestEveryTableNamesItsOwner(t *testing.T) {
	t.Parallel()
	table := regexp.MustCompile(`create table (\S+) \(`)
	for _, m := range append(Shared(), Tenant()...) {
		for _, found := range table.FindAllStringSubmatch(m.SQL, -1) {
			comment := regexp.MustCompile(`comment on table ` + regexp.QuoteMeta(found[1]) + ` is '[^\n]*owner: [a-z/]+';`)
			if !comment.MatchString(m.SQL) {
				t.Errorf("%s has no comment with its owner", found[1])
			}
		}
	}
}

// Backends pay for every index of every tenant they touch.
func TestATenantHasAtMostSixtyIndexes(t *testing.T) {
	t.Parallel()
	n := 0
	for _, m := range Tenant() {
		n += strings.Count(m.SQL, "create index") + strings.Count(m.SQL, "create unique index") +
			strings.Count(m.SQL, "_pk primary key") + strings.Count(m.SQL, "_uq unique") - strings.Count(m.SQL, "drop index")
	}
	if n > 60 {
		t.Errorf("%d indexes a tenant, the budget is 60", n)
	}
}
