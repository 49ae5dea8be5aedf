package dialog

// What follows lets a program without a screen ask what panels ask, and give the
// answers that keys would give.

// Trouble is why the last answer did not do; "" when nothing is wrong.
func (p *Pick) Trouble() string { return p.trouble }

// Mark makes item i, an index into Items, the one that enter picks: as if it had
// been moved to. What was typed to narrow the list is taken away. An index
// outside of the list marks nothing.
func (p *Pick) Mark(i int) {
	p.typed.Set("")
	p.filter()
	for at, n := range p.fits {
		if n == i {
			p.cur = at
		}
	}
}

// Flip switches item i of a list of many on or off; an index outside of the list
// does nothing.
func (p *Pick) Flip(i int) {
	if i >= 0 && i < len(p.Items) {
		p.flip(i)
	}
}
