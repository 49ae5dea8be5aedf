package main

import (
	"context"

	"github.com/charmbracelet/x/term"

	"stet.example/stet/tui"
)

// showOrTalk shows the screens, or does the same in lines where those are asked
// for.
func (d *desk) showOrTalk(ctx context.Context, o tui.Options) error {
	if !d.plain() {
		return tui.Run(ctx, o)
	}
	if d.isTerminal(d.stdout) {
		o.Size.Width = widthOf(d.stdout)
	}
	o.Output = explained{d.stdout}
	return tui.RunPlain(ctx, o, d.isTerminal(d.stdin))
}

// widthOf is how many cells a terminal's line has; 0 when it does not tell.
func widthOf(stream any) int {
	f, ok := stream.(interface{ Fd() uintptr })
	if !ok {
		return 0
	}
	w, _, err := term.GetSize(f.Fd())
	if err != nil || w < 20 {
		return 0
	}
	return w
}
