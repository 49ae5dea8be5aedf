package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/tui"
)

func newReview(a *app) *cobra.Command {
	var o importOptions
	var against string
	c := &cobra.Command{
		Use:   "review [ARTICLE|FILE]",
		Short: "step through an article's sentences and tag them",
		Long: `Opens the review screen on an article of the store. A path of a file that exists
is imported first; a text that is there already is recognised. Without a name it
goes on where the reviewer was last.

With --against each sentence of a rewrite stands beside the sentence of the
original that it comes from, with the tags and rulings there; one key takes
them. The original is an article of the store, or a file that was imported: its
text tells which article it is. A revision stands beside the version before it
without being asked.

Every tag is on the disk before the screen says so; quitting never asks and
never loses anything.

With --plain (ACCESSIBLE=1) the same is done in lines, for screen readers, dumb
terminals and scripts: a line is one or more keys, a question is answered by a
line, the end of the input leaves.

` + exitWords,
		Example: `  stet review article.txt
  stet review harbour-post
  stet review rewrite.txt --against original.txt
  printf 's\nx\nq\n' | stet review --plain article.txt
  stet review`,
		Args: rangeArgs(0, 1, "one article or one file"),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			names, _ := a.completeArticle(cmd, args, word)
			return names, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runReview(cmd.Context(), a, o, against, args) },
	}
	f := c.Flags()
	f.StringVar(&against, "against", "", "the original of a rewrite, an `ARTICLE|FILE`")
	f.StringVar(&o.Title, "title", "", "of a file: its `TITLE`")
	f.StringVar(&o.Outlet, "outlet", "", "of a file: `NAME` of who published it")
	f.StringVar(&o.URL, "url", "", "of a file: the `ADDRESS` where it was published")
	f.StringVar(&o.Published, "published", "", "of a file: `DATE` of publication, as 2026-01-02")
	f.StringVar(&o.Lang, "lang", "", "of a file: its `LANGUAGE`; default: detected")
	f.StringVar(&o.Format, "format", "", "of a file: its `FORMAT`; default: detected")
	f.SortFlags = false
	return c
}

// noScreen says why the screens cannot be shown here, or "".
func (a *app) noScreen() string {
	switch {
	case !a.isTerminal(a.stdin):
		return "the input is no terminal"
	case !a.isTerminal(a.stdout):
		return "the output is no terminal"
	case a.getenv("TERM") == "dumb":
		return "TERM is dumb"
	case a.plain():
		return "--plain or ACCESSIBLE asks for lines, not screens"
	}
	return ""
}

// needScreen refuses to draw where that would only make a mess. Lines, when they
// are asked for, do anywhere.
func (a *app) needScreen() error {
	if a.plain() {
		return nil
	}
	if why := a.noScreen(); why != "" {
		return usage("the screens need a terminal: %s. Nothing was done. With --plain (ACCESSIBLE=1) the same is done in lines, anywhere. Everything has a command too: stet list, stet show ARTICLE, stet tag ARTICLE N TAG, stet undo; `stet help` lists them", why)
	}
	return nil
}

func runDesk(ctx context.Context, a *app) error {
	if err := a.needScreen(); err != nil {
		return err
	}
	return a.withStore(ctx, "desk", true, func(d *desk) error {
		return d.screen(ctx, annotations.Desk)
	})
}

func runReview(ctx context.Context, a *app, o importOptions, against string, args []string) error {
	if err := a.needScreen(); err != nil {
		return err
	}
	if err := o.check(nil); err != nil {
		return err
	}
	im, err := a.importer(o)
	if err != nil {
		return err
	}
	if len(args) == 1 {
		info, err := os.Stat(args[0])
		switch {
		case err == nil && info.IsDir():
			return usage("%s is a folder. Nothing was done. `stet import %s` brings its articles in, `stet` shows them", args[0], args[0])
		case err == nil:
			return a.reviewFile(ctx, im, against, args[0])
		case !errors.Is(err, fs.ErrNotExist) && filepath.Base(args[0]) != args[0]:
			return err
		}
	}
	err = a.withStore(ctx, "review", len(args) == 0, func(d *desk) error {
		if o.describes() {
			return d.noFileToDescribe(ctx, args)
		}
		id, err := d.toReview(ctx, args)
		if err != nil {
			return err
		}
		original, err := d.original(ctx, against)
		if err != nil {
			return err
		}
		return d.screenBeside(ctx, id, original)
	})
	if len(args) == 1 {
		err = a.noFileEither(args[0], err)
	}
	return err
}

// noFileToDescribe refuses what is said of a file where none is imported: it was passed
// over in silence.
func (d *desk) noFileToDescribe(ctx context.Context, args []string) error {
	if len(args) == 1 {
		if _, err := d.find(ctx, args[0]); err != nil {
			return norFile(err)
		}
	}
	return usage("--title, --outlet, --url, --published, --lang and --format are of a file that is imported, and this is none. Nothing was done. Leave them out: an article keeps what its import said")
}

// noFileEither puts the error of a store that is not there into other words where
// a name may have been a file's: there is no file of that name, and so the store
// was asked.
func (a *app) noFileEither(name string, err error) error {
	set, failed := a.settings()
	if failed != nil || a.shared != nil || !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if _, there := os.Stat(set.db.value); !errors.Is(there, fs.ErrNotExist) {
		return err
	}
	return fmt.Errorf("there is no file %s, and no store that could have an article of that name. Nothing was done. Check the path", show(name))
}

// norFile adds that there is no file either where the store has no article of a name.
func norFile(err error) error { return fmt.Errorf("%w; nor is there a file of that name", err) }

// reviewFile imports a file and opens it.
func (a *app) reviewFile(ctx context.Context, im *importer, against, path string) error {
	r, err := im.read(ctx, path)
	if err != nil {
		return err
	}
	return a.withStore(ctx, "review", against == "", func(d *desk) error {
		original, err := d.original(ctx, against) // first: without it nothing is brought in
		if err != nil {
			return err
		}
		done, err := d.bringIn(ctx, r.Article, im.book)
		if err != nil {
			return err
		}
		return d.screenBeside(ctx, done.ID, original)
	})
}

// toReview finds the article that was named, or the one to go on with. Desk
// stands for none yet.
func (d *desk) toReview(ctx context.Context, args []string) (annotations.ArticleID, error) {
	if len(args) == 1 {
		sum, err := d.find(ctx, args[0])
		if err != nil {
			return annotations.Desk, norFile(err)
		}
		if named, err := d.adoptedCodebook(); err != nil || named == nil {
			return sum.ID, err
		} else if err := d.adopt(ctx, sum.ID, named); err != nil {
			return sum.ID, err
		}
		return sum.ID, nil
	}
	last, _, err := d.Places(d.session.Actor)
	if err != nil {
		return annotations.Desk, err
	}
	if _, err := d.Summary(ctx, d.session.Actor, last.Article); err != nil {
		return annotations.Desk, nil // it was left for another store: show what there is
	}
	return last.Article, nil
}

// original is the article that --against names, as the store calls it or as a file that
// was imported; Desk for "". A file is known by its text: where it lies and what it is
// called may have changed since.
func (d *desk) original(ctx context.Context, name string) (annotations.ArticleID, error) {
	if name == "" {
		return annotations.Desk, nil
	}
	sum, err := d.find(ctx, name)
	if err == nil || !errors.Is(err, store.ErrNotFound) {
		return sum.ID, err
	}
	if info, failed := os.Stat(name); failed != nil || info.IsDir() {
		return annotations.Desk, fmt.Errorf("--against: %w. Nothing was done", norFile(err))
	}
	im, err := d.importer(importOptions{})
	if err != nil {
		return annotations.Desk, err
	}
	r, err := im.read(ctx, name)
	if err != nil {
		return annotations.Desk, fmt.Errorf("--against: %w", err)
	}
	sum, err = d.Summary(ctx, d.session.Actor, r.Article.ID)
	if errors.Is(err, store.ErrNotFound) {
		err = fmt.Errorf("--against: %s is a file that was not imported: there is nothing said of it to stand beside. Nothing was done. `stet import %s` brings it in", show(name), show(name))
	}
	return sum.ID, err
}

// screenBeside shows an article beside its original; Desk for none.
func (d *desk) screenBeside(ctx context.Context, article, original annotations.ArticleID) error {
	if original == annotations.Desk {
		return d.screen(ctx, article)
	}
	return d.screen(ctx, article, func(o *tui.Options) { o.Against = original })
}

// screen shows the screens until the reviewer leaves.
func (d *desk) screen(ctx context.Context, article annotations.ArticleID, opts ...func(*tui.Options)) error {
	giveBack()
	set, err := d.settings()
	if err != nil {
		return err
	}
	v, _ := d.build()
	state := d.stateFolder()
	if err := os.MkdirAll(state, 0o700); err != nil {
		state = os.TempDir()
	}
	im, err := d.importer(importOptions{})
	if err != nil {
		return err
	}
	o := tui.Options{
		Store: d.Store, Session: d.session, Article: article,
		Import: func(ctx context.Context, path string) (annotations.ArticleID, error) {
			r, err := im.read(ctx, path)
			if err != nil {
				return annotations.Desk, err
			}
			done, err := d.bringIn(ctx, r.Article, im.book)
			return done.ID, err
		},
		Warning: d.warning,
		Rescue:  filepath.Join(state, fmt.Sprintf("rescue-%s-%d.jsonl", d.clock().UTC().Format("20060102T150405"), os.Getpid())),
		Reports: state, Drafts: filepath.Join(state, "drafts"),
		Keys: set.keys, KeysAt: set.configPath,
		Color: d.flags.color, Theme: set.theme.value, Mouse: set.mouse,
		Version: v, Clock: d.clock, Input: d.stdin, Output: d.stdout, Environ: d.environ(),
		Suggest: set.suggest, Files: true, Editor: editorOf(set.editor.value),
		// Not at once, so that nothing falls into drawing the first frame; and before a long text is proved.
		Shown: func() { time.AfterFunc(8*time.Millisecond, countMemory) },
	}
	for _, set := range opts {
		set(&o)
	}
	var leave func()
	o.Company, leave = d.company()
	defer leave()
	return d.showOrTalk(ctx, o)
}

// editorOf runs the person's editor on a file, without a shell; nil when none is
// named.
func editorOf(command string) func(path string) *exec.Cmd {
	words := strings.Fields(command)
	if len(words) == 0 {
		return nil
	}
	return func(path string) *exec.Cmd {
		return exec.Command(words[0], append(words[1:], path)...) //nolint:gosec // the person's own setting
	}
}
