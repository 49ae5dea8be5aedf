package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// relations are what a link can say, in the order of the list.
func relations() []annotations.Relation {
	return []annotations.Relation{annotations.Disputes, annotations.Supports, annotations.Repeats, annotations.DerivedFrom}
}

// aim is a sentence that a link leads to, and what people call it by.
type aim struct {
	to   annotations.Target
	name string
}

func (s *Screen) target(i int) annotations.Target {
	return annotations.Target{Article: s.Article(), Sentence: s.sentence(i).ID}
}

func (s *Screen) aims(places []int) []aim {
	out := make([]aim, len(places))
	for n, i := range places {
		out[n] = aim{s.target(i), strconv.Itoa(i + 1)}
	}
	return out
}

func names(to []aim) string {
	parts := make([]string, len(to))
	for i, t := range to {
		parts[i] = t.name
	}
	return strings.Join(parts, ", ")
}

// askLink asks for the other sentence, then what it does and how. then runs at
// the end, also when nothing was named; nil for a link that was asked for by
// key.
func (s *Screen) askLink(then func() []action.Outcome) []action.Outcome {
	place := s.cur
	items, away, near := s.linkItems(place, then == nil)
	first := len(items) - len(near) // of the sentences
	prompt, later := "Which sentence? Numbers, or words of it:", ""
	if then != nil {
		prompt, later = "Against which sentence? Numbers, or words of it:", "later"
	}
	p := dialog.NewPick(prompt, items)
	p.Later, p.Numbers = later, s.digits()
	p.Free = func(typed string) string { _, why := s.numbers(typed, place); return why }
	p.Echo = func(typed string) []dialog.Item {
		places, _ := s.numbers(typed, place)
		items := make([]dialog.Item, len(places))
		for n, i := range places {
			items[n] = dialog.Item{Label: strconv.Itoa(i + 1), Words: s.words(i)}
		}
		return items
	}
	p.Typing()
	end := func() []action.Outcome {
		if then == nil {
			return nil
		}
		return then()
	}
	s.ask(p, func() []action.Outcome {
		var to []int
		switch n := p.Chosen(); {
		case n == 0:
			return append(s.linkInside(place), end()...)
		case n == 1:
			return s.askSearchAll(true, then)
		case n >= first:
			to = []int{near[n-first]}
		case n > 1:
			return []action.Outcome{action.OpenArticle{Article: away[n-2].Article, At: away[n-2].Sentence}}
		default:
			to, _ = s.numbers(p.Typed(), place)
		}
		if len(to) == 0 {
			return end()
		}
		return s.askRelation(place, s.aims(to), then)
	})
	if then != nil {
		s.OnCancel(end)
	}
	return nil
}

// linkItems are what a link may lead to: first what is no sentence of the article;
// the last of them are the sentences near, in their order. follow offers to go to those
// of other articles that are linked already, away.
func (s *Screen) linkItems(place int, follow bool) (items []dialog.Item, away []annotations.Target, near []int) {
	items = []dialog.Item{
		{Label: "inside this sentence", Words: "both sides stand in it"},
		{Label: "in another article …", Words: "search for it"},
	}
	if a := s.said(place); a == nil || a.Tag == "" { // of such a sentence the store takes none
		items[0].Words, items[0].Off = "", s.Why(action.Inside)
	}
	if follow {
		var ways []dialog.Item
		ways, away = s.ways(place)
		items = append(items, ways...)
	}
	near, likely := s.rivalsFirst(place, s.nearest(place, 400))
	for n, i := range near {
		words := s.words(i)
		if n < likely {
			words = "may speak against it: " + words
		}
		items = append(items, dialog.Item{Label: strconv.Itoa(i + 1), Words: words})
	}
	return items, away, near
}

func (s *Screen) linkInside(place int) []action.Outcome {
	a := s.copyOf(place)
	a.Inside = true
	return []action.Outcome{s.save(place, "inside", a, fmt.Sprintf("%d %s, the other side inside it", place+1, s.tagName(&a)), "")}
}

func (s *Screen) tagName(a *annotations.Annotation) string {
	if t := s.doc.Book.Tag(a.Tag); t != nil {
		return t.Name
	}
	return "untagged"
}

// askRelation asks what the link says. A contested sentence's own link needs no
// asking: it disputes.
func (s *Screen) askRelation(place int, to []aim, then func() []action.Outcome) []action.Outcome {
	if then != nil {
		return s.askManner(place, to, then)
	}
	p := dialog.NewPick(fmt.Sprintf("What is %d to %s?", place+1, names(to)), []dialog.Item{
		{Key: "d", Label: "disputes it"}, {Key: "s", Label: "supports it"}, {Key: "r", Label: "repeats it"}, {Key: "f", Label: "is derived from it"},
		{Key: "-", Label: "nothing", Words: "take the link away"},
	})
	return s.ask(p, func() []action.Outcome {
		switch n := p.Chosen(); n {
		case 0:
			return s.askManner(place, to, nil)
		case len(relations()):
			return s.unlink(place, to)
		default:
			return s.link(place, to, relations()[n], "")
		}
	})
}

func (s *Screen) askManner(place int, to []aim, then func() []action.Outcome) []action.Outcome {
	manners := []annotations.Manner{annotations.Direct, annotations.Rhetorical, annotations.Partial, ""}
	p := dialog.NewPick(fmt.Sprintf("How do %d and %s dispute?", place+1, names(to)), []dialog.Item{
		{Key: "d", Label: "direct", Words: "both cannot be true"},
		{Key: "r", Label: "rhetorical", Words: "both can be true, the text opposes them"},
		{Key: "p", Label: "partial", Words: "they overlap"},
		{Key: "-", Label: "not said"},
	})
	return s.ask(p, func() []action.Outcome {
		out := s.link(place, to, annotations.Disputes, manners[p.Chosen()])
		if then != nil {
			out = append(out, then()...)
		}
		return out
	})
}

func (s *Screen) link(place int, to []aim, rel annotations.Relation, how annotations.Manner) []action.Outcome {
	a := s.copyOf(place)
	for _, t := range to {
		l := annotations.Link{Relation: rel, Manner: how, To: t.to}
		at := slices.IndexFunc(a.Links, func(m annotations.Link) bool { return m.To == l.To && m.Relation == rel })
		if at >= 0 {
			a.Links[at].Manner = how
			continue
		}
		a.Links = append(a.Links, l)
	}
	words := fmt.Sprintf("%d %s %s", place+1, rel, names(to))
	if rel == annotations.Disputes {
		words = fmt.Sprintf("%d %s against %s", place+1, s.tagName(&a), names(to))
	}
	return []action.Outcome{s.save(place, "link", a, words, "")}
}

func (s *Screen) unlink(place int, to []aim) []action.Outcome {
	a := s.copyOf(place)
	n := len(a.Links)
	a.Links = slices.DeleteFunc(a.Links, func(l annotations.Link) bool {
		return slices.ContainsFunc(to, func(t aim) bool { return t.to == l.To })
	})
	if len(a.Links) == n {
		return say("there is no such link")
	}
	return []action.Outcome{s.save(place, "link", a, fmt.Sprintf("%d no longer linked to %s", place+1, names(to)), "")}
}

func list(places []int) string {
	parts := make([]string, len(places))
	for i, p := range places {
		parts[i] = strconv.Itoa(p + 1)
	}
	return strings.Join(parts, ", ")
}

// nearest lists the places around place, the nearest first, at most limit.
func (s *Screen) nearest(place, limit int) []int {
	var out []int
	for d := 1; len(out) < limit && (place-d >= 0 || place+d < s.n); d++ {
		if place-d >= 0 {
			out = append(out, place-d)
		}
		if place+d < s.n {
			out = append(out, place+d)
		}
	}
	return out
}

// rivalsFirst puts the places that may speak against a sentence ahead, and says
// how many they are.
func (s *Screen) rivalsFirst(place int, near []int) ([]int, int) {
	var first []int
	for _, id := range s.doc.Suggested[s.sentence(place).ID].Rivals {
		if i := s.place(id); i >= 0 && i != place {
			first = append(first, i)
		}
	}
	rest := slices.DeleteFunc(slices.Clone(near), func(i int) bool { return slices.Contains(first, i) })
	return append(first, rest...), len(first)
}

// numbers reads "5 16, 18" as places, or says why it cannot.
func (s *Screen) numbers(typed string, self int) ([]int, string) {
	var out []int
	for _, f := range strings.FieldsFunc(typed, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
		n, err := strconv.Atoi(f)
		switch {
		case err != nil:
			return nil, "no sentence has these words; give numbers or other words"
		case n < 1 || n > s.n:
			return nil, fmt.Sprintf("there is no sentence %d: there are 1 to %d", n, s.n)
		case n-1 == self:
			return nil, "a sentence cannot dispute itself; choose “inside this sentence”"
		case !slices.Contains(out, n-1):
			out = append(out, n-1)
		}
	}
	if len(out) == 0 {
		return nil, "no number is given"
	}
	return out, ""
}
