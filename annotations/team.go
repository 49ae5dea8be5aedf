package annotations

import (
	"fmt"
	"slices"
)

// Role is what a person may do.
type Role string

// The roles. A reviewer annotates; a lead also rules, assigns and sets the team.
const (
	Reviewer Role = "reviewer"
	Lead     Role = "lead"
)

// Member is a person with a role.
type Member struct {
	Name string `json:"name" cbor:"1,keyasint"`
	Role Role   `json:"role" cbor:"2,keyasint"`
}

// Team is who works on a store and by which rules. Its zero value is a desk
// without rules: everybody may do and see everything.
type Team struct {
	Members []Member `json:"members" cbor:"1,keyasint"`          // sorted by name; empty = no rules
	Open    bool     `json:"open" cbor:"2,keyasint,omitempty"`   // reviewers see each other's tags before they have finished
	Overlap Overlap  `json:"overlap" cbor:"3,keyasint,omitzero"` // who is assigned to an article when it is dealt out
}

// Overlap says how many reviewers each article gets.
type Overlap struct {
	Each  int `json:"each,omitempty" cbor:"1,keyasint,omitempty"`  // reviewers an article; 0 = all
	Share int `json:"share,omitempty" cbor:"2,keyasint,omitempty"` // percent of articles that get Each, the rest get one; 0 = 100
}

// Empty reports whether t makes no rules.
func (t *Team) Empty() bool { return t == nil || len(t.Members) == 0 }

// RoleOf returns a person's role; on a desk without rules everybody is a lead,
// and "" is somebody who does not belong to the team.
func (t *Team) RoleOf(name string) Role {
	if t.Empty() {
		return Lead
	}
	for _, m := range t.Members {
		if m.Name == name {
			return m.Role
		}
	}
	return ""
}

// Check tells why t cannot be a team, or nil.
func (t *Team) Check() error {
	if len(t.Members) > MaxList {
		return invalid("members", "%d people; the limit is %d", len(t.Members), MaxList)
	}
	leads := 0
	for i, m := range t.Members {
		field := fmt.Sprintf("members[%d]", i)
		if err := CheckName(m.Name); err != nil {
			return invalid(field, "%v", err)
		}
		if m.Role != Reviewer && m.Role != Lead {
			return invalid(field, "role %q is not one of reviewer, lead", m.Role)
		}
		if i > 0 && t.Members[i-1].Name >= m.Name {
			return invalid(field, "members must be sorted by name, each once")
		}
		if m.Role == Lead {
			leads++
		}
	}
	switch {
	case len(t.Members) > 0 && leads == 0:
		return invalid("members", "a team needs a lead: nobody could change it again")
	case t.Overlap.Each < 0 || t.Overlap.Each > MaxList || t.Overlap.Share < 0 || t.Overlap.Share > 100:
		return invalid("overlap", "%d reviewers for %d percent of the articles", t.Overlap.Each, t.Overlap.Share)
	}
	return nil
}

// Clone returns a deep copy of t.
func (t Team) Clone() Team {
	t.Members = slices.Clone(t.Members)
	return t
}

// Finish says that a reviewer has finished an article, or goes on with it.
type Finish struct {
	Reviewer string `cbor:"1,keyasint"`
	Done     bool   `cbor:"2,keyasint"`
}

// MayChange tells why a person of this team may not make the change, or "". On
// a desk without rules everybody may do everything.
func (t *Team) MayChange(actor string, c *Change) string {
	if t.Empty() {
		return ""
	}
	switch t.RoleOf(actor) {
	case Lead:
		return ""
	case Reviewer:
		switch {
		case c.Kind == EventRule || c.Kind == EventTeam || c.Kind == EventAssign || c.Kind == EventCodebook:
			return fmt.Sprintf("%s is a reviewer; only a lead may do that", actor)
		case c.Kind == EventFinish && c.Finish != nil && c.Finish.Reviewer != actor:
			return fmt.Sprintf("%s is a reviewer and finishes only what is their own", actor)
		}
		return ""
	}
	return fmt.Sprintf("%s does not belong to the team of this store", actor)
}

// MaySee reports whether viewer may see what author said of an article: their
// own, and everything when viewer is a lead, has finished the article or the
// team works openly.
func (t *Team) MaySee(viewer, author string, finished bool) bool {
	return viewer == author || t.Empty() || t.Open || finished || t.RoleOf(viewer) == Lead
}
