package segment

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

func TestLinesHaveTheirKind(t *testing.T) {
	for _, c := range []struct {
		story, line string
		kind        annotations.Kind
		dateline    int
	}{
		{"a heading has no stop", "A long day at sea", annotations.KindHeading, 0},
		{"a question on its own line is a sentence", "Will it rain?", annotations.KindSentence, 0},
		{"agency and dash", "OSLO (Reuters) - Snow fell.", annotations.KindSentence, len("OSLO (Reuters) - ")},
		{"a note's number behind the stop", "It was closed, the council said.[2]", annotations.KindSentence, 0},
		{"notes by name", "It was closed.[note 3][citation needed]", annotations.KindSentence, 0},
		{"a note of Markdown", "It was closed, the council said.”[^4]", annotations.KindSentence, 0},
		{"a heading with a note's number", "A long day at sea[2]", annotations.KindHeading, 0},
		{"a heading with an aside", "A long day [at sea]", annotations.KindHeading, 0},
		{"date, agency and long dash", "OSLO, Oct. 24 (AP) — Snow fell.", annotations.KindSentence, len("OSLO, Oct. 24 (AP) — ")},
		{"two words in capitals", "NEW YORK — Stocks fell.", annotations.KindSentence, len("NEW YORK — ")},
		{"a place in small letters with an agency", "Oslo (AFP) -- Snow fell.", annotations.KindSentence, len("Oslo (AFP) -- ")},
		{"the capital and its stops", "WASHINGTON, D.C., Oct. 24 (UPI) -- Snow fell.", annotations.KindSentence, len("WASHINGTON, D.C., Oct. 24 (UPI) -- ")},
		{"no dash after the agency", "AMMAN, Jordan (AP) Snow fell.", annotations.KindSentence, len("AMMAN, Jordan (AP) ")},
		{"an aside is no dateline", "NATO — the alliance — met.", annotations.KindSentence, 0},
		{"a bracket in prose is no dateline", "Lee (a mayor) - who won - spoke.", annotations.KindSentence, 0},
		{"a dateline on its own line", "OSLO, 24 October 2025", annotations.KindDateline, 0},
		{"an agency and a dash", "CNN —", annotations.KindDateline, 0},
		{"a publication date", "Published October 24, 2025", annotations.KindDateline, 0},
		{"a time and a date", "10:30 p.m. ET, October 24, 2025", annotations.KindDateline, 0},
		{"a speaker in capitals", "THE MODERATOR:", annotations.KindSpeaker, 0},
		{"a speaker by name", "Ann B. Lee:", annotations.KindSpeaker, 0},
		{"an opening clause is no speaker", "These are the rules:", annotations.KindSentence, 0},
		{"a speaker and words", "LEE: We won.", annotations.KindSentence, 0},
		{"a bullet", "• First thing", annotations.KindListItem, 0},
		{"a hyphen", "- second thing", annotations.KindListItem, 0},
		{"a number", "3. Third thing", annotations.KindListItem, 0},
		{"a letter in brackets", "(b) fourth thing", annotations.KindListItem, 0},
		{"an initial is no list sign", "J. Cole spoke.", annotations.KindSentence, 0},
		{"a page is no list sign", "p. 55 is torn.", annotations.KindSentence, 0},
		{"a caption", "Photo: A boat at sea.", annotations.KindCaption, 0},
		{"a bracketed caption", "(File photo: A boat)", annotations.KindCaption, 0},
		{"a credit at the end", "A boat at sea near Oslo on Friday. Ann Lee/Getty Images", annotations.KindCaption, 0},
		{"a sentence about photos", "Photos show a boat.", annotations.KindSentence, 0},
		{"a row of a table", "Name\tAge\tTown", annotations.KindListItem, 0},
		{"a row with bars", "| Name | Age |", annotations.KindListItem, 0},
		{"a rule of signs needs no tag", "* * *", annotations.KindHeading, 0},
	} {
		t.Run(c.story, func(t *testing.T) {
			text := "Before it stands a line.\n" + c.line + "\nAfter it stands a line."
			units := Append(nil, text, Options{Lang: "en"})
			checkTiling(t, text, units)
			if len(units) < 3 {
				t.Fatalf("%d units: %v", len(units), units)
			}
			for _, u := range units[1 : len(units)-1] {
				if u.Kind != c.kind || u.Dateline != c.dateline {
					t.Errorf("%q: got %v with a dateline of %d bytes, want %v with %d", u.Span.In(text), u.Kind, u.Dateline, c.kind, c.dateline)
				}
			}
		})
	}
}

func TestTabsMakeRowsOnlyInCompany(t *testing.T) {
	for _, c := range []struct {
		story, text string
		rows        int
	}{
		{"two columns over three lines", "Town\tVotes\nOslo\t12\nBergen\t7\n\nThat is all.", 3},
		{"cells that are sentences", "Ann\tShe won. He lost.\nBo\tHe left. She stayed.", 4},
		{"a tab inside a sentence", "The mayor won\tby far.\n\nNo one else ran.", 0},
		{"a tab for an indent", "\tThe mayor won.\n\tNo one else ran.", 0},
		{"tabs between sentences", "The mayor won.\tNo one else ran.\tIt rained.", 0},
		{"several short cells by themselves", "Before it.\n\nName\tAge\tTown\n\nAfter it.", 1},
		{"lines with different counts", "One\ttwo.\nOne\ttwo\tthree.", 0},
	} {
		t.Run(c.story, func(t *testing.T) {
			units := Append(nil, c.text, Options{Lang: "en"})
			checkTiling(t, c.text, units)
			rows := 0
			for _, u := range units {
				if u.Kind == annotations.KindListItem {
					rows++
				}
			}
			if rows != c.rows {
				t.Errorf("%d rows, want %d: %+v", rows, c.rows, units)
			}
		})
	}
}

func TestSoftEndsGiveKinds(t *testing.T) {
	text := "Interview with the mayor Monday, October 24, 2025\n\nA boat at sea Image: Ann Lee\n\nFigure 3.4 The mayor speaks.\n\nShe won."
	want := []annotations.Kind{annotations.KindHeading, annotations.KindDateline, annotations.KindCaption, annotations.KindCaption,
		annotations.KindCaption, annotations.KindCaption, annotations.KindSentence}
	units := Append(nil, text, Options{Lang: "en"})
	if len(units) != len(want) {
		t.Fatalf("%d units: %+v", len(units), units)
	}
	for k, u := range units {
		if u.Kind != want[k] {
			t.Errorf("%q is a %v, want %v", u.Span.In(text), u.Kind, want[k])
		}
	}
}

func TestParagraphsAreCountedAtBlankLines(t *testing.T) {
	text := "\n\nOne. Two.\nThree.\n\n \nFour.\fFive.\r\n\r\nSix."
	var got []uint32
	for _, u := range Append(nil, text, Options{Lang: "en"}) {
		got = append(got, u.Paragraph)
	}
	want := []uint32{0, 0, 0, 1, 2, 3}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for k := range want {
		if got[k] != want[k] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func TestHardWrappedLinesAreJoined(t *testing.T) {
	wrapped := "The committee met on Tuesday to hear what the\n" +
		"mayor had to say about the bridge. He said it\n" +
		"would cost more than was thought, and that no\n" +
		"one knew when it would be done."
	units := Append(nil, wrapped, Options{Lang: "en"})
	if len(units) != 2 || units[0].Span.In(wrapped) != wrapped[:len("The committee met on Tuesday to hear what the\nmayor had to say about the bridge.")] {
		t.Errorf("wrapped lines: %v", units)
	}
	lines := "The committee met on Tuesday.\nHe said a word about the bridge.\nIt would cost more than was thought.\nNo one knew when."
	if units := Append(nil, lines, Options{Lang: "en"}); len(units) != 4 {
		t.Errorf("a sentence a line: %v", units)
	}
	indented := "  BOSTON, Oct. 3 -- The committee met to hear what a new sea\n" +
		"wall would cost the town and who would have to pay for it. The\n" +
		"mayor said that he had had no answer so far, and that it would\n" +
		"not be fair.\n" +
		"  \"We have not decided,\" she said.\n"
	if units := Append(nil, indented, Options{Lang: "en"}); len(units) != 3 || units[2].Kind != annotations.KindSentence ||
		!strings.HasSuffix(units[1].Span.In(indented), "not be fair.") {
		t.Errorf("paragraphs that an indent opens: %v", units)
	}
	names := "Thank you for the note. I will be in Houston on\nTuesday and Wednesday. Please let Bob know if you\n" +
		"want to meet him there, since he will leave on\nThursday."
	if units := Append(nil, names, Options{Lang: "en"}); len(units) != 3 {
		t.Errorf("wrapped lines that open with capitals: %v", units)
	}
	headlines := "Mayor says sea wall would cost too much for town\nCommittee puts off vote on sea wall until spring\n" +
		"Ferry riders may pay for wall under new proposal\nVillage wants word on promised road repair money"
	if units := Append(nil, headlines, Options{Lang: "en"}); len(units) != 4 {
		t.Errorf("headlines of one width: %v", units)
	}
	verse := "Oranges\nApples\nPears from the garden\nPlums"
	if units := Append(nil, verse, Options{Lang: "en"}); len(units) != 4 {
		t.Errorf("short lines: %v", units)
	}
	broken := "It was a long and cold\nnight in the city."
	if units := Append(nil, broken, Options{Lang: "en"}); len(units) != 1 {
		t.Errorf("a break inside a sentence: %v", units)
	}
}
