package ingest

import (
	"strings"
	"testing"
)

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2025-10-24": "2025-10-24", "2025/10/24": "2025-10-24", "2025-10-24T08:05:00Z": "2025-10-24T08:05:00Z",
		"2025-10-24T08:05:00+02:00": "2025-10-24T08:05:00+02:00", "2025-10-24 08:05": "2025-10-24", "2025-10-24T08:05:00.000+0200": "2025-10-24",
		"24 October 2025": "2025-10-24", "October 24, 2025": "2025-10-24", "Oct. 24, 2025": "2025-10-24", "Sept. 3rd, 2025": "2025-09-03",
		"Friday, 24 October 2025, 10:15 GMT": "2025-10-24", "Fri 24 Oct 2025": "2025-10-24", "October 24, 2025 at 10:15 a.m. ET": "2025-10-24",
		"24. Oktober 2025": "2025-10-24", "Freitag, 24. Oktober 2025": "2025-10-24", "24 de octubre de 2025": "2025-10-24", "1er août 2025": "2025-08-01",
		"24.10.2025": "2025-10-24", "3.4.2025": "2025-04-03", "24/10/2025": "2025-10-24", "10/24/2025": "2025-10-24", "5/5/2025": "2025-05-05",
		"2025年10月24日": "2025-10-24", "2025년 10월 24일": "2025-10-24", "24 октября 2025": "2025-10-24",
	} {
		if got, ok := parseDate(in); !ok || got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for _, in := range []string{
		"", "Friday", "October 2025", "24 October", "3/4/2025", "2025-13-01", "2025-02-30", "31 June 2025", "0024-10-24", "20251024",
		"24 October 2025 was a Friday", "October 24, 2025 Update 3 of many", "In October 24, 2025", "2025-10-245", "24.10.20255", "1.2.3", "12.5.99",
		"Room 24 October 2025", "May 5", "2025-10-24 (CNN)", "32 October 2025", strings.Repeat("2", 100),
	} {
		if got, ok := parseDate(in); ok {
			t.Errorf("%q was read as %q", in, got)
		}
	}
}

func TestDatelines(t *testing.T) {
	for line, want := range map[string]dateline{
		"date 2025-10-24 (CNN) — The president":               {"CNN", "2025-10-24"},
		"LONDON (Reuters) - A bridge":                         {"Reuters", ""},
		"LONDON, Oct 24 (Reuters) - A bridge":                 {"Reuters", ""},
		"WASHINGTON, Oct. 24, 2025 (AP) — A bridge":           {"AP", "2025-10-24"},
		"PARIS, 24 October 2025 (AFP) – A bridge":             {"AFP", "2025-10-24"},
		"NEW YORK (The Associated Press) -- A bridge":         {"The Associated Press", ""},
		"(CNN) — A bridge":                                    {"CNN", ""},
		"CNN — A bridge":                                      {"CNN", ""},
		"New York (CNN Business) — A bridge":                  {"CNN Business", ""},
		"Berlin (dpa) - Eine Brücke":                          {"dpa", ""},
		"LYON, France (Radio Rhône) — Un pont":                {"Radio Rhône", ""},
		"STOW, Oct. 24, 2025 (Ellery Courier) - A bridge":     {"Ellery Courier", "2025-10-24"},
		"МОСКВА (Interfax) — Мост":                            {"Interfax", ""},
		"SAN JOSÉ, Costa Rica (AP) — A bridge":                {"AP", ""},
		"WEST PALM BEACH, Florida, Oct 24 (Reuters) - It was": {"Reuters", ""},
	} {
		if got, ok := parseDateline(line); !ok || got != want {
			t.Errorf("%q: %+v %v", line, got, ok)
		}
	}
	for _, line := range []string{
		"NATO (North Atlantic Treaty Organization) - the alliance", "NATO (the alliance) — and its members", "Senator Ada Crane (D) - the only one",
		"The agency (Reuters) reported", "He said (AP) - no", "LONDON (2025) - A year", "LONDON - A bridge", "A bridge — it fell", "IMF (Fund) - A loan",
		"WASHINGTON (AP Photo) — The bridge", "(see below) - the table", "UN (OCHA) - the office", "LONDON (Reuters) A bridge", "the mayor, 2025-10-24 (CNN) said",
		"", "(", ")", "()", "()-", "—", strings.Repeat("(", 300),
	} {
		if got, ok := parseDateline(line); ok {
			t.Errorf("%q was read as %+v", line, got)
		}
	}
}

func TestBylines(t *testing.T) {
	for line, want := range map[string]string{
		"By Jane Doe": "Jane Doe", "BY JANE DOE": "JANE DOE", "By Jane Doe and John Roe": "Jane Doe and John Roe", "By J. R. O'Neil": "J. R. O'Neil",
		"By Jane van der Berg, Harbour Bureau": "Jane van der Berg, Harbour Bureau", "Von Jan Meier": "Jan Meier", "Par Élodie Durand": "Élodie Durand",
		"By Jane Doe, Reuters": "Jane Doe, Reuters", "Von Jana Müller, dpa": "Jana Müller, dpa",
	} {
		if got, ok := bylineFrom([]string{line}); !ok || got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	for _, line := range []string{
		"By Monday", "By Monday it was over", "By the river", "By Jane", "By far the Largest", "By Order Of the Council, nobody was admitted.",
		"By 2025 All Ferries Stop", "Bystanders Saw It", "By", "By ", "By Jane Doe.", "By The End Of The Day Nobody Was Left",
	} {
		if got, ok := bylineFrom([]string{line}); ok {
			t.Errorf("%q was read as %q", line, got)
		}
	}
}

func TestHeads(t *testing.T) {
	const body = "The ferry stopped on Monday, the harbour master said. Nobody knows why.\n"
	for name, c := range map[string]struct {
		text string
		want facts
	}{
		"nothing at all":           {body, facts{}},
		"a heading":                {"Ferry stops at last\n\n" + body, facts{title: fact{value: "Ferry stops at last"}}},
		"one word is no title":     {"Transport\n\n" + body, facts{}},
		"a sentence is no title":   {"It is over.\n\n" + body, facts{}},
		"a byline is no title":     {"By Jane Doe\n\n" + body, facts{byline: fact{value: "Jane Doe"}}},
		"a date is no title":       {"24 October 2025\n\n" + body, facts{published: fact{value: "2025-10-24"}}},
		"a heading and no text":    {"Ferry stops at last\n", facts{}},
		"byline with a date":       {"Ferry stops at last\nBy Jane Doe | 24 October 2025\n\n" + body, facts{title: fact{value: "Ferry stops at last"}, byline: fact{value: "Jane Doe"}, published: fact{value: "2025-10-24"}}},
		"updated is not published": {"Ferry stops at last\nUpdated 24 October 2025\n\n" + body, facts{title: fact{value: "Ferry stops at last"}}},
		"a date inside the text":   {body + "\nOn 24 October 2025 it ran again.\n", facts{}},
		"a link in the text":       {body + "See https://x.example/ for more.\n", facts{}},
		"the head of a mail":       {"From: Desk <desk@wire.example>\nTo: all@wire.example\nSubject: Ferry stops at last\nDate: Fri, 24 Oct 2025 08:15:00 +0100\n\n" + body, facts{title: fact{value: "Ferry stops at last"}, published: fact{value: "2025-10-24T08:15:00+01:00"}}},
		"a forwarded mail":         {"Von: Redaktion\nGesendet: Freitag, 24. Oktober 2025 08:15\nAn: alle\nBetreff: WG: Ferry stops at last\n\n" + body, facts{title: fact{value: "WG: Ferry stops at last"}}},
		"a subject in code":        {"Subject: =?UTF-8?Q?Caf=C3=A9s_stay_open?=\nFrom: desk@wire.example\n\n" + body, facts{title: fact{value: "Cafés stay open"}}},
		"one label is no mail":     {"From: the harbour with love\n\n" + body, facts{title: fact{value: "From: the harbour with love"}}},
		"a mail without a subject": {"From: desk@wire.example\nTo: all@wire.example\n\n" + body, facts{}},
		"a byline far below":       {strings.Repeat(body+"\n", 10) + "By Jane Doe\n", facts{}},
	} {
		t.Run(name, func(t *testing.T) {
			a := mustRead(t, c.text, Options{Lang: "en"}).Article
			got := facts{title: fact{value: a.Title}, outlet: fact{value: a.Outlet}, byline: fact{value: a.Byline}, published: fact{value: a.Published}, url: fact{value: a.URL}}
			if got != c.want {
				t.Errorf("got %+v", got)
			}
			if a.Body != c.text {
				t.Error("the text was touched")
			}
		})
	}
}

func TestFrontMatter(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want facts
		rest string
	}{
		"quotes and comments":   {"---\ntitle: \"A \\\"b\\\": c\" # x\ndate: 2025-10-24 09:30:00 +0200\nauthor: O'Neil # y\n---\nText.", facts{title: fact{value: `A "b": c`}, published: fact{value: "2025-10-24T09:30:00+02:00"}, byline: fact{value: "O'Neil"}}, "Text."},
		"lists":                 {"---\nauthors: [Ann Lee, \"Bo Roe\"]\nlang: de\n...\nText.", facts{byline: fact{value: "Ann Lee, Bo Roe"}, language: fact{value: "de"}}, "Text."},
		"block list":            {"---\nauthors:\n  - Ann Lee\n  - Bo Roe\ntitle: T\n---\nText.", facts{byline: fact{value: "Ann Lee, Bo Roe"}, title: fact{value: "T"}}, "Text."},
		"authors with details":  {"---\nauthor:\n  - name: Ann Lee\n    email: a@x.example\n    affiliations:\n      - name: An Institute\n  - affiliation: The Desk\n    name: \"Bo Roe\"\n  - Cy Poe\ntitle: T\n---\nText.", facts{byline: fact{value: "Ann Lee, Bo Roe, Cy Poe"}, title: fact{value: "T"}}, "Text."},
		"one author's details":  {"---\nauthor:\n  name: Ann Lee\n  url: https://x.example\ntitle: T\n---\nText.", facts{byline: fact{value: "Ann Lee"}, title: fact{value: "T"}}, "Text."},
		"authors without names": {"---\nauthors:\n  - id: 1\n  - id: 2\ntitle: T\n---\nText.", facts{title: fact{value: "T"}}, "Text."},
		"nested is skipped":     {"---\nparams:\n  title: inner\nauthor: {name: X}\ntitle: >\n  folded\nurl: javascript:x\n---\nText.", facts{}, "Text."},
		"TOML":                  {"+++\ntitle = \"T\"\ndate = 2025-10-24T07:00:00Z\n[params]\nauthor = \"inner\"\n+++\nText.", facts{title: fact{value: "T"}, published: fact{value: "2025-10-24T07:00:00Z"}}, "Text."},
		"never closed":          {"---\ntitle: T\nText.", facts{}, "---\ntitle: T\nText."},
		"rules, not keys":       {"---\nJust words: here.\nMore words\n---\nText.", facts{}, "---\nJust words: here.\nMore words\n---\nText."},
		"empty":                 {"---\n---\nText.", facts{}, "---\n---\nText."},
	} {
		t.Run(name, func(t *testing.T) {
			front, mark, rest, ok := splitFront(c.text)
			if !ok {
				rest = c.text
			}
			var f facts
			f.readFront(front, mark)
			for _, p := range []*fact{&f.title, &f.outlet, &f.byline, &f.published, &f.url, &f.language} {
				p.from = ""
			}
			if rest != c.rest || f != c.want {
				t.Errorf("rest %q, got %+v", rest, f)
			}
		})
	}
}
