package main

import "fmt"

// sixteen writes the function for AVX-512 (F and BW): sixteen lanes, the working
// variables in Z0 to Z7, the message schedule in Z16 to Z31, and rotations and
// functions of three words as one instruction each.
func (w *writer) sixteen() {
	const label = "sixteen"
	w.line("// func sixteen(state *[8][16]uint32, data *[16]*byte, n int)")
	w.begin("sixteen", label, 0)
	words := w.columns16()
	for i := range 8 {
		w.op("VMOVDQU32", at(64*i, regState), z(i))
	}
	w.rounds(label, func(i int, schedule bool) { w.round16(words, i, schedule) })
	for i := range 8 {
		w.op("VPADDD", at(64*i, regState), z(i), z(i))
		w.op("VMOVDQU32", z(i), at(64*i, regState))
	}
	w.end(label)
}

func z(i int) string { return fmt.Sprintf("Z%d", i) }

func at(offset int, reg string) string { return fmt.Sprintf("%d(%s)", offset, reg) }

// The ways in which three words become one, as truth tables.
const (
	parity   = 0x96
	choice   = 0xCA // the first word chooses between the other two
	majority = 0xE8
)

// columns16 loads a block of each lane and turns rows into columns. It returns the
// registers of the sixteen words.
func (w *writer) columns16() []string {
	rows := make([]string, 16)
	for i := range rows {
		rows[i] = z(16 + i)
		w.op("MOVQ", at(8*i, regData), regRow)
		w.op("VMOVDQU32", fmt.Sprintf("(%s)(%s*1)", regRow, regAt), rows[i])
	}
	free := "Z0"
	// pair puts two mixtures of rows i and k in their places.
	pair := func(i, k int, low, high func(a, b, to string)) {
		a, b := rows[i], rows[k]
		low(a, b, free)
		high(a, b, b)
		rows[i], rows[k], free = free, b, a
	}
	plain := func(name string) func(a, b, to string) {
		return func(a, b, to string) { w.op(name, b, a, to) }
	}
	quarters := func(which int) func(a, b, to string) {
		return func(a, b, to string) { w.op("VSHUFI32X4", which, b, a, to) }
	}
	for i := 0; i < 16; i += 2 {
		pair(i, i+1, plain("VPUNPCKLDQ"), plain("VPUNPCKHDQ"))
	}
	for i := 0; i < 16; i += 4 {
		pair(i, i+2, plain("VPUNPCKLQDQ"), plain("VPUNPCKHQDQ"))
		pair(i+1, i+3, plain("VPUNPCKLQDQ"), plain("VPUNPCKHQDQ"))
	}
	// Of each four registers, the columns that they hold are now, in order of their
	// place: 0, 2, 1, 3, and each quarter of a register is of another four columns.
	for _, i := range []int{0, 1, 2, 3, 8, 9, 10, 11} {
		pair(i, i+4, quarters(0x88), quarters(0xDD))
	}
	for i := range 8 {
		pair(i, i+8, quarters(0x88), quarters(0xDD))
	}
	words := make([]string, 16)
	for c := range words {
		within := []int{0, 2, 1, 3}[c%4]
		words[c] = rows[[]int{0, 4, 8, 12}[c/4]+within]
	}
	w.op("VMOVDQU32", "·swap<>(SB)", free)
	for _, r := range words {
		w.op("VPSHUFB", free, r, r)
	}
	if free != "Z0" { // Z0 to Z7 are wanted now: the word there moves out
		for c := range words {
			if words[c] == "Z0" {
				w.op("VMOVDQA32", "Z0", free)
				words[c] = free
			}
		}
	}
	return words
}

// round16 writes round i of sixteen, and makes word i of the next sixteen.
func (w *writer) round16(words []string, i int, schedule bool) {
	v := func(name int) string { return z(variable(name, i)) }
	a, b, c, d, e, f, g, h := v(0), v(1), v(2), v(3), v(4), v(5), v(6), v(7)
	w.op("VPADDD.BCST", at(4*i, regK), words[i], "Z8")
	w.sigma16(e, "Z9", "Z10", "Z11", 6, 11, 25)
	w.op("VMOVDQA32", e, "Z12")
	w.op("VPTERNLOGD", choice, g, f, "Z12")
	w.op("VPADDD", "Z8", h, h)
	w.op("VPADDD", "Z9", "Z12", "Z12")
	w.op("VPADDD", "Z12", h, h)
	w.op("VPADDD", h, d, d)
	w.sigma16(a, "Z9", "Z10", "Z11", 2, 13, 22)
	w.op("VMOVDQA32", a, "Z12")
	w.op("VPTERNLOGD", majority, c, b, "Z12")
	w.op("VPADDD", "Z9", "Z12", "Z12")
	w.op("VPADDD", "Z12", h, h)
	if !schedule {
		return
	}
	early, late := words[(i+1)%16], words[(i+14)%16]
	w.op("VPRORD", 7, early, "Z13")
	w.op("VPRORD", 18, early, "Z14")
	w.op("VPSRLD", 3, early, "Z15")
	w.op("VPTERNLOGD", parity, "Z15", "Z14", "Z13")
	w.op("VPADDD", words[(i+9)%16], words[i], words[i])
	w.op("VPADDD", "Z13", words[i], words[i])
	w.op("VPRORD", 17, late, "Z13")
	w.op("VPRORD", 19, late, "Z14")
	w.op("VPSRLD", 10, late, "Z15")
	w.op("VPTERNLOGD", parity, "Z15", "Z14", "Z13")
	w.op("VPADDD", "Z13", words[i], words[i])
}

// sigma16 mixes three rotations of x into to.
func (w *writer) sigma16(x, to, t1, t2 string, r1, r2, r3 int) {
	w.op("VPRORD", r1, x, to)
	w.op("VPRORD", r2, x, t1)
	w.op("VPRORD", r3, x, t2)
	w.op("VPTERNLOGD", parity, t2, t1, to)
}
