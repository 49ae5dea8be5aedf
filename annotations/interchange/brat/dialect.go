package brat

import (
	"stet.example/stet/annotations/interchange"
)

// Format is the name on the command line.
const Format interchange.Format = "brat"

type dialect struct{}

// New gives brat's standoff format. It is safe for concurrent use.
func New() interchange.Dialect { return dialect{} }

// Format implements [interchange.Dialect].
func (dialect) Format() interchange.Format { return Format }
