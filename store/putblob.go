package store

import (
	"context"

	"stet.example/stet/annotations"
)

// PutBlob implements [Store]. Pieces go in over several commits of at most 8
// MiB; the length goes last and makes it a blob.
func (s *Bolt) PutBlob(ctx context.Context, data string) (annotations.Hash, error) {
	h := annotations.HashOf(data)
	if len(data) == 0 || len(data) > annotations.MaxText {
		return h, invalid("a blob of %d bytes", len(data))
	}
	known := false
	if err := s.read(ctx, func(t boltTx) error { _, known = t.blobSize(h); return nil }); err != nil || known {
		return h, err
	}
	const perCommit = 128
	pieces := (len(data) + blobPiece - 1) / blobPiece
	for i := 0; i < pieces; i += perCommit {
		err := s.update(ctx, func(t boltTx) error {
			for k := i; k < min(pieces, i+perCommit); k++ {
				if err := t.putBlobPiece(h, uint32(k), []byte(data[k*blobPiece:min(len(data), (k+1)*blobPiece)])); err != nil {
					return err
				}
			}
			if i+perCommit >= pieces {
				return t.putBlobSize(h, len(data))
			}
			return nil
		})
		if err != nil {
			return h, err
		}
	}
	return h, nil
}
