// Package paint puts rows on a terminal, at once: a frame is on its way as soon
// as it was drawn, and not at the next tick of a clock.
//
// A [Painter] keeps what the terminal shows and sends the difference, worked out
// by ultraviolet's renderer: cells, wide ones among them, are the same that the
// stock renderer of Bubble Tea makes. Around that it keeps three rules:
//
//   - Who draws never waits for the terminal. One goroutine writes; a frame that
//     comes while it writes is not drawn, and the caller is asked for a newer one
//     afterwards. A slow line gets fewer frames, never older ones.
//   - Frames take at most half of the time: two may follow each other, as a key's and
//     the one that says it is saved; a third that comes sooner than twice the time that
//     they took is put off until then ([Painter.Ready]). Keys typed ahead, or a
//     pasted text, are worked through and shown together.
//   - What was switched on is switched off: [Painter.Leave] gives the terminal back
//     as [Painter.Enter] found it, also after a fault.
//
// Raw mode and the window's size are asked of the terminal here as well, because
// Bubble Tea leaves both to its renderer. On Windows that is not done ([Direct]
// is false), and the stock renderer is used.
package paint
