package brat

// For the tests.
var (
	Pieces = pieces
	Whole  = whole
)
