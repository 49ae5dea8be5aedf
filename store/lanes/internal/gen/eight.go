package main

import "fmt"

// eight writes the function for AVX2: eight lanes, the working variables in Y0 to
// Y7, the message schedule on the stack.
func (w *writer) eight() {
	const label, frame = "eight", 16 * 32
	w.line("// func eight(state *[8][8]uint32, data *[8]*byte, n int)")
	w.begin("eight", label, frame)
	for half := range 2 {
		w.columns8(half)
	}
	for i := range 8 {
		w.op("VMOVDQU", at(32*i, regState), y(i))
	}
	w.rounds(label, w.round8)
	for i := range 8 {
		w.op("VPADDD", at(32*i, regState), y(i), y(i))
		w.op("VMOVDQU", y(i), at(32*i, regState))
	}
	w.end(label)
}

func y(i int) string { return fmt.Sprintf("Y%d", i) }

// word is where word i of the schedule stands.
func word(i int) string { return at(32*(i%16), "SP") }

// columns8 loads half a block of each lane, turns rows into columns, and stores
// the words.
func (w *writer) columns8(half int) {
	rows := make([]string, 8)
	for i := range rows {
		rows[i] = y(i)
		w.op("MOVQ", at(8*i, regData), regRow)
		w.op("VMOVDQU", fmt.Sprintf("%d(%s)(%s*1)", 32*half, regRow, regAt), rows[i])
	}
	free := "Y8"
	pair := func(i, k int, low, high func(a, b, to string)) {
		a, b := rows[i], rows[k]
		low(a, b, free)
		high(a, b, b)
		rows[i], rows[k], free = free, b, a
	}
	plain := func(name string) func(a, b, to string) {
		return func(a, b, to string) { w.op(name, b, a, to) }
	}
	halves := func(which int) func(a, b, to string) {
		return func(a, b, to string) { w.op("VPERM2I128", which, b, a, to) }
	}
	for i := 0; i < 8; i += 2 {
		pair(i, i+1, plain("VPUNPCKLDQ"), plain("VPUNPCKHDQ"))
	}
	for i := 0; i < 8; i += 4 {
		pair(i, i+2, plain("VPUNPCKLQDQ"), plain("VPUNPCKHQDQ"))
		pair(i+1, i+3, plain("VPUNPCKLQDQ"), plain("VPUNPCKHQDQ"))
	}
	for i := range 4 {
		pair(i, i+4, halves(0x20), halves(0x31))
	}
	w.op("VMOVDQU", "·swap<>(SB)", free)
	for c := range 8 {
		r := rows[[]int{0, 2, 1, 3}[c%4]+c/4*4]
		w.op("VPSHUFB", free, r, r)
		w.op("VMOVDQU", r, word(8*half+c))
	}
}

// round8 writes round i of sixteen, and makes word i of the next sixteen.
func (w *writer) round8(i int, schedule bool) {
	v := func(name int) string { return y(variable(name, i)) }
	a, b, c, d, e, f, g, h := v(0), v(1), v(2), v(3), v(4), v(5), v(6), v(7)
	w.op("VPBROADCASTD", at(4*i, regK), "Y8")
	w.op("VMOVDQU", word(i), "Y14")
	w.op("VPADDD", "Y14", "Y8", "Y8")
	w.op("VPADDD", "Y8", h, h)
	w.sigma8(e, "Y9", "Y10", 6, 11, 25)
	w.op("VPXOR", f, g, "Y11") // choice: g, and where e is set what f has otherwise
	w.op("VPAND", e, "Y11", "Y11")
	w.op("VPXOR", g, "Y11", "Y11")
	w.op("VPADDD", "Y9", h, h)
	w.op("VPADDD", "Y11", h, h)
	w.op("VPADDD", h, d, d)
	w.sigma8(a, "Y9", "Y10", 2, 13, 22)
	w.op("VPOR", b, c, "Y11") // majority
	w.op("VPAND", a, "Y11", "Y11")
	w.op("VPAND", b, c, "Y12")
	w.op("VPOR", "Y12", "Y11", "Y11")
	w.op("VPADDD", "Y9", h, h)
	w.op("VPADDD", "Y11", h, h)
	if !schedule {
		return
	}
	w.op("VMOVDQU", word(i+1), "Y13")
	w.op("VPADDD", word(i+9), "Y14", "Y14")
	w.op("VPSRLD", 3, "Y13", "Y9")
	w.turned8("Y13", "Y9", "Y10", 7, 18)
	w.op("VPADDD", "Y9", "Y14", "Y14")
	w.op("VMOVDQU", word(i+14), "Y13")
	w.op("VPSRLD", 10, "Y13", "Y9")
	w.turned8("Y13", "Y9", "Y10", 17, 19)
	w.op("VPADDD", "Y9", "Y14", "Y14")
	w.op("VMOVDQU", "Y14", word(i))
}

// sigma8 mixes three rotations of x into to.
func (w *writer) sigma8(x, to, t string, r1, r2, r3 int) {
	w.op("VPSRLD", r1, x, to)
	w.op("VPSLLD", 32-r1, x, t)
	w.op("VPXOR", t, to, to)
	w.turned8(x, to, t, r2, r3)
}

// turned8 mixes rotations of x into what to holds.
func (w *writer) turned8(x, to, t string, by ...int) {
	for _, r := range by {
		w.op("VPSRLD", r, x, t)
		w.op("VPXOR", t, to, to)
		w.op("VPSLLD", 32-r, x, t)
		w.op("VPXOR", t, to, to)
	}
}
