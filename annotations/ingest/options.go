package ingest

// Check reports a format or an encoding that there is not, as an [*Error]; what
// [Read] would say of it for each input.
func (o Options) Check() error {
	j := &job{opt: o, label: "the options"}
	return j.checkOptions()
}
