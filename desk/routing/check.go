package routing

import (
	"fmt"

	"manydesk/desk"
	"manydesk/desk/conditions"
)

// Book is what of a tenant rules may name, as it is now.
type Book struct {
	Words  conditions.Vocabulary
	Groups map[string]bool
	Skills map[string]bool
	Roles  map[string]bool
	// Processes are those that can be started.
	Processes map[string]bool
	// People work here now; Vendors have not ended.
	People  map[desk.UserID]bool
	Vendors map[desk.CompanyID]bool
	// Members are how many people each group has now; nil when nobody has counted.
	Members map[string]int
}

// Check names everything that means nothing to the tenant: conditions as
// conditions.Check does, groups, skills, roles, people and vendors that are not
// there, with pointers below "spec".
func (b *Book) Check(r Rules) []desk.FieldError {
	c := &checker{}
	for i := range r.Rules {
		at := fmt.Sprintf("rules/%d", i)
		c.wrong = append(c.wrong, b.Words.Check(r.Rules[i].When, "/body/spec/"+at+"/when")...)
		b.then(c, at+"/then", &r.Rules[i].Then)
	}
	b.then(c, "default", &r.Default)
	return c.wrong
}

func (b *Book) then(c *checker, at string, t *Then) {
	for _, gone := range b.gone(t) {
		c.refuse(at+"/"+gone.at, desk.UnknownID)
	}
	for i, need := range t.Skills {
		if !b.Skills[need.Key] {
			c.refuse(fmt.Sprintf("%s/skills/%d/key", at, i), desk.UnknownID)
		}
	}
	if t.Process != "" && !b.Processes[t.Process] {
		c.refuse(at+"/process", desk.UnknownID)
	}
	for i, key := range t.Notify {
		if !b.Roles[key] {
			c.refuse(fmt.Sprintf("%s/notify/%d", at, i), desk.UnknownID)
		}
	}
}

// gone are the places to which a ticket cannot be given any more.
func (b *Book) gone(t *Then) (all []place) {
	if t.Group != "" && !b.Groups[t.Group] {
		all = append(all, place{"group", t.Group, GroupGone})
	}
	if !t.Person.IsZero() && !b.People[t.Person] {
		all = append(all, place{"person", t.Person.String(), PersonGone})
	}
	if !t.Vendor.IsZero() && !b.Vendors[t.Vendor] {
		all = append(all, place{"vendor", t.Vendor.String(), VendorGone})
	}
	return all
}

type place struct{ at, name, code string }

// Problem is something that a live rule names and that is gone. A rule with a
// problem of a place (group, person, vendor) is skipped; one whose skill, role or
// process is gone goes on without it. A rule that is to choose somebody of a group
// in which nobody is left gives tickets to the group's queue.
type Problem struct {
	// Rule is empty for the default.
	Rule string
	Code string
	// Name is what is gone: a key or an id.
	Name string
}

// The codes of problems.
const (
	GroupGone     = "group_gone"
	PersonGone    = "person_gone"
	VendorGone    = "vendor_gone"
	SkillGone     = "skill_gone"
	RoleGone      = "role_gone"
	ProcessGone   = "process_gone"
	ConditionGone = "condition_gone"
	GroupEmpty    = "group_empty"
)

// Problems tells what of a live set is gone, in the order of its rules.
func (b *Book) Problems(r Rules) []Problem {
	var all []Problem
	look := func(key string, t *Then, when *conditions.Tree) {
		if when != nil && len(b.Words.Check(*when, "")) > 0 {
			all = append(all, Problem{key, ConditionGone, ""})
		}
		for _, gone := range b.gone(t) {
			all = append(all, Problem{key, gone.code, gone.name})
		}
		if b.Members != nil && b.Groups[t.Group] && t.Strategy != "" && t.Strategy != Manual && b.Members[t.Group] == 0 {
			all = append(all, Problem{key, GroupEmpty, t.Group})
		}
		for _, need := range t.Skills {
			if !b.Skills[need.Key] {
				all = append(all, Problem{key, SkillGone, need.Key})
			}
		}
		for _, role := range t.Notify {
			if !b.Roles[role] {
				all = append(all, Problem{key, RoleGone, role})
			}
		}
		if t.Process != "" && !b.Processes[t.Process] {
			all = append(all, Problem{key, ProcessGone, t.Process})
		}
	}
	for i := range r.Rules {
		look(r.Rules[i].Key, &r.Rules[i].Then, &r.Rules[i].When)
	}
	look("", &r.Default, nil)
	return all
}

// Gone reports whether a place to which tickets would be given is no more.
func (b *Book) Gone(t *Then) bool { return len(b.gone(t)) > 0 }
