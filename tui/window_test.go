package tui

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui/cells"
)

// window is a root model whose commands are carried out one at a time, in any order:
// whatever order Bubble Tea might choose, a test can choose too, and choose again.
type window struct {
	t    *testing.T
	r    *rand.Rand
	a    *app
	cmds []tea.Cmd // not begun
	msgs []tea.Msg // brought, and not taken yet
	log  []string
	quit bool
}

func newWindow(t *testing.T, r *rand.Rand, st store.Store, who string, id annotations.ArticleID, w, h int) *window {
	t.Helper()
	s, o := storetest.Session(t, who), Options{Store: st, Article: id, Clock: storetest.Clock(), Suggest: true}
	o.Session = s
	a := newApp(o, loader{ctx: context.WithoutCancel(t.Context()), store: st, who: who, suggest: true, ahead: true}, &outbox{store: st, session: s})
	a.look.Meter = cells.Meter{Clusters: true}
	win := &window{t: t, r: r, a: a}
	a.measure()
	a.begin()
	win.take(a.Init())
	win.send(tea.WindowSizeMsg{Width: w, Height: h})
	return win
}

func (w *window) take(cmd tea.Cmd) {
	if cmd != nil {
		w.cmds = append(w.cmds, cmd)
	}
}

func (w *window) send(msg tea.Msg) {
	w.a.lookedAt = time.Time{} // no pause between two looks
	_, cmd := w.a.Update(msg)
	if w.a.crash != nil {
		w.t.Fatalf("%v\n%s", w.a.crash, strings.Join(w.log, " "))
	}
	w.take(cmd)
}

// step begins one command or takes one message; false where there is none.
func (w *window) step() bool {
	switch n := w.r.IntN(len(w.cmds) + len(w.msgs) + 1); {
	case len(w.cmds)+len(w.msgs) == 0:
		return false
	case n < len(w.cmds):
		cmd := w.cmds[n]
		w.cmds = slices.Delete(w.cmds, n, n+1)
		w.bring(cmd())
	case n < len(w.cmds)+len(w.msgs):
		n -= len(w.cmds)
		msg := w.msgs[n]
		w.msgs = slices.Delete(w.msgs, n, n+1)
		w.send(msg)
	}
	return true
}

func (w *window) bring(msg tea.Msg) {
	switch m := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range m {
			w.take(c)
		}
	case tea.QuitMsg:
		w.quit = true
	default:
		if v := reflect.ValueOf(m); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range v.Len() {
				w.take(v.Index(i).Interface().(tea.Cmd))
			}
			return
		}
		w.msgs = append(w.msgs, m)
	}
}

// rest carries out all that is under way, and looks at what others did.
func (w *window) rest() {
	for range 5 {
		for w.step() {
		}
		w.hear()
		for w.step() {
		}
	}
}

// hear tells the window how far the log goes now.
func (w *window) hear() {
	info, err := w.a.o.Store.Stat(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	w.send(moved{info.Events})
}

func keysOf(text string) (out []tea.KeyPressMsg) {
	named := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace}
	for text != "" {
		if text[0] == '<' {
			if end := strings.IndexByte(text, '>'); end > 0 {
				name := text[1:end]
				text = text[end+1:]
				if name == "space" {
					out = append(out, tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
					continue
				}
				out = append(out, tea.KeyPressMsg{Code: named[name]})
				continue
			}
		}
		r := []rune(text)[0]
		out = append(out, tea.KeyPressMsg{Code: r, Text: string(r)})
		text = text[len(string(r)):]
	}
	return out
}

func (w *window) press(text string) {
	w.log = append(w.log, text)
	for _, k := range keysOf(text) {
		w.send(k)
		w.look()
		for w.r.IntN(3) == 0 && w.step() {
			w.look()
		}
	}
}

// look holds a frame against what must hold of each.
func (w *window) look() {
	rows, x, y := w.a.frame()
	fail := func(format string, args ...any) {
		w.t.Helper()
		w.t.Fatalf("%s\nafter %s\n%d×%d, cursor %d,%d\n%s", fmt.Sprintf(format, args...), strings.Join(w.log, " "), w.a.w, w.a.h, x, y, strings.Join(bare(rows), "\n"))
	}
	if len(rows) != w.a.h {
		fail("%d rows", len(rows))
	}
	for i, row := range bare(rows) {
		if n := w.a.look.Meter.Width(row); n > w.a.w {
			fail("row %d has %d cells", i, n)
		}
		if strings.ContainsFunc(row, func(r rune) bool { return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 }) {
			fail("row %d holds control characters: %q", i, row)
		}
	}
	for i, row := range rows { // a colour that ends within a sign parts it
		if n := w.a.look.Meter.Width(ansi.Strip(row)); w.a.look.Meter.Clusters && ansi.StringWidth(row) != n {
			fail("row %d is %d cells wide, drawn %d: %q", i, n, ansi.StringWidth(row), row)
		}
	}
	if x >= w.a.w || y >= w.a.h {
		fail("the cursor is outside")
	}
	if w.a.w < minWidth || w.a.h < minHeight || w.a.review == nil {
		return
	}
	n, _ := w.a.review.Number()
	mark := -1
	for i, row := range bare(rows) {
		if strings.HasPrefix(row, " >") {
			if f := strings.Fields(strings.TrimPrefix(row, " >")); len(f) > 0 && f[0] == strconv.Itoa(n) {
				mark = i
			}
		}
	}
	if w.a.over == nil && !w.a.typing() && (x < 0 || y < 2) {
		fail("no cursor")
	}
	if w.a.over == nil && !w.a.typing() && mark >= 0 && y != mark {
		fail("the cursor is not in sentence %d", n)
	}
}

func bare(rows []string) (out []string) {
	for _, r := range rows {
		out = append(out, ansi.Strip(r))
	}
	return out
}
