package store

import "stet.example/stet/annotations"

// Annotations, and the part of a record that is CBOR, are encoded by hand too:
// every save and every check goes through them.

const (
	cborArray = 4
	cborTrue  = 0xF5
)

func appendText(b []byte, key byte, s string) []byte {
	if s == "" {
		return b
	}
	return append(appendCBOR(append(b, key), cborText, uint64(len(s))), s...)
}

func appendBytes(b []byte, key byte, v []byte) []byte {
	return append(appendCBOR(append(b, key), cborBytes, uint64(len(v))), v...)
}

// count is how many of some fields are there.
func count(there ...bool) (n uint64) {
	for _, t := range there {
		if t {
			n++
		}
	}
	return n
}

// appendAnnotation appends a, but without its codebook where that is own.
func appendAnnotation(b []byte, a *annotations.Annotation, own annotations.Hash) []byte {
	book := a.Codebook != own && !a.Codebook.IsZero()
	b = appendCBOR(b, cborMap, count(
		a.Tag != "", a.Rule != "", book, len(a.Attributions) > 0, len(a.Evidence) > 0, len(a.Links) > 0, a.Inside,
		len(a.Flags) > 0, a.Note != "", a.Confidential != nil, a.Unsure, a.Check != 0, a.Verdict != "",
	))
	b = appendText(appendText(b, 1, a.Tag), 2, a.Rule)
	if book {
		b = appendBytes(b, 3, a.Codebook[:])
	}
	b = appendLists(b, a)
	if a.Inside {
		b = append(b, 7, cborTrue)
	}
	if len(a.Flags) > 0 {
		b = appendCBOR(append(b, 8), cborArray, uint64(len(a.Flags)))
		for _, f := range a.Flags {
			b = append(appendCBOR(b, cborText, uint64(len(f))), f...)
		}
	}
	b = appendText(b, 9, a.Note)
	if s := a.Confidential; s != nil {
		b = appendCBOR(append(b, 10), cborMap, 2)
		b = appendBytes(appendBytes(b, 1, s.Salt[:]), 2, s.Digest[:])
	}
	if a.Unsure {
		b = append(b, 11, cborTrue)
	}
	if a.Check != 0 {
		b = appendField(b, 12, int64(a.Check))
	}
	return appendText(b, 13, a.Verdict)
}

// appendLists appends an annotation's attributions, evidence and links.
func appendLists(b []byte, a *annotations.Annotation) []byte {
	if len(a.Attributions) > 0 {
		b = appendCBOR(append(b, 4), cborArray, uint64(len(a.Attributions)))
		for i := range a.Attributions {
			b = appendAttribution(b, &a.Attributions[i])
		}
	}
	if len(a.Evidence) > 0 {
		b = appendCBOR(append(b, 5), cborArray, uint64(len(a.Evidence)))
		for i := range a.Evidence {
			u := &a.Evidence[i]
			b = appendBytes(appendCBOR(b, cborMap, 2), 1, u.ID[:])
			b = append(appendCBOR(append(b, 2), cborText, uint64(len(u.Stance))), u.Stance...)
		}
	}
	if len(a.Links) > 0 {
		b = appendCBOR(append(b, 6), cborArray, uint64(len(a.Links)))
		for i := range a.Links {
			l := &a.Links[i]
			b = appendCBOR(b, cborMap, 2+count(l.Manner != "", l.Note != ""))
			b = append(appendCBOR(append(b, 1), cborText, uint64(len(l.Relation))), l.Relation...)
			b = appendText(b, 2, string(l.Manner))
			b = appendBytes(append(b, 3, cborMap<<5|2), 1, l.To.Article[:])
			b = appendField(b, 2, int64(l.To.Sentence))
			b = appendText(b, 4, l.Note)
		}
	}
	return b
}

func appendAttribution(b []byte, a *annotations.Attribution) []byte {
	lists := [...][]annotations.Span{a.Source, a.Cue, a.Content}
	b = appendCBOR(b, cborMap, count(
		len(a.Source) > 0, len(a.Cue) > 0, len(a.Content) > 0, a.Name != "", a.Kind != "", a.Count != 0, a.Hops != 0, a.Terms != "",
	))
	for i, spans := range lists {
		if len(spans) == 0 {
			continue
		}
		b = appendCBOR(append(b, byte(i+1)), cborArray, uint64(len(spans)))
		for _, s := range spans {
			b = appendField(append(b, cborMap<<5|2), 1, int64(s.Start))
			b = appendField(b, 2, int64(s.End))
		}
	}
	b = appendText(appendText(b, 4, a.Name), 5, a.Kind)
	if a.Count != 0 {
		b = appendField(b, 6, int64(a.Count))
	}
	if a.Hops != 0 {
		b = appendField(b, 7, int64(a.Hops))
	}
	return appendText(b, 8, a.Terms)
}

// plain reports whether the CBOR part of e's record holds nothing but what
// annotations and acts of every day have.
func plain(e *annotations.Event) bool {
	return e.RuleBefore == nil && e.RuleAfter == nil && e.Evidence == nil && e.Meta == nil && len(e.Recovered) == 0 &&
		e.Cut == nil && e.Team == nil && len(e.Assigned) == 0 && e.Finish == nil
}

// appendPlain appends the CBOR part of the record of an event that is plain.
func appendPlain(b []byte, e *annotations.Event, before, after []byte) []byte {
	b = appendCBOR(b, cborMap, count(
		e.Tool != "", e.Reason != "", !e.Of.IsZero(), e.Rev != 0, len(before) > 0, len(after) > 0, e.Offered != "",
	))
	b = appendText(appendText(b, 1, e.Tool), 2, e.Reason)
	if !e.Of.IsZero() {
		b = appendBytes(append(b, 3, cborMap<<5|2), 1, e.Of.Session[:])
		b = appendCBOR(append(b, 2), cborUint, e.Of.N)
	}
	if e.Rev != 0 {
		b = appendCBOR(append(b, 4), cborUint, e.Rev)
	}
	if len(before) > 0 {
		b = append(append(b, 5), before...)
	}
	if len(after) > 0 {
		b = append(append(b, 6), after...)
	}
	return appendText(b, 12, e.Offered)
}
