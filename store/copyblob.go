package store

import (
	"context"
	"io"

	"stet.example/stet/annotations"
)

// CopyBlob implements [Store]. It writes from where the bytes lie in the file, and lets
// go of the memory through which that was read.
func (s *Bolt) CopyBlob(ctx context.Context, w io.Writer, h annotations.Hash) error {
	const perCopy = 4 // pieces: a held reader makes the file grow with every save
	for at, size := 0, 1; at < size; {
		err := s.read(ctx, func(t boltTx) error {
			var ok bool
			if size, ok = t.blobSize(h); !ok {
				return notFound("no blob %s in this store", h.Short())
			}
			var parts [][]byte // all are looked up before any is let go: that looks at pages, too
			for at < size && len(parts) < perCopy {
				piece := t.get(bBlobs, blobKey(h, uint32(at/blobPiece)))
				if len(piece) < min(blobPiece, size-at) {
					return pieceMissing(h)
				}
				parts = append(parts, piece)
				at += blobPiece
			}
			file := mapping{t.tx.DB().Info().Data, uintptr(t.tx.Size())}
			for _, piece := range parts {
				if _, err := w.Write(piece); err != nil {
					return err
				}
			}
			for _, piece := range parts {
				file.letGo(piece)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
