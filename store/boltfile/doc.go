// Package boltfile reads bbolt data files with plain reads, so that a damaged
// file becomes a sentence and never a crash.
//
// bbolt maps its file into memory and trusts what it finds there: a flipped bit
// in a page header ends in a panic, a bus error or an endless loop. This package
// stands in front of bolt.Open. It reads through an [io.ReaderAt], imports
// nothing but the standard library, and treats every byte as possibly wrong.
//
// # The promise
//
//   - Whatever bytes it is given, no function here panics or hangs. Work is
//     bounded by the size of the file: a walk visits each page at most once and
//     stops when it has read eight times the file. Memory is bounded by two bits
//     a page, one page for each level of the tree (at most 40), a window of
//     2 MiB and the names of buckets still to be walked.
//   - [Quick] and [Inspect] judge the two meta pages and the headers of the root
//     and freelist pages. They cost a handful of reads.
//   - [Check] walks everything the newest commit can reach. A file it finds
//     without damage can be opened, read and written by bbolt. What it cannot
//     see is listed below.
//   - [Salvage] hands out every record that can still be read.
//   - [CopyCommit] writes one of the two commits a file holds to a new file.
//
// No function writes to the file it examines, and none takes a lock: the caller
// makes sure that nobody writes meanwhile. A file that changes under a walk may
// be called damaged; it can still not cause a panic.
//
// # The format
//
// Taken from the source of bbolt 1.5.0 (internal/common, node.go, tx.go,
// internal/freelist). Integers are in the byte order of the machine. The file is
// an array of pages of one size, a power of two. Page n begins at n × page size
// and may run on over the following pages ("overflow").
//
//	header   id u64 · flags u16 (1 branch, 2 leaf, 4 meta, 16 freelist) · count u16 · overflow u32
//	meta     magic u32 0xED0CDAED · version u32 2 · page size u32 · flags u32 · root u64 ·
//	         sequence u64 · freelist u64 · high water u64 · txid u64 · FNV-1a of the 56 bytes before it
//	branch   count × (pos u32 · key size u32 · child u64), then the keys
//	leaf     count × (flags u32 · pos u32 · key size u32 · value size u32), then key, value, key, value …
//	freelist count × page id u64, ascending; count 0xFFFF: the first u64 is the true count
//	bucket   a leaf element with flag 1; its value is root u64 · sequence u64;
//	         root 0: a leaf page with id 0 follows in the value ("inline bucket")
//
// pos counts from the start of its element. Pages 0 and 1 are the metas; a
// commit with txid t goes to page t mod 2, so the file names the newest commit
// and the one before it.
//
// # Rules beyond what bbolt asserts
//
// Every bbolt, and the older bolt, writes pages in one way only. Check holds
// pages to that way, because a flipped bit in a size or an offset seldom keeps to it:
//
//   - records are packed: each begins where the one before it ends, the first
//     right after the element table; an inline bucket fills its value exactly;
//   - a page has no more overflow than its records need (older versions add one
//     page when they fill the last exactly);
//   - a branch has two children or more; the key it keeps for a child is that
//     child's first key, for bbolt finds the child by it when it saves;
//   - all leaves of a bucket are equally deep;
//   - a page is zero after its last record (a warning);
//   - each page below the high water mark is in use once or free, never both;
//     neither is a leak (a warning);
//   - the freelist ascends; the root bucket holds buckets only; an inline bucket
//     holds none;
//   - the txids of the metas differ by 1, or by 2 after a backup by
//     bolt.Tx.WriteTo (else a warning).
//
// # Where it fails
//
// bbolt keeps no checksums on data pages. A flip inside the bytes of a key or a
// value, in the size of the last value of a page (if room is left), or in the
// sequence of a bucket goes unseen unless it breaks the order of keys. A page
// that was never written, so that an older leaf with the same first key and
// fitting keys stands in its place, goes unseen too, and so does a save whose
// meta page never arrived. Records must therefore prove themselves, by a hash of
// their own. Page sizes from 1 KiB to 16 MiB are read, keys up to 64 KiB, and
// buckets nested 1,000 deep. Files written on a machine of the other byte order
// are recognised, not read, as in bbolt.
package boltfile
