package annotations

import "strings"

// Carried is what was said of a sentence with the words was, to be said of one
// with the words now, in another text. Spans inside the sentence follow their
// words: by their place where the words are the same, else to where they stand
// once; those that stand nowhere, and those in other sentences, are left out, as
// is what they alone said. Links are given new targets by to, or kept; two that lead
// to one sentence now are one.
func Carried(a Annotation, wasAt Span, was string, nowAt Span, now string, to func(Target) Target) Annotation {
	out := a.Clone()
	move := func(list []Span) []Span {
		var moved []Span
		for _, s := range list {
			if !wasAt.Contains(s) {
				continue
			}
			words := was[s.Start-wasAt.Start : s.End-wasAt.Start]
			switch {
			case was == now:
				moved = append(moved, Span{Start: s.Start - wasAt.Start + nowAt.Start, End: s.End - wasAt.Start + nowAt.Start})
			case strings.Count(now, words) == 1:
				at := nowAt.Start + strings.Index(now, words)
				moved = append(moved, Span{Start: at, End: at + len(words)})
			}
		}
		for i := 1; i < len(moved); i++ {
			if moved[i].Start < moved[i-1].End { // the words changed places
				return nil
			}
		}
		return moved
	}
	out.Attributions = nil
	for _, at := range a.Attributions {
		at.Source, at.Cue, at.Content = move(at.Source), move(at.Cue), move(at.Content)
		if len(at.Source) > 0 || len(at.Cue) > 0 || len(at.Content) > 0 || at.Name != "" || at.Kind != "" {
			out.Attributions = append(out.Attributions, at)
		}
	}
	for i := range out.Links {
		out.Links[i].To = to(out.Links[i].To)
	}
	out.Links = eachOnce(out.Links)
	return out
}
