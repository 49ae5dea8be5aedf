package interchange

// The structs of this file are the native format, field by field, in the order
// in which they are written. doc.go says what each means and the schema what
// it may hold. Hashes and keys are plain strings here so that a wrong one is
// reported with its place instead of stopping the decoder.

type wireGenerator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// wireHead is the file without its lists, which are streamed.
type wireHead struct {
	Schema    string        `json:"$schema"`
	Format    string        `json:"format"`
	Version   int           `json:"version"`
	Generator wireGenerator `json:"generator"`
	Exported  string        `json:"exported"`
}

type wireFile struct {
	wireHead
	Codebooks []wireCodebook `json:"codebooks"`
	Articles  []wireArticle  `json:"articles"`
}

type wireCodebook struct {
	Name        string           `json:"name"`
	Version     string           `json:"version"`
	Language    string           `json:"language,omitempty"`
	Hash        string           `json:"hash"`
	Tags        []wireTag        `json:"tags"`
	Rules       []wireRule       `json:"rules"`
	Flags       []wireFlag       `json:"flags"`
	SourceKinds []wireSourceKind `json:"sourceKinds"`
	Source      string           `json:"source"`
}

type wireTag struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Key        string   `json:"key"`
	Letter     string   `json:"letter"`
	Color      string   `json:"color"`
	Definition string   `json:"definition"`
	Needs      []string `json:"needs,omitempty"`
	Wants      []string `json:"wants,omitempty"`
}

type wireRule struct {
	ID    string `json:"id"`
	Tag   string `json:"tag"`
	Name  string `json:"name"`
	Words string `json:"words"`
}

type wireFlag struct {
	ID    string `json:"id"`
	Words string `json:"words"`
}

type wireSourceKind struct {
	ID    string `json:"id"`
	Short string `json:"short"`
	Words string `json:"words"`
}

// wireArticleHead is an article without its lists, which are streamed.
type wireArticleHead struct {
	ID        string         `json:"id"`
	Key       string         `json:"key,omitempty"`
	Title     string         `json:"title,omitempty"`
	Outlet    string         `json:"outlet,omitempty"`
	Byline    string         `json:"byline,omitempty"`
	Published string         `json:"published,omitempty"`
	URL       string         `json:"url,omitempty"`
	Language  string         `json:"language,omitempty"`
	Revision  int            `json:"revision,omitempty"`
	Parent    string         `json:"parent,omitempty"`
	Imported  *wireOriginal  `json:"imported,omitempty"`
	Codebook  string         `json:"codebook,omitempty"`
	Text      string         `json:"text"`
	TextHash  string         `json:"textSHA256"`
	Assigned  []string       `json:"assigned,omitempty"`
	Reviewers []string       `json:"reviewers,omitempty"`
	Evidence  []wireEvidence `json:"evidence,omitempty"`
}

type wireArticle struct {
	wireArticleHead
	Sentences  []wireSentence `json:"sentences"`
	Links      []wireLink     `json:"links,omitempty"`
	CrossLinks []wireLink     `json:"crossLinks,omitempty"`
	HistoryOf  string         `json:"historyOf,omitempty"`
	History    []wireEvent    `json:"history,omitempty"`
}

type wireOriginal struct {
	File     string `json:"file,omitempty"`
	Format   string `json:"format,omitempty"`
	Encoding string `json:"encoding,omitempty"`
	Bytes    int64  `json:"bytes,omitempty"`
	SHA256   string `json:"sha256,omitempty"`
}

// wireRange is a half-open range into the article's text, in three units.
type wireRange struct {
	CodePoint [2]int `json:"codepoint"`
	UTF16     [2]int `json:"utf16"`
	Byte      [2]int `json:"byte"`
}

// wireSpan is a range with the words that stand there.
type wireSpan struct {
	Text  string    `json:"text"`
	Range wireRange `json:"range"`
}

type wireSentence struct {
	ID        string    `json:"id"`
	Index     int       `json:"index"`
	Kind      string    `json:"kind,omitempty"`
	Paragraph uint32    `json:"paragraph"`
	Text      string    `json:"text"`
	Range     wireRange `json:"range"`
	Dateline  *wireSpan `json:"dateline,omitempty"`

	wireSummary

	Annotations []wireAnnotation `json:"annotations,omitempty"`
	Ruling      *wireRuling      `json:"ruling,omitempty"`
}

// wireSummary is what a client reads that wants one tag a sentence.
type wireSummary struct {
	Tag      *string        `json:"tag"`
	Decided  string         `json:"decided,omitempty"`
	By       string         `json:"by,omitempty"`
	Updated  string         `json:"updated,omitempty"`
	Note     string         `json:"note,omitempty"`
	Evidence []wireEvidence `json:"evidence,omitempty"`
}

type wireAnnotation struct {
	By           string            `json:"by,omitempty"`
	Tag          *string           `json:"tag"`
	Rule         string            `json:"rule,omitempty"`
	Codebook     string            `json:"codebook,omitempty"`
	Attributions []wireAttribution `json:"attributions,omitempty"`
	Evidence     []wireUse         `json:"evidence,omitempty"`
	Links        []wireTo          `json:"links,omitempty"`
	Inside       bool              `json:"inside,omitempty"`
	Flags        []string          `json:"flags,omitempty"`
	Note         string            `json:"note,omitempty"`
	Verdict      string            `json:"verdict,omitempty"`
	Confidential *wireSealed       `json:"confidential,omitempty"`
	Unsure       bool              `json:"unsure,omitempty"`
	Check        string            `json:"check,omitempty"`
	Rev          uint64            `json:"rev,omitempty"`
	Words        string            `json:"words,omitempty"` // only where the sentence was cut since
	Updated      string            `json:"updated,omitempty"`
}

type wireAttribution struct {
	Source  []wireSpan `json:"source,omitempty"`
	Cue     []wireSpan `json:"cue,omitempty"`
	Content []wireSpan `json:"content,omitempty"`
	Name    string     `json:"name,omitempty"`
	Kind    string     `json:"kind,omitempty"`
	Count   int        `json:"count,omitempty"`
	Hops    int        `json:"hops,omitempty"`
	Terms   string     `json:"terms,omitempty"`
}

type wireUse struct {
	ID     string `json:"id"`
	Stance string `json:"stance"`
}

// wireTo is a link as its sentence says it.
type wireTo struct {
	Type      string   `json:"type"`
	Manner    string   `json:"manner,omitempty"`
	To        string   `json:"to"`
	ToArticle string   `json:"toArticle,omitempty"`
	ToPlace   *wireFar `json:"toPlace,omitempty"` // in that article
	Note      string   `json:"note,omitempty"`
}

// wireLink is a link in the article's list, for clients that draw graphs.
type wireLink struct {
	ID        string `json:"id"`
	From      string `json:"from"`
	To        string `json:"to"`
	ToArticle string `json:"toArticle,omitempty"`
	Type      string `json:"type"`
	Manner    string `json:"manner,omitempty"`
	Note      string `json:"note,omitempty"`
	By        string `json:"by,omitempty"`
}

type wireSealed struct {
	Digest string `json:"digest"`
	Salt   string `json:"salt,omitempty"`
	Text   string `json:"text,omitempty"`
}

type wireEvidence struct {
	ID       string `json:"id,omitempty"`
	Stance   string `json:"stance,omitempty"`
	URL      string `json:"url,omitempty"`
	File     string `json:"file,omitempty"`
	Locator  string `json:"locator,omitempty"`
	Quote    string `json:"quote,omitempty"`
	Accessed string `json:"accessed,omitempty"`
	Copy     string `json:"copySHA256,omitempty"`
	Archived string `json:"archived,omitempty"`
	Note     string `json:"note,omitempty"`
}

type wireRuling struct {
	Verdict  string `json:"verdict"`
	Tag      string `json:"tag,omitempty"`
	Rule     string `json:"rule,omitempty"`
	Codebook string `json:"codebook,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Reviewer string `json:"reviewer,omitempty"`
	By       string `json:"by,omitempty"`
	Rev      uint64 `json:"rev,omitempty"`
	Words    string `json:"words,omitempty"` // in the history always; else only where the sentence was cut since
	Updated  string `json:"updated,omitempty"`
}

type wireAct struct {
	Session string `json:"session"`
	N       uint64 `json:"n"`
}

type wireEvent struct {
	Pos          uint64          `json:"pos"`
	Seq          uint64          `json:"seq"`
	Kind         string          `json:"kind"`
	Time         string          `json:"time"`
	Actor        string          `json:"actor,omitempty"`
	Act          wireAct         `json:"act"`
	Mode         string          `json:"mode"`
	Of           *wireAct        `json:"of,omitempty"`
	Sentence     string          `json:"sentence,omitempty"`
	Unit         string          `json:"unit,omitempty"`
	Words        string          `json:"words,omitempty"`
	Verb         string          `json:"verb,omitempty"`
	Reason       string          `json:"reason,omitempty"`
	Tool         string          `json:"tool,omitempty"`
	Codebook     string          `json:"codebook,omitempty"`
	Rev          uint64          `json:"rev,omitempty"`
	Offered      string          `json:"offered,omitempty"`
	Before       *wireAnnotation `json:"before,omitempty"`
	After        *wireAnnotation `json:"after,omitempty"`
	RulingBefore *wireRuling     `json:"rulingBefore,omitempty"`
	RulingAfter  *wireRuling     `json:"rulingAfter,omitempty"`
	Evidence     *wireEvidence   `json:"evidence,omitempty"`
	Meta         *wireMeta       `json:"meta,omitempty"`
	Cut          *wireCut        `json:"cut,omitempty"`
	Assigned     []string        `json:"assigned,omitempty"`
	Finish       *wireFinish     `json:"finish,omitempty"`
	Recovered    bool            `json:"recovered,omitempty"`
	Prev         string          `json:"prev,omitempty"`
	Hash         string          `json:"hash,omitempty"`
}

type wireFinish struct {
	Reviewer string `json:"reviewer"`
	Done     bool   `json:"done"`
}

type wireCut struct {
	Was     wireTable      `json:"was"`
	Now     wireTable      `json:"now"`
	Next    string         `json:"next"`
	Touched []wireUnitEdit `json:"touched"`
}

type wireTable struct {
	Hash   string `json:"sha256"`
	Units  int    `json:"sentences"`
	Needed int    `json:"required"`
}

type wireUnitEdit struct {
	Sentence string `json:"sentence"`
	Was      string `json:"was,omitempty"`
	Now      string `json:"now,omitempty"`
}

// wireMeta is an article as an import event records it.
type wireMeta struct {
	ID        string        `json:"id"`
	Key       string        `json:"key"`
	Title     string        `json:"title,omitempty"`
	Outlet    string        `json:"outlet,omitempty"`
	Byline    string        `json:"byline,omitempty"`
	Published string        `json:"published,omitempty"`
	URL       string        `json:"url,omitempty"`
	Language  string        `json:"language,omitempty"`
	Revision  int           `json:"revision"`
	Parent    string        `json:"parent,omitempty"`
	Imported  *wireOriginal `json:"imported,omitempty"`
	Codebook  string        `json:"codebook,omitempty"`
	TextHash  string        `json:"textSHA256"`
	TextBytes int           `json:"textBytes"`
	Sentences int           `json:"sentences"`
	Required  int           `json:"required"`
	Table     string        `json:"tableSHA256"`
	Next      string        `json:"next,omitempty"` // the first ID that no unit ever had, where some were given up
	Assigned  []string      `json:"assigned,omitempty"`
}
