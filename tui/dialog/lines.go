package dialog

import (
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/cells"
)

// laid is how an input was drawn last: what its keys go up and down by, and the mouse
// points at.
type laid struct {
	meter cells.Meter
	w     int // cells of a row
	room  int // rows
	top   int // row of the panel on which the text begins
	first int // which row of the text stands there
	lead  int // blanks before each
}

// stretch is a row of an input, clusters from ≤ i < to. A line feed that ends it is not
// in it; the blank at which it was broken is.
type stretch struct{ from, to int }

// width is how many cells clusters take.
func (i *Input) width(from, to int) int {
	return i.drawn.meter.Width(annotations.Visible(strings.Join(i.clusters[from:to], "")))
}

// lay breaks the text into rows: at line feeds, and where a row is full after its last
// blank, or between two signs where it has none.
func (i *Input) lay() (rows []stretch) {
	from, used := 0, 0
	blank, after := -1, 0 // where what follows the row's last blank begins, and the cells it takes
	for n, c := range i.clusters {
		if c == "\n" {
			rows = append(rows, stretch{from, n})
			from, used, blank = n+1, 0, -1
			continue
		}
		w := 1
		if len(c) > 1 || c[0] < ' ' || c[0] > '~' {
			w = i.drawn.meter.Width(annotations.Visible(c))
		}
		if c == " " {
			used, blank, after = used+w, n+1, 0 // at the end of a row it may stand over the edge
			continue
		}
		if used+w > i.drawn.w && n > from {
			cut, rest := n, 0
			if blank > from {
				cut, rest = blank, after
			}
			rows = append(rows, stretch{from, cut})
			from, used, blank, after = cut, rest, -1, rest
			if used+w > i.drawn.w && n > from { // the word is longer than a row
				rows = append(rows, stretch{from, n})
				from, used, after = n, 0, 0
			}
		}
		used, after = used+w, after+w
	}
	return append(rows, stretch{from, len(i.clusters)})
}

// wrap draws the rows that there is room for, those around the cursor, and finds the
// cursor among them.
func (i *Input) wrap() (rows []string, x, y int) {
	all := i.lay()
	at := i.rowAt(all)
	from := max(0, min(at-i.drawn.room+1, len(all)-i.drawn.room))
	i.drawn.first = from
	for _, r := range all[from:min(len(all), from+i.drawn.room)] {
		row := annotations.Visible(strings.Join(i.clusters[r.from:r.to], ""))
		if i.drawn.meter.Width(row) > i.drawn.w { // by blanks
			row = strings.TrimRight(row, " ")
		}
		rows = append(rows, row)
	}
	return rows, min(i.width(all[at].from, i.at), i.drawn.w), at - from
}

// rowAt is the row that the cursor is in.
func (i *Input) rowAt(rows []stretch) int {
	for n, r := range rows {
		if i.at < r.to || i.at == r.to && (n+1 == len(rows) || rows[n+1].from > r.to) {
			return n
		}
	}
	return len(rows) - 1
}

// vertical moves the cursor by rows, as they are drawn, and keeps its column.
func (i *Input) vertical(by int) {
	if !i.Multi || i.drawn.w == 0 {
		return
	}
	rows := i.lay()
	here := i.rowAt(rows)
	to := rows[max(0, min(here+by, len(rows)-1))]
	if to == rows[here] {
		return
	}
	i.at = i.placeIn(rows, to, i.width(rows[here].from, i.at))
}

// placeIn is the place in a row at a column; its end where the row is shorter.
func (i *Input) placeIn(rows []stretch, r stretch, col int) int {
	at := r.from
	for at < r.to && i.width(r.from, at+1) <= col {
		at++
	}
	if n := len(rows) - 1; at == r.to && r != rows[n] && i.clusters[at] != "\n" {
		at-- // past the end of a row that was broken is the next row
	}
	return at
}

// Click implements [Clicked]: the cursor goes there.
func (i *Input) Click(x, y int) {
	rows := i.lay()
	at := i.drawn.first + y - i.drawn.top
	if i.drawn.w == 0 || y < i.drawn.top || y >= i.drawn.top+i.drawn.room || at >= len(rows) {
		return
	}
	i.at, i.Proposed = i.placeIn(rows, rows[at], max(x-i.drawn.lead, 0)), false
}

// Wheel implements [Wheeled].
func (i *Input) Wheel(by int) { i.vertical(by) }

// lineStart and lineEnd are the borders of the line that the cursor is in, which may be
// drawn on many rows.
func (i *Input) lineStart() int {
	at := i.at
	for at > 0 && i.clusters[at-1] != "\n" {
		at--
	}
	return at
}

func (i *Input) lineEnd() int {
	if n := slices.Index(i.clusters[i.at:], "\n"); n >= 0 {
		return i.at + n
	}
	return len(i.clusters)
}

func isBlank(cluster string) bool { return cluster == " " || cluster == "\n" }

func (i *Input) wordStart() int {
	at := i.at
	for at > 0 && isBlank(i.clusters[at-1]) {
		at--
	}
	for at > 0 && !isBlank(i.clusters[at-1]) {
		at--
	}
	return at
}

func (i *Input) wordEnd() int {
	at := i.at
	for at < len(i.clusters) && isBlank(i.clusters[at]) {
		at++
	}
	for at < len(i.clusters) && !isBlank(i.clusters[at]) {
		at++
	}
	return at
}
