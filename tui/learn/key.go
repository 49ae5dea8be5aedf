package learn

import (
	"fmt"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
)

// Answer is what the key says of a sentence, and why.
type Answer struct {
	Sentence annotations.SentenceID
	Tag      string
	Rule     string // of the built-in codebook
	Why      string // of this sentence, in a sentence or two
}

// Key returns the key of the last step, in the article's order.
func Key() []Answer {
	return []Answer{
		{2, "sourced", "S-1", "Two officials with knowledge of the plan told the paper. That they are not named is said by the kind of source, not by the tag."},
		{4, "contextual", "X-2", "The mayor is whom the sentence is about, not who vouches for it: “has asked” reports an act, and nobody is named who says that it took place."},
		{8, "sourced", "S-2", "The quotation that began in the sentence before runs on, and the mayor still speaks."},
		{13, "contested", "C-b", "He denies what sentence 12 reports: both cannot be true. A denial with a named speaker is contested first, sourced second."},
		{14, "sourced", "S-1", "“He said in an interview.” It supports his denial but disputes nothing by itself."},
		{20, "sourced", "S-1", "The official of the sentence before added it. Without a name is still a voucher."},
		{21, "contextual", "X-2", "A refusal to comment disputes nothing, and nobody vouches for it."},
		{23, "contested", "C-d", "It accuses the council of wrongdoing. The spokesman calls it nonsense and the article adds that no evidence was offered: contested goes before sourced."},
		{26, "sourced", "S-1", "Two people briefed on the matter said so. The police are whom it is about."},
		{31, "contextual", "X-2", "A calculation that could be checked, and nobody in the text vouches for it."},
		{33, "sourced", "S-1", "The Coast Guard said it in a statement."},
		{40, "contextual", "X-2", "It could be checked, and nobody says how it is known. The memo of the sentence before vouches for the cracks, not for its own withdrawal."},
	}
}

// ListWords names the sentences of the key: "2, 4, … and 40".
func ListWords() string {
	var list []annotations.SentenceID
	for _, k := range Key() {
		list = append(list, k.Sentence)
	}
	return listed(list)
}

// listed is "2", "2 and 4", "2, 4 and 8".
func listed(list []annotations.SentenceID) string {
	parts := make([]string, len(list))
	for i, n := range list {
		parts[i] = strconv.Itoa(int(n))
	}
	if last := len(parts) - 1; last > 0 {
		return strings.Join(parts[:last], ", ") + " and " + parts[last]
	}
	return strings.Join(parts, "")
}

// Result is how a learner's tags compare with the key.
type Result struct {
	Tagged  int // of the key's sentences
	Same    int // of those, tagged as the key does
	Percent agreement.Value
	Alpha   agreement.Value // Krippendorff's, nominal
	Misses  []Miss
}

// Miss is a sentence that was tagged otherwise.
type Miss struct {
	Answer
	Said string // the learner's tag
}

// Compare sets the learner's tags against the key. Sentences without a tag are
// left out. Where a figure is not defined it says why.
func Compare(book *annotations.Codebook, mine map[annotations.SentenceID]annotations.Annotation) (Result, error) {
	var r Result
	c := agreement.Case{Name: "lesson", Raters: []string{"learner", "key"}}
	place := map[string]int{}
	for i, t := range book.Tags {
		c.Labels = append(c.Labels, agreement.TextLabel(t.ID))
		place[t.ID] = i
	}
	for _, k := range Key() {
		said := mine[k.Sentence].Tag
		own, ok := place[said]
		if !ok {
			continue
		}
		r.Tagged++
		if said == k.Tag {
			r.Same++
		} else {
			r.Misses = append(r.Misses, Miss{k, said})
		}
		c.Ratings = append(c.Ratings, []int{own, place[k.Tag]})
	}
	t, err := c.Table()
	if err != nil {
		return r, err
	}
	r.Percent, r.Alpha = t.Percent(), t.Alpha(agreement.Nominal)
	return r, nil
}

// Words says how it went, a line each: the figures, then each miss with its
// rule.
func (r Result) Words(book *annotations.Codebook) []string {
	if r.Tagged == 0 {
		return []string{"None of the sentences of the last step is tagged yet."}
	}
	out := []string{fmt.Sprintf("You and the key agree on %d of %s, %s.", r.Same, sentences(r.Tagged), percent(r.Percent)), alphaWords(r.Alpha)}
	for _, m := range r.Misses {
		words := fmt.Sprintf("Sentence %d: you said %s, the key says %s. %s", m.Sentence, m.Said, m.Tag, m.Why)
		if rule := book.Rule(m.Rule); rule != nil {
			words += fmt.Sprintf(" Rule %s, %s: %s", rule.ID, rule.Name, rule.Words)
		}
		out = append(out, words)
	}
	if len(r.Misses) == 0 {
		out = append(out, "Nothing was tagged otherwise.")
	}
	return out
}

func sentences(n int) string {
	if n == 1 {
		return "1 sentence"
	}
	return fmt.Sprintf("%d sentences", n)
}

func percent(v agreement.Value) string {
	if !v.OK {
		return v.Why
	}
	return fmt.Sprintf("%.0f percent", 100*v.V)
}

func alphaWords(v agreement.Value) string {
	if !v.OK {
		return "Krippendorff's alpha has no value here (" + v.Why + ")."
	}
	chance := "0 is what chance gives"
	if v.V < 0 {
		chance = "0 is what chance gives, and below 0 is less than that"
	}
	return fmt.Sprintf("Krippendorff's alpha, which takes chance out, is %.2f; 1 is full agreement, %s. On so few sentences it is a hint, no measurement.", v.V, chance)
}
