package interchange

import (
	"time"

	"stet.example/stet/annotations"
)

// How a sentence came to the one tag that a file gives for it.
const (
	byReviewer  = "reviewer"  // one reviewer tagged it
	byAgreement = "agreement" // several did, all the same
	byRuling    = "ruling"    // a lead decided
	stillOpen   = "open"      // reviewers differ and nobody has decided
)

// decision is the one answer for a sentence, where there is one.
type decision struct {
	tag  string // "" = none
	how  string // "" = nobody has tagged it
	by   string
	when time.Time
	from *annotations.Annotation // whose note and evidence go with the tag; nil = nobody's
}

// decide finds the tag that a client gets that wants one a sentence. A lead's
// amendment goes before everything, "neither" takes the tag away, "stet" on
// one reviewer's annotation picks it. Without them a tag stands when nobody
// who tagged the sentence disagrees. A query leaves things as they are.
func decide(voices []voice, r *annotations.RulingRecord) decision {
	if r != nil {
		switch r.Verdict {
		case annotations.Amend, annotations.Neither:
			return decision{tag: r.Tag, how: byRuling, by: r.By, when: r.Time}
		case annotations.Stet:
			for i := range voices {
				if v := &voices[i]; v.by == r.Reviewer && v.Tag != "" {
					return v.decision(byRuling)
				}
			}
		case annotations.Query:
		}
	}
	var tagged []*voice
	for i := range voices {
		if voices[i].Tag != "" {
			tagged = append(tagged, &voices[i])
		}
	}
	switch {
	case len(tagged) == 0 && len(voices) == 1:
		return voices[0].decision("")
	case len(tagged) == 0:
		return decision{}
	case len(tagged) == 1:
		return tagged[0].decision(byReviewer)
	}
	for _, v := range tagged[1:] {
		if v.Tag != tagged[0].Tag {
			return decision{how: stillOpen}
		}
	}
	return decision{tag: tagged[0].Tag, how: byAgreement}
}

func (v *voice) decision(how string) decision {
	return decision{tag: v.Tag, how: how, by: v.by, when: v.Time, from: &v.Annotation}
}
