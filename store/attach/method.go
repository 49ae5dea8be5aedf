package attach

import (
	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// method names a method of the store on the wire. Numbers are part of the
// protocol and never reused.
type method uint8

const (
	mAppend   method = 1
	mPutBlob  method = 2
	mBlob     method = 3
	mArticles method = 4
	mLookup   method = 5
	mSummary  method = 6
	mState    method = 7
	mEvents   method = 8
	mTeam     method = 9
	mEvidence method = 10
	mSecret   method = 11
	mUndoable method = 12
	mTail     method = 13
	mSetPlace method = 14
	mPlaces   method = 15
	mSeal     method = 16
	mSeals    method = 17
	mVerify   method = 18
	mExport   method = 19
	mStat     method = 20
	mRecords  method = 21
	mChain    method = 22
	mCrowd    method = 23
	mStand    method = 24
	mList     method = 25
	mRevised  method = 26
	mItem     method = 27
)

// none is the body of what takes or gives nothing.
type none struct {
	_ struct{} `cbor:",toarray"`
}

type blobArgs struct {
	_    struct{} `cbor:",toarray"`
	Hash annotations.Hash
	Off  int
	N    int
}

type articlesArgs struct {
	_        struct{} `cbor:",toarray"`
	Reviewer string
	After    annotations.ArticleID
	Limit    int
}

type listArgs struct {
	_     struct{} `cbor:",toarray"`
	By    store.Order
	After store.Listed
	Limit int
}

type revisedArgs struct {
	_     struct{} `cbor:",toarray"`
	Of    annotations.ArticleID
	Limit int
}

type summaryArgs struct {
	_        struct{} `cbor:",toarray"`
	Reviewer string
	ID       annotations.ArticleID
}

type stateArgs struct {
	_        struct{} `cbor:",toarray"`
	ID       annotations.ArticleID
	From, To annotations.SentenceID
	Limit    int
}

type eventsArgs struct {
	_     struct{} `cbor:",toarray"`
	Query store.Query
	After uint64
	Limit int
}

type eventsResult struct {
	_      struct{} `cbor:",toarray"`
	Events []annotations.Event
	Next   uint64
}

type evidenceArgs struct {
	_     struct{} `cbor:",toarray"`
	After annotations.EvidenceID
	Limit int
}

type undoableArgs struct {
	_     struct{} `cbor:",toarray"`
	Actor string
	Mode  annotations.Mode
}

type undoableResult struct {
	_      struct{} `cbor:",toarray"`
	Done   annotations.Done
	Events []annotations.Event
}

type placeArgs struct {
	_        struct{} `cbor:",toarray"`
	Reviewer string
	Place    store.Place
}

type placesResult struct {
	_    struct{} `cbor:",toarray"`
	Last store.Place
	By   map[annotations.ArticleID]annotations.SentenceID
}

type fromArgs struct {
	_     struct{} `cbor:",toarray"`
	From  uint64
	Limit int
}

type chainArgs struct {
	_       struct{} `cbor:",toarray"`
	Article annotations.ArticleID
	After   uint64
	Limit   int
}

type progress struct {
	_           struct{} `cbor:",toarray"`
	Done, Total uint64
}
