package tui_test

import (
	"fmt"
	"strconv"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
)

// What people run into who work for an hour: each story was lived once, and went wrong.

func storyRead(text string) func(*testing.T) *annotations.Article {
	return func(t *testing.T) *annotations.Article { t.Helper(); return read(t, text) }
}

func goTo(s scene, n int) {
	s.Helper()
	s.Press("g")
	s.Answer(strconv.Itoa(n))
	if !s.InLines() {
		s.Expect(fmt.Sprintf(" %d/", n))
	}
}

// A source is proposed; whoever knows better types a name, and does not have to take
// the proposal away first.
func TestAProposedSourceGivesWayToWhatIsTyped(t *testing.T) {
	d, id := open(t, read(t, story), 110, 40, suggesting)
	d.Type("g3<enter>o")
	d.WaitFor("Who vouches", "Coastal Safety Board", "→ change it")
	d.Type("The county<enter>")
	d.WaitFor("What kind of source is “The county”?")
	d.Type("e")
	d.WaitFor("3 source The county, organisation. Saved.")
	d.Type("g4<enter>o")
	d.WaitFor("officials")
	d.Type("<right>!<enter>") // gone about in, it is one's own
	d.WaitFor("What kind of source is “officials (unnamed)!”?")
	d.Type("<esc>g2<enter>o<enter>")
	d.WaitFor("What kind of source is “harbour board”?")
	d.Type("<esc>o<tab>")
	d.WaitFor("\n  harbour board\n")
	d.Type("<tab><enter>")
	d.WaitFor("What kind of source is “The county”?")
	d.Type("e")
	d.WaitFor("2 source The county, organisation. Saved.")
	if a := d.said(id, 2); len(a.Attributions) != 1 || a.Attributions[0].Name != "The county" {
		t.Errorf("stored: %+v", a.Attributions)
	}
}

// Three sources in one sentence with overlapping words: the middle one goes, comes
// back, goes again, also over a restart; and the message says who went.
func TestTheMiddleOfThreeSourcesGoesAndComesBack(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 40)
	d.Type("v<space>llo+h<space>llo+h<space>lo<enter>")
	d.WaitFor("2 source Sentence 2 of. Saved.")
	three := d.said(id, 2).Attributions
	if len(three) != 3 || three[1].Source[0].Start >= three[0].Source[0].End {
		t.Fatalf("marked: %+v", three)
	}
	d.Type("v<tab>")
	d.WaitFor("Source 2 of 3")
	d.Type("-")
	d.WaitFor("Source 2 of 2", "who      of ferries")
	d.Type("<enter>uU")
	d.WaitFor("Redid: source Sentence 2 of")
	d.Stop()
	d.WaitEnd()
	d = show(t, d.st, id, 100, 40)
	d.WaitFor("tagged")
	d.Type("u")
	d.WaitFor("Undid: source Sentence 2 of, ", " on 2. Saved.")
	if now := d.said(id, 2).Attributions; len(now) != 3 || !now[1].Equal(three[1]) {
		t.Errorf("after undo: %+v", now)
	}
	d.Type("o")
	d.WaitFor("Who vouches for it, the first of 3?")
	d.Type("<ctrl+u><enter>")
	d.WaitFor("2 source Sentence 2 of taken away, left: 2 of ferries · of ferries. Saved.")
	if now := d.said(id, 2).Attributions; len(now) != 2 {
		t.Errorf("one of three was taken away: %+v", now)
	}
}

// To resolve a name must not lose the words that were marked; to correct it to
// somebody else's must.
func TestAResolvedNameKeepsTheMarks(t *testing.T) {
	bothWays(t, storyRead("Officials said the pier is old. It is closed, he said.\n"), func(s scene) {
		s.Press("o")
		s.Answer("Officials")
		s.Choose("a")
		s.Expect("1 source Officials, named official. Saved.")
		marks := s.said(1).Attributions[0].Source
		s.Press("o")
		s.Answer("Officials (unnamed)")
		s.Choose("c")
		s.Expect("1 source Officials (unnamed), anonymous official. Saved.")
		if a := s.said(1).Attributions[0]; len(a.Source) != 1 || a.Source[0] != marks[0] || a.Name != "Officials (unnamed)" {
			s.Errorf("resolved: %+v", a)
		}
		s.Press("o")
		s.Answer("Ines Okafor")
		s.Choose("a")
		s.Expect("1 source Ines Okafor, named official. Saved.")
		s.Press("o")
		s.Answer("the pier")
		s.Choose("g")
		s.Expect("1 source the pier, data. Saved.")
		if a := s.said(1).Attributions[0]; len(a.Source) != 1 || a.Source[0].In("Officials said the pier is old.") != "the pier" {
			s.Errorf("renamed: %+v", a)
		}
		s.Press("o")
		s.Answer("Dr. Osei")
		s.Choose("a")
		s.Expect("1 source Dr. Osei, named official. Saved.")
		if a := s.said(1).Attributions[0]; len(a.Source) != 0 {
			s.Errorf("the pier is not Dr. Osei: %+v", a)
		}
	})
}

// A sentence inside of a quotation is split and joined while others are linked to it:
// no link leads nowhere, messages call sentences by their numbers, and undo goes back
// through all of it.
func TestLinksFollowAJoin(t *testing.T) {
	bothWays(t, storyRead(story), func(s scene) {
		goTo(s, 2)
		s.Press("l")
		s.Answer("7 6")
		s.Choose("s")
		s.Expect("2 supports 7, 6. Saved.")
		goTo(s, 4)
		s.Press("c")
		s.Answer("7")
		s.Choose("d")
		s.Expect("4 contested against 7. Saved.")
		goTo(s, 6)
		s.Press("J")
		s.Expect("6 joined with the next; the links of 2, 4 follow. Saved.")
		for n, want := range map[annotations.SentenceID]int{2: 1, 4: 1} {
			if a := s.said(n); len(a.Links) != want || a.Links[0].To.Sentence != 6 {
				s.Errorf("%d: %+v", n, a.Links)
			}
		}
		s.Press("u")
		s.Expect("Undid: join on 6. Saved.")
		if a := s.said(2); len(a.Links) != 2 {
			s.Errorf("after undo: %+v", a.Links)
		}
		s.Restart()
		s.Press("U")
		s.Expect("Redid: ")
		if a := s.said(4); len(a.Links) != 1 || a.Links[0].To.Sentence != 6 {
			s.Errorf("after redo: %+v", a.Links)
		}
		s.Press("u")
		s.Press("u")
		s.Expect("Undid: link on 4. Saved.")
		s.Press("u")
		s.Press("u")
		s.Expect("Undid: link on 2. Saved.")
		s.Press("u")
		s.Expect("There is nothing to undo.")
	})
}

// Numbers that are typed after a split are those on the screen.
func TestUndoCallsSentencesByTheirNumbersAfterASplit(t *testing.T) {
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("S")
		s.Answer("ferries says")
		s.Expect("2 split in two. Saved.")
		goTo(s, 3)
		s.Press("x")
		s.Expect("3 contextual. Saved.")
		s.Press("# 3 s")
		s.Expect("4-6 sourced. Saved.")
		s.Press("u")
		s.Expect("Undid: tag sourced on 4-6. Saved.")
		s.Press("u")
		s.Expect("Undid: tag contextual on 3. Saved.")
		s.Press("u")
		s.Expect("Undid: split on 2. Saved.")
	})
}

// at is how a scene of nine sentences says that one is the current one.
func at(s scene, n int) string {
	if s.InLines() {
		return fmt.Sprintf("Sentence %d of 9", n)
	}
	return fmt.Sprintf("%d/9", n)
}

// The filter is the order that is stepped in, also while tags change under it.
func TestTagsChangeUnderAFilter(t *testing.T) {
	bothWays(t, ferriesOf(9), func(s scene) {
		s.Press("# 4 s")
		s.Expect("2-5 sourced. Saved.")
		s.Press("f")
		s.Answer("sourced")
		s.Expect("tepping through sourced: 4")
		s.Press("home")
		s.Press("x")
		s.Expect("2 contextual. Saved.", "Sentence 3 of ferries", at(s, 3))
		s.Press("s")
		s.Expect(at(s, 4))
		s.Press("# 2 x")
		s.Expect("hat was the last of “sourced”; f all shows the rest")
		s.Press("space")
		s.Expect("othing untagged in “sourced”; f all shows the rest")
		s.Press("u")
		s.Expect("Undid: tag contextual (was sourced) on 4 and 5. Saved.")
		s.Press("f")
		s.Answer("untagged")
		s.Press("home")
		s.Press("x")
		s.Expect("6 contextual. Saved.", at(s, 7))
		if a, b := s.said(2), s.said(4); a.Tag != "contextual" || b.Tag != "sourced" {
			s.Errorf("2 is %s, 4 is %s", a.Tag, b.Tag)
		}
	})
}

// Who types the number of a sentence means that one: where it is none that could be
// meant, no other that holds its digits is taken.
func TestANumberIsNeverTakenForWords(t *testing.T) {
	bothWays(t, ferriesOf(24), func(s scene) {
		s.Press("c")
		s.Expect("Against which sentence?")
		s.Answer("2")
		s.Expect("sentence cannot dispute itself")
		s.Answer("99")
		s.Expect("here is no sentence 99")
		s.Leave()
		if a := s.said(2); len(a.Links) != 0 {
			s.Errorf("2 is linked to what nobody named: %+v", a.Links)
		}
	})
}

// What is shown alike is found alike: accents in either form, typewriter quotes, line
// ends within a sentence, in the article and in all of them.
func TestSearchFindsWhatPeopleSee(t *testing.T) {
	text := "The port is open.\n\nThe cafe\u0301 on the pier isn’t\nopen, “she” said.\n\n東京都は港を閉鎖すると発表した。 قال العمدة إن الميناء سيغلق.\n\nIt costs $5.00 (a*b) [x.\n"
	for _, find := range []struct{ words, shown string }{
		{"CAFÉ", "> 2"}, {"isn't open", "> 2"}, {`"she"`, "> 2"}, {"港", "> 3"}, {"العمدة", "> 4"}, {"$5.00 (a*b) [x", "> 5"},
	} {
		d, _ := open(t, read(t, text), 80, 24)
		d.Type("/" + find.words + "<enter>")
		d.WaitFor(find.shown)
		d.Type("g1<enter>")
		d.WaitFor("> 1")
		d.Type("*" + find.words + "<enter>")
		d.WaitFor(": 1. Enter goes there.")
		d.Type("<enter>")
		d.WaitFor(find.shown)
		d.Stop()
		d.WaitEnd()
	}
}

// A link to another article says where it leads, and is followed by the list of links.
func TestALinkToAnotherArticleIsFollowed(t *testing.T) {
	st := storetest.New(t)
	ana := storetest.Session(t, "ana")
	there := storetest.Article(t, "trams", 5)
	storetest.Import(t, st, ana, there)
	id := storetest.Import(t, st, ana, ferries(t, 5))
	d := show(t, st, id, 120, 40)
	d.WaitFor("tagged")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	d.Type("kl<down><down><enter>")
	d.WaitFor("Link to a sentence of any article")
	d.Type("4 of trams<enter>")
	d.WaitFor(": 1. Enter links it.")
	d.Type("<enter>r")
	d.WaitFor("2 repeats "+there.Name+":4. Saved.", "repeats "+there.Name)
	d.Stop()
	d.WaitEnd()
	d = show(t, st, id, 120, 40)
	d.WaitFor("tagged")
	d.Type("g2<enter>")
	d.WaitFor("repeats "+there.Name, "4: “Sentence 4 of trams")
	d.Type("lgo to")
	d.WaitFor("> go to " + there.Name + " 4")
	d.Type("<enter>")
	d.WaitFor(" stet  "+there.Name[:20], "> 4")
}
