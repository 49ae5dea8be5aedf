package main

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/tui/learn"
)

// lessons is what is remembered of the lesson. Several may learn under one account.
type lessons struct {
	Learners map[string]lesson `json:"learners,omitempty"`
	Step     int               `json:"step,omitempty"` // of files that name no learner: everybody's
}

// lesson is what is remembered of one learner.
type lesson struct {
	Step int                                               `json:"step"`           // that comes next, from 1
	Said map[annotations.SentenceID]annotations.Annotation `json:"said,omitempty"` // in the last step, which takes longest
}

func (a *app) lessonFile() string { return filepath.Join(a.stateFolder(), "learn.json") }

// lessons reads what is remembered. What cannot be read counts as nothing.
func (a *app) lessons() lessons {
	var l lessons
	b, err := os.ReadFile(a.lessonFile())
	if err != nil || json.Unmarshal(b, &l) != nil {
		return lessons{}
	}
	return l
}

// lessonOf is where a learner left the lesson, else its beginning.
func (a *app) lessonOf(who string) lesson {
	all := a.lessons()
	l, known := all.Learners[who]
	if !known {
		l = lesson{Step: all.Step}
	}
	if l.Step < 1 || l.Step > learn.Count {
		return lesson{Step: 1}
	}
	return l
}

// keepLessonStep remembers how many steps are done; a whole lesson begins anew.
func (a *app) keepLessonStep(who string, done int) error {
	return a.keepLesson(who, func(l *lesson) {
		if l.Step = done%learn.Count + 1; done == learn.Count {
			l.Said = nil
		}
	})
}

// keepLessonSaid remembers what a learner has said when the last step is at hand. Items of
// evidence and the words of confidential notes are the store's, which is thrown away.
func (a *app) keepLessonSaid(who string, said map[annotations.SentenceID]annotations.Annotation) error {
	return a.keepLesson(who, func(l *lesson) {
		l.Step, l.Said = learn.Count, map[annotations.SentenceID]annotations.Annotation{}
		for id, now := range said {
			if now.Evidence, now.Confidential = nil, nil; !now.IsZero() {
				l.Said[id] = now
			}
		}
	})
}

func (a *app) keepLesson(who string, change func(*lesson)) error {
	all, l := a.lessons(), a.lessonOf(who)
	change(&l)
	if all.Learners == nil {
		all.Learners = map[string]lesson{}
	}
	all.Learners[who] = l
	b, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(a.lessonFile()), 0o700); err != nil {
		return err
	}
	return replaceFile(a.lessonFile(), append(b, '\n')) // whole or not at all: what was said is in it
}

// sayAgain says in this lesson's store what was said in the last step before.
func (t *tutor) sayAgain(said map[annotations.SentenceID]annotations.Annotation) error {
	if len(said) == 0 {
		return nil
	}
	book := codebook.Builtin().Hash
	var whole, tags []annotations.Change
	for _, id := range slices.Sorted(maps.Keys(said)) {
		now := said[id]
		now.Codebook, now.Evidence, now.Confidential = book, nil, nil
		tag := annotations.Annotation{Tag: now.Tag, Codebook: book}
		whole = append(whole, annotations.Change{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: id, Annotation: &now})
		if slices.ContainsFunc(learn.Key(), func(k learn.Answer) bool { return k.Sentence == id }) && tag.Tag != "" {
			tags = append(tags, annotations.Change{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: id, Annotation: &tag})
		}
	}
	_, err := t.desk.do(t.ctx, t.desk.session, t.article, whole...)
	if errors.Is(err, store.ErrInvalid) && len(tags) > 0 { // it leads to a sentence that was split off then
		_, err = t.desk.do(t.ctx, t.desk.session, t.article, tags...)
	}
	if errors.Is(err, store.ErrInvalid) {
		return nil // the file was changed by hand: the step begins anew
	}
	if err != nil {
		return err
	}
	t.Notice(t.article, t.state.Place)
	t.praise = "What you said in this step before is here again."
	return t.err
}
