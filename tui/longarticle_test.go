package tui

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/attribution"
	"stet.example/stet/annotations/segment"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui/review"
)

// articleOf cuts a text that it makes of sentences, ten a paragraph.
func articleOf(lang string, n int, sentence func(i int) string) *annotations.Article {
	var b strings.Builder
	for i := range n {
		b.WriteString(sentence(i))
		b.WriteString(map[bool]string{true: "\n\n", false: " "}[i%10 == 9])
	}
	a := &annotations.Article{Body: strings.TrimSpace(b.String())}
	a.Language = lang
	a.Units = segment.Append(nil, a.Body, segment.Options{Lang: "en"})
	return a
}

// longArticle is a text of n sentences, each with a voice of its own.
func longArticle(n int) *annotations.Article {
	return articleOf("en", n, func(i int) string {
		return fmt.Sprintf("Pier %d will close in May, Anna Berg%d said on Monday.", i, i)
	})
}

// chronicle is a text in which people are named now and then, and "he", "she" and
// quotations go on from them.
func chronicle(n int) *annotations.Article {
	names := []string{"Anna Berg", "Tom Reed", "Ines Okafor", "Karl Vogt"}
	return articleOf("en", n, func(i int) string {
		switch {
		case i%40 == 0:
			return fmt.Sprintf("Harbour master %s said gate %d stays open.", names[i/40%4], i)
		case i%7 == 3:
			return fmt.Sprintf("“We looked at lock %d twice,” he said.", i)
		case i%11 == 5:
			return fmt.Sprintf("He denied that bridge %d is unsafe.", i)
		case i%13 == 8:
			return fmt.Sprintf("%s added that ferry %d runs on Sundays.", strings.Fields(names[(i+20)/40%4])[1], i)
		}
		return fmt.Sprintf("Pier %d costs more than was planned in spring.", i)
	})
}

func told(s review.Suggestion) string {
	words := s.Tag + " " + s.Rule
	for _, at := range s.Attributions {
		words += fmt.Sprint(" ", at.Name, at.Kind, at.Source, at.Cue, at.Content)
	}
	return words
}

// A voice that was named in the part before, "he said", was lost at the border of a
// part, and so was what is said against a sentence there.
func TestAPartOfALongArticleIsReadAsIfTheWholeWere(t *testing.T) {
	t.Parallel()
	a := chronicle(3000)
	whole, _ := suggestPart(a, 0, len(a.Units))
	named := 0
	for _, from := range []int{0, 7, 500, 1003, 1960, 2519} {
		to := min(from+300, len(a.Units))
		part, quotes := suggestPart(a, from, to)
		if len(part) != to-from {
			t.Errorf("from %d: %d sentences of %d are there", from, len(part), to-from)
		}
		for _, u := range a.Units[from:to] {
			if got, want := told(part[u.ID]), told(whole[u.ID]); got != want {
				t.Fatalf("%q: %s; read as a whole it is %s", u.Span.In(a.Body), got, want)
			}
			for _, at := range part[u.ID].Attributions {
				if strings.Contains(u.Span.In(a.Body), "he said") && strings.Contains(at.Name, " ") {
					named++
				}
			}
		}
		near := annotations.Span{Start: a.Units[from].Span.Start, End: a.Units[to-1].Span.End}
		for _, q := range quotes {
			if q.Start >= near.End || q.End <= near.Start || !strings.HasPrefix(q.In(a.Body), "“") {
				t.Errorf("from %d: a quotation at %v: %q", from, q, q.In(a.Body))
			}
		}
	}
	if named < 100 {
		t.Errorf("of “he said” %d have a name: the test shows nothing", named)
	}
}

// What speaks against a sentence is offered on both sides of the border of a part.
func TestWhatSpeaksAgainstASentenceIsOfferedAcrossParts(t *testing.T) {
	t.Parallel()
	const border = 1000
	a := articleOf("en", 2000, func(i int) string {
		switch i {
		case border - 2:
			return "The dredging contract was awarded lawfully, Anna Berg said."
		case border + 1:
			return "The dredging contract was not awarded lawfully, Tom Reed said."
		}
		return fmt.Sprintf("Pier %d costs more than was planned in spring.", i)
	})
	one, other := a.Units[border-2].ID, a.Units[border+1].ID
	first, _ := suggestPart(a, 0, border)
	second, _ := suggestPart(a, border, 2000)
	if !slices.Contains(first[one].Rivals, other) || !slices.Contains(second[other].Rivals, one) {
		t.Errorf("before the border: %v, behind it: %v", first[one].Rivals, second[other].Rivals)
	}
}

// Margins reach back far enough, begin and end with paragraphs where these are not
// endless, and stay inside of the article.
func TestMarginsAroundAPart(t *testing.T) {
	t.Parallel()
	for _, paragraph := range []int{1, 7, 90, 100_000} {
		units := make([]annotations.Sentence, 5000)
		for i := range units {
			units[i].Paragraph = uint32(i / paragraph)
		}
		for _, from := range []int{0, 3, 450, 2000, 4990} {
			to := min(from+1000, len(units))
			lo, hi := margins(&annotations.Article{Units: units}, from, to)
			if lo < 0 || lo > max(from-marginBefore, 0) || lo < from-marginBefore-2*marginMore || hi < min(to+marginAfter, len(units)) || hi > min(to+marginAfter+marginMore, len(units)) {
				t.Errorf("%d a paragraph: %d to %d is read from %d to %d", paragraph, from, to, lo, hi)
			}
			if paragraph < marginMore && (lo > 0 && units[lo].Paragraph == units[lo-1].Paragraph || hi < len(units) && units[hi].Paragraph == units[hi-1].Paragraph) {
				t.Errorf("%d a paragraph: %d to %d is read from %d to %d, within a paragraph", paragraph, from, to, lo, hi)
			}
		}
	}
}

// The language of a long text was told from each part by itself: an English book with
// a long quotation in German was read as German there.
func TestTheLanguageOfALongArticleIsToldOnce(t *testing.T) {
	t.Parallel()
	a := articleOf("", 4000, func(i int) string {
		if i >= 1500 && i < 2000 {
			return fmt.Sprintf("Der Hafen wird im Mai geschlossen, weil die Brücke %d nicht mehr sicher ist.", i)
		}
		return fmt.Sprintf("The pier will close in May because bridge %d is no longer safe, Anna Berg said.", i)
	})
	if got := segment.Detect(a.Body[a.Units[1500].Span.Start:a.Units[1999].Span.End]); got != "de" {
		t.Fatalf("the German part is told as %q", got)
	}
	if got := languageOf(a); got != "en" {
		t.Errorf("the text is told as %q", got)
	}
	part, _ := suggestPart(a, 2000, 2100)
	if s := part[a.Units[2050].ID]; s.Tag != "sourced" {
		t.Errorf("behind the German part: %+v", s)
	}
}

// byHand is the root, of which a test carries out the commands, one after the other.
type byHand struct {
	t *testing.T
	*app
	work []tea.Cmd
}

// until carries commands out until a state is reached or nothing is left to do.
func (b *byHand) until(ok func() bool) {
	b.t.Helper()
	for n := 0; len(b.work) > 0 && !ok(); n++ {
		if n > 100_000 {
			b.t.Fatal("it does not come to an end")
		}
		cmd := b.work[0]
		b.work = b.work[1:]
		if cmd == nil {
			continue
		}
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			b.work = append(b.work, msg...)
		default:
			if list, ok := sequence(msg); ok {
				b.work = append(list, b.work...)
				continue
			}
			_, next := b.Update(msg)
			b.work = append(b.work, next)
		}
	}
}

// sequence are the commands of a [tea.Sequence], whose message has no name.
func sequence(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	return slices.Clone(v.Convert(reflect.TypeFor[[]tea.Cmd]()).Interface().([]tea.Cmd)), true
}

// all carries out all there is.
func (b *byHand) all() {
	b.t.Helper()
	b.until(func() bool { return false })
}

// types presses keys; what they lead to is still to be carried out.
func (b *byHand) types(keys string) {
	for _, r := range keys {
		k := tea.KeyPressMsg{Code: r, Text: string(r)}
		switch r {
		case '\n':
			k = tea.KeyPressMsg{Code: tea.KeyEnter}
		case '\x1b':
			k = tea.KeyPressMsg{Code: tea.KeyEscape}
		}
		_, cmd := b.Update(k)
		b.work = append(b.work, cmd)
	}
}

// longStarted is the review of an article of n sentences, on the screen and not read yet.
func longStarted(t *testing.T, n int) *byHand {
	t.Helper()
	return opened(t, longArticle(n))
}

// opened is the review of an article, on the screen and not read yet.
func opened(t *testing.T, art *annotations.Article) *byHand {
	t.Helper()
	st, who := storetest.New(t), storetest.Session(t, "ana")
	if err := art.Seal(); err != nil {
		t.Fatal(err)
	}
	return inHand(t, st, who, storetest.Import(t, st, who, art))
}

// inHand is the review of an article of a store, on the screen and not read yet.
func inHand(t *testing.T, st store.Store, who *store.Session, id annotations.ArticleID) *byHand {
	t.Helper()
	o := Options{Store: st, Session: who, Article: id, Clock: storetest.Clock(), Suggest: true}
	a := newApp(o, loader{ctx: t.Context(), store: st, who: "ana", suggest: true}, &outbox{store: st, session: who})
	a.begin()
	b := &byHand{t: t, app: a, work: []tea.Cmd{a.first}}
	_, cmd := a.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
	b.work = append(b.work, cmd)
	b.until(func() bool { return a.review != nil })
	return b
}

// What is proposed follows the reviewer through an article of any length: it is there
// around them, a key that takes it waits for that alone, and the rest is not kept.
func TestSuggestionsFollowTheReviewerThroughALongArticle(t *testing.T) {
	t.Parallel()
	const n = 30_000
	b := longStarted(t, n)
	b.all()
	for _, at := range []int{1, 15_000, n, 7, 29_000, 4_000, 22_000, 9_000, 12_000, 18_000, 26_000} {
		b.types(fmt.Sprintf("g%d\n", at))
		if b.types("a"); at != 1 && at != 7 && !b.waits() {
			t.Errorf("at %d: nothing was read, and nothing waits", at)
		}
		b.until(func() bool { return !b.waits() && strings.Contains(b.message, "as suggested") })
		if !strings.Contains(b.message, fmt.Sprintf("%d sourced, as suggested", at)) {
			t.Fatalf("at %d: %q", at, b.message)
		}
		b.all()
	}
	whole := 0
	for i := range b.review.Shown().Len() {
		if b.review.Proposed(b.review.Shown().Unit(i).ID) {
			whole++
		}
	}
	if whole == 0 || whole > 17_000 {
		t.Errorf("%d of %d sentences are kept read", whole, n)
	}
}

// What needs a look first is told of all of a long article, when it is asked for: it
// is shown that this goes on, and esc ends it.
func TestWhatNeedsALookFirstInALongArticle(t *testing.T) {
	t.Parallel()
	b := longStarted(t, 9_000)
	b.all()
	b.types("fneeds a look\n")
	b.until(func() bool { return strings.Contains(b.message, "reading the article, 44%; esc stops") })
	if !b.waits() {
		t.Fatalf("%q", b.message)
	}
	b.types("\x1b")
	b.all()
	if b.waits() || b.message != "the article was read up to 8000 only; nothing was changed" {
		t.Fatalf("%v %q", b.waits(), b.message)
	}
	b.types("fneeds a look\n")
	b.types("j") // typed ahead
	b.all()
	if at, _ := b.review.Number(); b.waits() || at != 2 {
		t.Fatalf("%v %q, at %d", b.waits(), b.message, at)
	}
}

// The words of a part that was read stay those of the article, wherever the part begins.
func TestSpansOfAPartAreBytesOfTheArticle(t *testing.T) {
	t.Parallel()
	a := longArticle(2500)
	whole := attribution.Suggest(a.Body, a.Units, attribution.Options{Lang: "en"})
	n := 0
	for from := 0; from < len(a.Units); from += 700 {
		to := min(from+700, len(a.Units))
		part, _ := suggestPart(a, from, to)
		for _, at := range whole.Attributions {
			if at.Unit < from || at.Unit >= to {
				continue
			}
			list := part[a.Units[at.Unit].ID].Attributions
			if len(list) != 1 || fmt.Sprint(list[0].Source, list[0].Cue, list[0].Content) != fmt.Sprint(at.Source, at.Cue, at.Content) {
				t.Fatalf("%d: %+v; read as a whole it is %+v", at.Unit, list, at)
			}
			n++
		}
	}
	if n != len(a.Units) {
		t.Errorf("%d attributions in %d sentences", n, len(a.Units))
	}
}

// wholeOf is all of the article on a screen.
func wholeOf(t *testing.T, s *review.Screen) *annotations.Article {
	t.Helper()
	a, err := s.Shown().Whole()
	if err != nil {
		t.Fatal(err)
	}
	return a
}
