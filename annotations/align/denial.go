package align

import (
	"slices"

	"stet.example/stet/annotations"
)

// A denial that is gone turns a sentence into its opposite while all other words
// stay, so it is looked for by itself. Only the plain case is told: one sentence
// goes to one, the words that were denied are kept, and the other side has nothing
// that could stand for the denial.

// denying are the words that deny what follows.
var denying = lazily(list, `not no never none neither nobody cannot nothing
isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt wont wouldnt cant couldnt shouldnt mustnt neednt aint`)

// instead are words that may take a denial's place: "declined to" for "did not".
var instead = lazily(list, `nor nowhere without unable unwilling unlikely unclear unknown impossible barely hardly scarcely rarely seldom
deny denies denied denying denial refuse refuses refused refusing refusal decline declines declined declining fail fails failed failing failure
reject rejects rejected rejecting lack lacks lacked lacking avoid avoids avoided avoiding stop stops stopped stopping halt halts halted cease ceases ceased
end ends ended doubt doubts doubted dispute disputes disputed disputing oppose opposes opposed absent absence free false wrong untrue zero
few fewer little less only except but instead rather unless until till before yet still remain remains remained least most some miss misses missed missing
inability eliminate eliminates eliminated exclude excludes excluded block blocks blocked prevent prevents prevented ban bans banned bar barred against rule ruled out dismiss dismissed escape escaped away far late delayed both too`)

// harmless are words behind a denial that make something else of it: "not only",
// "no longer", "not all", "no doubt".
var harmless = lazily(list, `only just merely simply until till longer later fewer less more yet all every everyone everything many much necessarily enough always
least doubt matter so long far to because unlike but surprisingly`)

// denials reads the places of a unit that deny what follows.
func denials(u *unit, index int) []item {
	var out []item
	for i := range u.tokens {
		if !denying()[u.tokens[i].low] || i+1 == len(u.tokens) {
			continue
		}
		next := &u.tokens[i+1]
		if next.kind != isWord || harmless()[next.low] || next.is("one") && u.tokens[i].low != "no" || i > 0 && u.tokens[i-1].is("or", "why", "if") {
			continue
		}
		out = append(out, newItem(u, index, i, i+1))
	}
	return out
}

func (d *differ) denials() {
	quoted := func(s *side, x *item) bool {
		return slices.ContainsFunc(s.quotes, func(q annotations.Span) bool { return q.Contains(x.span) })
	}
	for j := range d.from {
		if len(d.from[j]) != 1 || len(d.to[d.from[j][0]]) != 1 {
			continue
		}
		i := d.from[j][0]
		was, now := &d.a.units[i], &d.b.units[j]
		for _, x := range undone(was, now, i) {
			if !quoted(d.a, &x) { // inside a quotation the quotation is altered
				d.note(DenialDropped, i, j, x.span, nowhere)
			}
		}
		for _, y := range undone(now, was, j) {
			if !quoted(d.b, &y) {
				d.note(DenialAdded, -1, j, nowhere, y.span)
			}
		}
	}
}

// undone gives the only denial of u when v says the denied words and denies nothing.
func undone(u, v *unit, index int) []item {
	all := denials(u, index)
	has := func(u *unit, word string) bool {
		return slices.ContainsFunc(u.tokens, func(t token) bool { return t.low == word })
	}
	if len(all) != 1 || slices.ContainsFunc(v.tokens, func(t token) bool { return denying()[t.low] || instead()[t.low] && !has(u, t.low) }) {
		return nil
	}
	for _, limit := range []string{"until", "till", "before", "unless", "without", "because", "than"} {
		if has(u, limit) && !has(v, limit) {
			return nil // "not until March" for "in March"
		}
	}
	said := deniedWords(u, &all[0])
	if len(said) == 0 {
		return nil
	}
	for _, s := range said {
		if !slices.ContainsFunc(v.tokens, func(t token) bool { return t.stem == s }) {
			return nil
		}
	}
	if who := deniedOf(u, &all[0]); who != "" && !besides(v, who, said[0]) {
		return nil
	}
	for _, t := range v.tokens {
		for _, before := range []string{"un", "in", "im", "ir", "dis", "non"} {
			if t.kind == isWord && t.low != said[0] && len(t.low) > len(before)+2 && t.low[:len(before)] == before && sharesStart(t.low[len(before):], said[0]) {
				return nil // "unhurt" for "not hurt"
			}
		}
	}
	for i := all[0].to; i < len(u.tokens); i++ {
		if u.tokens[i].stem == said[0] {
			all[0].span.End = u.tokens[i].span.End // "not" alone tells a reader nothing
			break
		}
	}
	return all
}

func sharesStart(word, stem string) bool {
	return len(stem) > 2 && len(word) >= len(stem) && word[:len(stem)] == stem
}

// deniedWords are the first two words of content behind a denial, in its clause.
func deniedWords(u *unit, x *item) []string {
	var out []string
	for i := x.to; i < len(u.tokens) && len(out) < 2; i++ {
		t := &u.tokens[i]
		if t.kind == isMark && !t.is("-", "'") || clauseWords()[t.low] {
			break
		}
		if t.content() {
			out = append(out, t.stem)
		}
	}
	return out
}

// deniedOf is the word of content right before a denial, in its clause: of what
// it denies, as a rule.
func deniedOf(u *unit, x *item) string {
	for i := x.from - 1; i >= 0; i-- {
		t := &u.tokens[i]
		if t.kind == isMark && !t.is("-", "'") || clauseWords()[t.low] {
			break
		}
		if t.content() {
			return t.stem
		}
	}
	return ""
}

// besides reports whether a unit has one word a few words before another.
func besides(u *unit, first, then string) bool {
	const few = 5
	for i := range u.tokens {
		if u.tokens[i].stem == then && slices.ContainsFunc(u.tokens[max(0, i-few):i], func(t token) bool { return t.stem == first }) {
			return true
		}
	}
	return false
}
