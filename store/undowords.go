package store

import (
	"context"

	"stet.example/stet/annotations"
)

// saying names a record of one person: what they said of a sentence at a revision.
type saying struct {
	sentence annotations.SentenceID
	rev      uint64
}

// rebaseWords makes changes that bring an annotation back say of which words it was
// said: those of the event that had made it. In an article that was cut these need not
// be the words of the act that is taken back, nor those of now. A history that may not
// be seen in full leaves them as they are.
func rebaseWords(ctx context.Context, st Store, actor string, events []annotations.Event, changes []annotations.Change) error {
	backs := map[saying][]*annotations.Change{}
	for i := range events {
		e := &events[i]
		if e.Kind != annotations.EventAnnotate || e.Before == nil {
			continue
		}
		for k := range changes {
			if c := &changes[k]; c.Kind == e.Kind && c.Sentence == e.Sentence && c.Rev == e.Rev {
				was := saying{e.Sentence, e.Rev - 1}
				backs[was] = append(backs[was], c)
			}
		}
	}
	if len(backs) == 0 {
		return nil
	}
	sum, err := st.Summary(ctx, actor, events[0].Article)
	if err != nil || sum.Next == 0 {
		return err // every sentence has the words it ever had
	}
	q := Query{Article: events[0].Article, Actor: actor}
	if len(backs) == 1 {
		for was := range backs {
			q.Sentence = was.sentence
		}
	}
	for after := uint64(0); ; {
		list, next, err := st.Events(ctx, q, after, perRead)
		if err != nil {
			return err
		}
		for i := range list {
			e := &list[i]
			if e.Kind != annotations.EventAnnotate || e.Words.IsZero() {
				continue
			}
			for _, c := range backs[saying{e.Sentence, e.Rev}] {
				c.On = e.Words.Start()
			}
		}
		if len(list) == 0 || next <= after {
			return nil
		}
		after = next
	}
}
