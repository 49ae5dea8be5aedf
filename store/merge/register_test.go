package merge

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

// replicas draws registers that were changed apart and joined now and then.
func replicas(t *rapid.T, n int) []*register {
	list := make([]*register, n)
	for i := range list {
		list[i] = newRegister()
	}
	acts := make([]uint64, n)
	for range rapid.IntRange(0, 20).Draw(t, "steps") {
		i := rapid.IntRange(0, n-1).Draw(t, "replica")
		if rapid.IntRange(0, 3).Draw(t, "what") == 0 {
			list[i] = join(list[i], list[rapid.IntRange(0, n-1).Draw(t, "with")])
			continue
		}
		acts[i]++
		v := &version{dot: dot{act: annotations.Act{Session: annotations.SessionID{byte(i + 1)}, N: acts[i]}}}
		if c := rapid.IntRange(0, 4).Draw(t, "content"); c > 0 {
			v.content = annotations.HashOf(string(rune('a' + c)))
		}
		var over dots
		if s := list[i].show(); len(s) > 0 {
			over = s[rapid.IntRange(0, len(s)-1).Draw(t, "over")].dots
		}
		list[i] = join(list[i], newRegister()) // versions are shared, registers are not
		list[i].replace(v, over)
	}
	return list
}

// same reports whether two registers are one: what they hold and what they show.
func (r *register) same(o *register) bool {
	if !slices.Equal(r.heads, o.heads) || !reflect.DeepEqual(r.seen, o.seen) {
		return false
	}
	return slices.EqualFunc(r.show(), o.show(), func(a, b shown) bool { return a.content == b.content && slices.Equal(a.dots, b.dots) })
}

func TestRegistersJoinByTheLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		l := replicas(rt, 4)
		a, b, c, d := l[0], l[1], l[2], l[3]
		want := join(join(join(a, b), c), d)
		for name, got := range map[string]*register{
			"the other way round":     join(d, join(c, join(b, a))),
			"in pairs":                join(join(a, c), join(d, b)),
			"again":                   join(want, want),
			"a part of it again":      join(join(b, d), want),
			"with nothing":            join(want, newRegister()),
			"nothing with it":         join(newRegister(), want),
			"each twice, in disorder": join(join(join(d, a), join(a, b)), join(join(c, d), b)),
		} {
			if !want.same(got) {
				rt.Fatalf("%s: %v %v is not %v %v", name, got.heads, got.show(), want.heads, want.show())
			}
		}
	})
}

// TestShowLosesNothing wants every head to stand, or to stand behind one that is
// shown and, but for one that says nothing, knew its content.
func TestShowLosesNothing(t *testing.T) {
	t.Parallel()
	hidden, several := 0, 0
	once := func(rt *rapid.T) {
		l := replicas(rt, 3)
		r := join(join(l[0], l[1]), l[2])
		list := r.show()
		var all dots
		past := map[uint64]bool{}
		for _, v := range r.known {
			for _, n := range v.past {
				past[n] = true
			}
		}
		for _, s := range list {
			all = append(all, s.dots...)
			for _, d := range s.dots {
				v := r.known[d]
				if v.content != s.content && !v.content.IsZero() {
					hidden++
					if !past[v.content.Start()] {
						rt.Fatalf("%v stands back behind %v, and nobody replaced it", v, s.version)
					}
				}
			}
		}
		if len(list) > 1 {
			several++
		}
		if !slices.Equal(dotsOf(all...), r.heads) || len(all) != len(r.heads) {
			rt.Fatalf("shown are %v of the heads %v", all, r.heads)
		}
	}
	for round := 0; round == 0 || hidden == 0 || several == 0; round++ { // until both were drawn
		if round == 20 {
			t.Fatalf("of what was drawn %d stood back and %d stood beside others: it proves nothing", hidden, several)
		}
		rapid.Check(t, once)
	}
}
