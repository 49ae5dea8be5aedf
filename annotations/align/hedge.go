package align

import (
	"slices"
	"strings"
)

// hedge is a word that takes part of the certainty off a claim.
type hedge struct {
	item
	lexeme string
	class  string
}

// hedgeWords holds each hedge by its words, with its lexeme and class. Forms of
// one lexeme are not a change; two lexemes of one class are.
var hedgeWords = lazily(hedgeTable, `
allege: alleged=alleged allegedly=alleged purported=purported purportedly=purported supposed=supposed supposedly=supposed suspected=suspected so-called=so-called ostensibly=ostensible reputedly=reputed reputed=reputed
report: reportedly=reported apparently=apparent apparent=apparent seemingly=seeming said_to=said believed_to=believed thought_to=thought understood_to=understood reported_to=reported unconfirmed=unconfirmed unverified=unconfirmed appears=appear appear=appear appeared=appear seems=seem seem=seem seemed=seem
possible: may=may might=might could=could possible=possible possibly=possible possibility=possible potential=potential potentially=potential perhaps=perhaps maybe=perhaps conceivably=conceivable arguably=arguable
likely: likely=likely unlikely=unlikely probably=probable probable=probable presumably=presumable expected_to=expected
about: about=about around=around approximately=approximate roughly=rough nearly=nearly almost=almost estimated=estimated up_to=up-to as_many_as=up-to at_least=at-least some=some
`)

type hedgeForm struct{ lexeme, class string }

func hedgeTable(text string) map[string]hedgeForm {
	m := make(map[string]hedgeForm)
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		class, words, _ := strings.Cut(line, ":")
		for _, w := range strings.Fields(words) {
			form, lexeme, _ := strings.Cut(w, "=")
			m[strings.ReplaceAll(form, "_", " ")] = hedgeForm{lexeme, class}
		}
	}
	return m
}

// hedges reads the hedges of a unit.
func hedges(u *unit, index int) []hedge {
	var out []hedge
	for i := 0; i < len(u.tokens); i++ {
		if u.tokens[i].kind != isWord {
			continue
		}
		for n := min(3, len(u.tokens)-i); n > 0; n-- {
			form, ok := hedgeWords()[phrase(u.tokens[i:i+n])]
			if !ok || !hedging(u.tokens, i, i+n, form) {
				continue
			}
			out = append(out, hedge{newItem(u, index, i, i+n), form.lexeme, form.class})
			i += n - 1
			break
		}
	}
	return out
}

func phrase(toks []token) string {
	if len(toks) == 1 {
		return toks[0].low
	}
	var b strings.Builder
	for i, t := range toks {
		if i > 0 && t.low != "-" && toks[i-1].low != "-" {
			b.WriteByte(' ')
		}
		b.WriteString(t.low)
	}
	return b.String()
}

// hedging tells hedges from their look-alikes: the month of May, "could not",
// "about the war".
func hedging(toks []token, i, end int, form hedgeForm) bool {
	next := token{}
	if end < len(toks) {
		next = toks[end]
	}
	switch form.lexeme {
	case "may":
		if toks[i].cap && i > 0 || next.kind == isNumber {
			return false
		}
		return i == 0 || !toks[i-1].is("in", "of", "last", "since", "until", "by")
	case "could":
		// What could not be is no doubt, nor is what must come before it can.
		return !next.is("not") && !slices.ContainsFunc(toks[max(0, i-5):i], func(t token) bool { return t.is("before", "until", "if", "so") })
	case "about", "around", "nearly", "up-to", "estimated", "rough", "approximate", "some":
		return quantityAhead(toks, end) || form.lexeme == "estimated" || form.lexeme == "approximate"
	case "supposed":
		return !next.is("to") || toks[i].low != "supposed"
	case "appear":
		return next.is("to", "that") || end < len(toks) && next.kind == isWord && !next.is("in", "on", "at", "for", "before", "as", "with", "by")
	case "said":
		return i > 0 && toks[i-1].is("is", "are", "was", "were", "be", "been")
	}
	return true
}

func quantityAhead(toks []token, i int) bool {
	if i < len(toks) && toks[i].is("$", "£", "€", "¥", "a", "an") {
		i++
	}
	if i >= len(toks) {
		return false
	}
	if toks[i].kind == isNumber {
		return true
	}
	_, isNum := numberWords[toks[i].low]
	_, isMul := multipliers[toks[i].low]
	return isNum || isMul || toks[i].is("all", "half")
}

// movedTo reports whether the hedge x of the original stands in y on another
// claim: the word before and the word behind differ, the sentences that go together
// have the words around both, and no clause has both claims.
func (d *differ) movedTo(x, y *hedge) bool {
	if len(x.right) == 0 || len(y.right) == 0 || shared(x.right[:1], y.right[:1]) > 0 {
		return false
	}
	if len(x.left) > 0 && len(y.left) > 0 && shared(x.left[:1], y.left[:1]) > 0 {
		return false
	}
	was, now := clause(&d.a.units[x.unit], &x.item), clause(&d.b.units[y.unit], &y.item)
	if shared(y.right[:1], was) > 0 && shared(x.right[:1], now) > 0 {
		return false
	}
	kept := slices.ContainsFunc(d.to[x.unit], func(j int) bool { return holds(&d.b.units[j], x.right[:1]) })
	return kept && slices.ContainsFunc(d.from[y.unit], func(i int) bool { return holds(&d.a.units[i], y.right[:1]) })
}

// clause gives the words of content of the clause that a place stands in.
func clause(u *unit, it *item) []string {
	ends := func(t *token) bool { return t.kind == isMark && !t.is("-", "'") || clauseWords()[t.low] }
	from, to := it.from, it.to
	for from > 0 && !ends(&u.tokens[from-1]) {
		from--
	}
	for to < len(u.tokens) && !ends(&u.tokens[to]) {
		to++
	}
	var out []string
	for i := from; i < to; i++ {
		if u.tokens[i].content() {
			out = append(out, u.tokens[i].stem)
		}
	}
	return out
}

// clauseWords begin a clause.
var clauseWords = lazily(list, "and but or while because that who which if when before after although though since unless until where whether")

// holds reports whether a unit has the first of the stems, or most of them.
func holds(u *unit, stems []string) bool {
	if len(stems) == 0 {
		return false
	}
	n := 0
	for _, s := range stems {
		for i := range u.tokens {
			if u.tokens[i].stem == s {
				n++
				break
			}
		}
	}
	return n*2 >= len(stems)
}
