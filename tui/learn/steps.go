package learn

import (
	"slices"

	"stet.example/stet/annotations"
)

// State is what the store holds of the lesson.
type State struct {
	Book  *annotations.Codebook
	Mine  map[annotations.SentenceID]annotations.Annotation // what the learner says now
	Place annotations.SentenceID                            // where the learner stands
	// Events are the learner's own since the step began, in order.
	Events []annotations.Event
}

// Step is one step of the lesson.
type Step struct {
	Title string // in a word or three
	About string // why one does this
	Press string // what to do; {note} stands for the key of that action
	done  func(s *State) bool
	miss  func(s *State) string // nil: there is nothing that one could take for it
}

// Done reports whether the state shows that the step was done.
func (s Step) Done(st *State) bool { return s.done(st) }

// Miss says what was done in the place of what the step asks for, and what is left to
// do; "" where nothing was.
func (s Step) Miss(st *State) string {
	if s.miss == nil || s.done(st) {
		return ""
	}
	return s.miss(st)
}

// Count is how many steps there are.
const Count = 12

// Steps returns the lesson, in order.
func Steps() []Step { return slices.Concat(firstSteps(), moreSteps(), lastSteps()) }

func firstSteps() []Step {
	return []Step{
		{
			Title: "Moving", About: "A review goes through an article sentence by sentence; one of them is always the one in question.",
			Press: "{next} and {previous} go on and back. Go to sentence 5: {go-to}, then 5 and enter.",
			done:  func(s *State) bool { return s.Place == 5 },
		},
		{
			Title: "Sourced", About: "A sentence is sourced when the text says who or what vouches for its main claim. It need not be true.",
			Press: "Sentence 5 names the Coastal Safety Board: go there and press {tag-sourced}.",
			done:  func(s *State) bool { return s.Mine[5].Tag == "sourced" },
			miss:  func(s *State) string { return s.otherTag(5, "tag-sourced") },
		},
		{
			Title: "Who says so", About: "A tag says that there is a voucher; the source says which, and of what kind.",
			Press: "Go back to 5 ({go-to} 5) and press {source}. Give Coastal Safety Board, then e for organisation.",
			done: func(s *State) bool {
				return slices.ContainsFunc(s.Mine[5].Attributions, func(at annotations.Attribution) bool {
					return (at.Name != "" || len(at.Source) > 0) && at.Kind == "organisation"
				})
			},
			miss: missedSource,
		},
		{
			Title: "Contested", About: "A sentence is contested when something in the article disputes it. It then names its other side.",
			Press: "Sentence 12 begins with But and opposes 11. Go to 12, press {tag-contested}, give 11, then r for rhetorical.",
			done: func(s *State) bool {
				a := s.Mine[12]
				return a.Tag == "contested" && disputes(&a, 11)
			},
			miss: missedSide,
		},
	}
}

func moreSteps() []Step {
	return []Step{
		{
			Title: "Undo", About: "Every act can be taken back, also after a restart, and done again. Nothing is lost by trying.",
			Press: "Press {undo}, read what it took back, then {redo} to do it again. If there is nothing yet, tag a sentence first.",
			done:  func(s *State) bool { return s.mode(annotations.Undo) && s.mode(annotations.Redo) },
			miss:  missedRedo,
		},
		{
			Title: "Contextual", About: "What nobody vouches for is contextual. If it could be checked it gets the flag unsourced, so that it is not filed beside scenery.",
			Press: "Sentence 17 gives figures and no source: go there and press {tag-contextual}, go back ({go-to} 17), press {flags}, then a for unsourced and enter.",
			done: func(s *State) bool {
				a := s.Mine[17]
				return a.Tag == "contextual" && a.HasFlag("unsourced")
			},
			miss: missedFlag,
		},
		{
			Title: "Suggestions", About: "A suggestion is a guess with its reason beside it. It counts for nothing until somebody takes it, and it can be wrong.",
			Press: "Go to 18, read what is suggested and why, and take it with {accept}.",
			done: func(s *State) bool {
				return slices.ContainsFunc(s.Events, func(e annotations.Event) bool { return e.Verb == "accept" && e.Mode == annotations.Do })
			},
			miss: func(s *State) string {
				if s.Mine[18].Tag == "" {
					return ""
				}
				return "18 has a tag already. Any other sentence with a suggestion will do (the screen marks them ~): go to one and press {accept}."
			},
		},
		{
			Title: "Evidence", About: "Evidence is what you found yourself: an address or a file, what it says, and what that does to the claim.",
			Press: "Go to 3 and press {evidence}. Give https://harbour.example/draft, quote nothing, leave the place empty, then s for supports.",
			done:  func(s *State) bool { return len(s.Mine[3].Evidence) > 0 },
			miss:  missedEvidence,
		},
		{
			Title: "Notes", About: "A note says to colleagues what no field does. ({confidential} writes a confidential one; the log keeps a hash of it only.)",
			Press: "Go to 25, press {note} and write why it is hard to tag.",
			done:  func(s *State) bool { return s.Mine[25].Note != "" },
			miss:  missedNote,
		},
	}
}

func lastSteps() []Step {
	return []Step{
		{
			Title: "Several at once", About: "A quotation goes on over several sentences, and one voucher stands for them all.",
			Press: "Go to 35, press {range}, go on with {next} to 38, then {tag-sourced}: the four are one act. ({accept-quotation} takes what is suggested for a quotation.)",
			done:  func(s *State) bool { return s.together([]annotations.SentenceID{35, 36, 37, 38}, 3) },
			miss:  missedRange,
		},
		{
			Title: "What is missing", About: "An article is finished when nothing is missing; {finish} lists what is.",
			Press: "Go to 22, press {tag-contested}, and leave the question with esc. {finish} lists what is missing, 22 too: go there and press {inside}, since both sides stand in it.",
			done:  leftOpenThenDone,
			miss:  missedOpen,
		},
		{
			Title: "On your own", About: "Twelve sentences to tag alone. {codebook} shows the codebook; suggestions may mislead. Your tags are compared with a key at the end.",
			Press: "Tag " + ListWords() + ".",
			done: func(s *State) bool {
				return !slices.ContainsFunc(Key(), func(k Answer) bool { return s.Mine[k.Sentence].Tag == "" })
			},
			miss: leftAlone,
		},
	}
}

// complete reports whether a names all that its tag needs.
func complete(b *annotations.Codebook, a *annotations.Annotation) bool {
	needs, _ := b.Missing(a)
	return len(needs) == 0
}

func (s *State) mode(m annotations.Mode) bool {
	return slices.ContainsFunc(s.Events, func(e annotations.Event) bool { return e.Mode == m })
}

// together reports whether one act tagged at least n of the sentences.
func (s *State) together(list []annotations.SentenceID, n int) bool {
	acts := map[annotations.Act]int{}
	for i := range s.Events {
		e := &s.Events[i]
		if e.Mode != annotations.Undo && e.After != nil && e.After.Tag != "" && slices.Contains(list, e.Sentence) {
			if acts[e.Act]++; acts[e.Act] >= n {
				return true
			}
		}
	}
	return false
}

// leftOpenThenDone reports whether a sentence was left without its other side
// and has it now; it may have been left so before the step began.
func leftOpenThenDone(s *State) bool {
	for i := range s.Events {
		e := &s.Events[i]
		now := s.Mine[e.Sentence]
		for _, a := range []*annotations.Annotation{e.Before, e.After} {
			if a != nil && a.Tag != "" && !complete(s.Book, a) && now.Tag == a.Tag && complete(s.Book, &now) {
				return true
			}
		}
	}
	return false
}
