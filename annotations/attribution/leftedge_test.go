package attribution

import "testing"

// The first words of a source were cut off, or words that belong to none were shown,
// where a list, a count, an infinitive or a month stood at its beginning.
func TestSourcesBeginWhereAReaderWouldBeginThem(t *testing.T) {
	for _, c := range []struct{ name, text, source string }{
		{"a list behind an adverb", "Instead, Marsh, Anna Berg and Paul Lund argued that ships were late.", "Marsh, Anna Berg and Paul Lund"},
		{"a list behind what", "Take a look at what Anna Berg, Zoe Marsh, Paul Lund and many more captains said about late ships.", "Anna Berg, Zoe Marsh, Paul Lund and many more captains"},
		{"a list behind a time and a place", "During a meeting held by the board, captains Anna Berg, Zoe Marsh and Paul Lund said ships were late.", "captains Anna Berg, Zoe Marsh and Paul Lund"},
		{"shares", "45% of captains, 28% of sailors and 12% of cooks say ships were late.", "45% of captains, 28% of sailors and 12% of cooks"},
		{"a group and whom it has in it", "Several captains, including Anna Berg, Zoe Marsh and Paul Lund said ships were late.", "Several captains, including Anna Berg, Zoe Marsh and Paul Lund"},
		{"for whom a group speaks", "Groups representing captains and cooks, small ports and ferry lines also said ships were late.", "Groups representing captains and cooks, small ports and ferry lines"},
		{"an infinitive inside", "Even those who have drawn up plans for Mr. Lund to keep the port admit that ships were late.", "those who have drawn up plans for Mr. Lund to keep the port"},
		{"what some of them do", "Two of the captains seeking the contract have said that ships were late.", "Two of the captains seeking the contract"},
		{"a first name between commas", "On Tuesday, his wife, Jane, said ships were late.", "his wife, Jane"},
		{"a first name like a month", "April Berg, a spokeswoman for the port, said in a statement that ships were late.", "April Berg, a spokeswoman for the port"},
		{"a month is none", "Last April Berg said ships were late.", "Berg"},
		{"a date inside", "A Sept. 15, 2011 email shows that ships were late.", "A Sept. 15, 2011 email"},
		{"at least some", "At least some of the captains of the new line said ships were late.", "At least some of the captains of the new line"},
		{"nearly a third", "Nearly a third of captains say ships were late.", "Nearly a third of captains"},
		{"nearly a third, alone", "Nearly a third say ships were late.", "Nearly a third"},
		{"a share said twice", "Over a third, 36 percent, say ships were late.", "Over a third, 36 percent"},
		{"a clause that no comma closes", "Anna Berg, who is chairman of Our Port said in a statement that ships were late.", "Anna Berg"},
		{"no list: a place before", "In Portsea, Anna Berg and Paul Lund said ships were late.", "Anna Berg and Paul Lund"},
		{"no list: a time before", "Last week, captains and cooks said ships were late.", "captains and cooks"},
		{"no list: another did something", "As it met Anna Berg, Zoe Marsh and Paul Lund said ships were late.", "Zoe Marsh and Paul Lund"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := Suggest(c.text, nil, Options{Lang: "en"})
			checkPromises(t, c.text, res)
			list := inWords(c.text, res)
			if len(list) != 1 || list[0].source != c.source {
				t.Errorf("got %q, want the source %q", list, c.source)
			}
		})
	}
}
