// Package labelstudio writes and reads the tasks of Label Studio.
//
// # Files
//
// NAME.labelstudio.json for each article, a list of one task, and
// label_config.xml, the labelling configuration that all of them need: paste it
// into the project before importing. Positions count code points, half-open;
// value.text is exactly text[start:end].
//
// Each reviewer's work is one annotation of the task. completed_by is left out,
// since Label Studio refuses a whole import for one that it does not know; the
// name stands in the meta of each region, which Label Studio shows and keeps. A
// sentence with a tag is a region whose id is the sentence's (s014); source, cue
// and content are regions of their own; note, verdict, rule, flags and marks
// hang on the sentence's region. A link between two sentences that the reviewer
// has tagged is a relation. The task's data holds the packs of what each reviewer
// said (stet), how the text is cut into sentences (stet_cuts) and what else is known
// of the article (stet_about), which Label Studio hands on unchanged.
//
// With [interchange.Options].Suggest the suggestions of package attribution are
// written as a prediction.
//
// # Reading
//
// What Label Studio exports as JSON, or as JSON-MIN, where relations and notes
// on regions are missing. The reviewer is the one that the regions
// name, else completed_by: an e-mail or a name where there is one, else "Label
// Studio user 7". Predictions, drafts and cancelled annotations are left aside.
// A line end in value.text may be a backslash and an n, as the editor writes it.
// Regions in HTML, in paragraphs, in images and the like are refused by name.
package labelstudio
