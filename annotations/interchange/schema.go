package interchange

import _ "embed" // the schema

//go:embed schema/stet-export-1.schema.json
var schema string

// Schema returns the JSON Schema (2020-12) of the native format.
func Schema() []byte { return []byte(schema) }
