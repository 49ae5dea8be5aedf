package w3c

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/foreign"
)

// found is the span that a target means.
type found struct {
	view   *foreign.View
	span   annotations.Span
	repair string
}

// targets finds the spans that an annotation is about.
func (r *reader) targets(n *foreign.Node) ([]found, error) {
	list := n.Get("target").Each()
	if len(list) == 0 {
		return nil, errors.New("the annotation has no target")
	}
	var out []found
	for _, t := range list {
		v, err := r.lay(n, t)
		if err != nil {
			return nil, err
		}
		f := found{view: v}
		if f.span, f.repair, err = r.find(v, t); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// choice is what the selectors of a target say.
type choice struct {
	exact, prefix, suffix string
	pair                  [2]int
	quoted, placed        bool
	other                 []string // types that cannot be read
}

func choose(target *foreign.Node) (choice, error) {
	var c choice
	list := target.Get("selector").Each()
	if _, char, ok := strings.Cut(target.Str(), "#"); ok {
		list = []*foreign.Node{{Kind: foreign.Object, Names: []string{"type", "value"}, Items: []*foreign.Node{
			{Kind: foreign.String, Text: "FragmentSelector"}, {Kind: foreign.String, Text: char},
		}}}
	}
	for _, s := range list {
		switch {
		case s.Get("refinedBy") != nil:
			c.other = append(c.other, "one that is refined by another")
		case kind(s, "TextQuoteSelector") && s.Get("exact").Is(foreign.String):
			c.exact, c.prefix, c.suffix, c.quoted = s.Get("exact").Text, s.Get("prefix").Str(), s.Get("suffix").Str(), true
		case kind(s, "TextPositionSelector"):
			pair, err := foreign.Pair(s.Get("start"), s.Get("end"))
			if err != nil {
				return c, err
			}
			c.pair, c.placed = pair, true
		case kind(s, "FragmentSelector"):
			if pair, ok := chars(s.Get("value").Str()); ok {
				c.pair, c.placed = pair, true
				continue
			}
			c.other = append(c.other, "FragmentSelector")
		case s.Is(foreign.String):
			c.other = append(c.other, fmt.Sprintf("%.60q", s.Text))
		default:
			c.other = append(c.other, fmt.Sprintf("%.40s", s.First("type", "@type").Str()))
		}
	}
	return c, nil
}

// chars reads char=41,128 (RFC 5147), which counts characters.
func chars(s string) (pair [2]int, ok bool) {
	words, ok := strings.CutPrefix(s, "char=")
	words, _, _ = strings.Cut(words, ";")
	from, to, both := strings.Cut(words, ",")
	a, err := strconv.ParseInt(from, 10, 31)
	b, wrong := strconv.ParseInt(to, 10, 31)
	return [2]int{int(a), int(b)}, ok && both && err == nil && wrong == nil
}

// find finds the span of one target or of a part of the article.
func (r *reader) find(v *foreign.View, target *foreign.Node) (s annotations.Span, repair string, err error) {
	c, err := choose(target)
	switch {
	case err != nil:
		return s, "", err
	case !c.placed && !c.quoted && len(c.other) > 0:
		return s, "", fmt.Errorf("selectors of the type %s cannot be read; TextQuoteSelector and TextPositionSelector can", strings.Join(c.other, ", "))
	case !c.placed && !c.quoted:
		return s, "", errors.New("it is about the whole article: it has no selector")
	case !c.placed:
		return v.Quote(c.exact, c.prefix, c.suffix)
	}
	unit := r.unit
	if !c.quoted {
		unit = v.BestUnit([][2]int{c.pair}, unit)
	}
	s, repair, err = v.Find(foreign.Claim{Pair: c.pair, Unit: unit, Quote: c.exact})
	if err != nil && c.quoted {
		if t, _, quoteErr := v.Quote(c.exact, c.prefix, c.suffix); quoteErr == nil {
			return t, fmt.Sprintf("positions %d to %d do not lead to the quotation; the words around it do", c.pair[0], c.pair[1]), nil
		}
	}
	if err == nil && repair == "" && unit != r.unit {
		repair = fmt.Sprintf("positions %d to %d were read as %s, not as %s: then they are whole sentences", c.pair[0], c.pair[1], unit, r.unit)
	}
	return s, repair, err
}
