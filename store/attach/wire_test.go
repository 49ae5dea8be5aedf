package attach

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// fill sets every field that v has, however deep, to something drawn. Lists
// and maps that are empty are nil, as the stores make them.
func fill(rt *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			if us := rapid.Int64Range(0, 1<<51).Draw(rt, "time"); us > 0 {
				v.Set(reflect.ValueOf(time.UnixMicro(us).UTC()))
			}
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(rt, v.Field(i))
			}
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(rt, "there") {
			v.Set(reflect.New(v.Type().Elem()))
			fill(rt, v.Elem())
		}
	case reflect.Slice:
		if n := rapid.IntRange(0, 2).Draw(rt, "how many"); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		for i := range v.Len() {
			fill(rt, v.Index(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(rt, v.Index(i))
		}
	case reflect.Map:
		for range rapid.IntRange(0, 2).Draw(rt, "how many") {
			k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(rt, k)
			fill(rt, e)
			if v.IsNil() {
				v.Set(reflect.MakeMap(v.Type()))
			}
			v.SetMapIndex(k, e)
		}
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.String(), rapid.Just("\xff\x00\x1b[31m")).Draw(rt, "text"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(rt, "flag"))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(rt, "number"))
	case reflect.Uint, reflect.Uint64:
		v.SetUint(rapid.Uint64().Draw(rt, "number"))
	case reflect.Uint8:
		v.SetUint(uint64(rapid.Byte().Draw(rt, "number")))
	case reflect.Uint32:
		v.SetUint(uint64(rapid.Uint32().Draw(rt, "number")))
	default:
		rt.Fatalf("nobody thought of a %s on the wire", v.Type())
	}
}

// What goes over the wire comes back as it was, to the last field of every type.
func TestNothingIsLostOnTheWire(t *testing.T) {
	code, err := newCoding()
	if err != nil {
		t.Fatal(err)
	}
	for _, zero := range []any{
		store.Batch{}, store.Receipt{}, store.Summary{}, store.Row{}, store.Query{}, store.Place{}, store.Seal{}, store.Report{}, store.ExportInfo{}, store.Stat{},
		annotations.Event{}, annotations.Team{}, annotations.Evidence{}, annotations.Sealed{}, annotations.Done{}, hello{}, welcome{}, failure{},
		eventsResult{}, undoableResult{}, placesResult{}, message{}, stateArgs{}, chainArgs{}, progress{},
	} {
		t.Run(fmt.Sprintf("%T", zero), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				in := reflect.New(reflect.TypeOf(zero))
				fill(rt, in.Elem())
				b, err := code.enc.Marshal(in.Interface())
				if err != nil {
					rt.Fatal(err)
				}
				out := reflect.New(reflect.TypeOf(zero))
				if err := code.dec.Unmarshal(b, out.Interface()); err != nil {
					rt.Fatal(err)
				}
				if !reflect.DeepEqual(in.Interface(), out.Interface()) {
					rt.Fatalf("%+v\ncame back as\n%+v", in.Elem(), out.Elem())
				}
			})
		})
	}
}

func TestErrorsCrossWithAllTheyKnow(t *testing.T) {
	code, err := newCoding()
	if err != nil {
		t.Fatal(err)
	}
	held := &store.HeldError{Path: "/a/b.db", PID: 7, Program: "stet review", Stopped: true, Since: "now"}
	whole := &store.Error{Kind: store.ErrFull, What: "no room", Safe: "All is safe", Next: "Free some", Err: errors.New("disk quota")}
	for _, e := range []error{
		whole, held, context.Canceled, errors.New("plain"), errors.Join(whole, held), fmt.Errorf("article x: %w", whole),
		&store.Error{Kind: store.ErrDamaged, What: "page 4"}, &store.Error{Kind: store.ErrClosed, What: "x", Err: context.DeadlineExceeded},
	} {
		b, err := code.enc.Marshal(failureOf(e))
		if err != nil {
			t.Fatal(err)
		}
		f, err := decode[failure](code, b)
		if err != nil {
			t.Fatal(err)
		}
		got := f.err()
		if got.Error() != e.Error() {
			t.Errorf("%q came as %q", e, got)
		}
		for _, s := range sentinels() {
			if errors.Is(e, s) != errors.Is(got, s) {
				t.Errorf("%q: is it %q? %v here, %v there", e, s, errors.Is(e, s), errors.Is(got, s))
			}
		}
	}
	var e *store.Error
	if f := failureOf(whole); !errors.As(f.err(), &e) || e.What != whole.What || e.Safe != whole.Safe || e.Next != whole.Next || e.Kind != whole.Kind {
		t.Errorf("%+v", e)
	}
	var h *store.HeldError
	if f := failureOf(held); !errors.As(f.err(), &h) || *h != *held {
		t.Errorf("%+v", h)
	}
	wrong := &annotations.InvalidError{Field: "links[0].kind", Why: "is none"}
	for _, of := range []error{fmt.Errorf("article x: %w", wrong), &store.Error{Kind: store.ErrInvalid, What: "refused", Err: wrong}} {
		var bad *annotations.InvalidError
		if f := failureOf(of); !errors.As(f.err(), &bad) || *bad != *wrong {
			t.Errorf("%q came as %+v: what people are told of it would have the store's names", of, bad)
		}
	}
}

// Whatever a frame holds, it is refused or read, and never more memory is taken
// than the frame is long.
func FuzzFrames(f *testing.F) {
	code, err := newCoding()
	if err != nil {
		f.Fatal(err)
	}
	good, err := code.enc.Marshal(hello{Magic: magic, Protocol: protocol})
	if err != nil {
		f.Fatal(err)
	}
	seeds := [][]byte{good, {}, {0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, {0xbb, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0}, []byte("GET / HTTP/1.1")}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, m := range []method{mAppend, mState, mEvents, mSecret, mPlaces} {
			var err error
			switch m {
			case mAppend:
				_, err = decode[store.Batch](code, b)
			case mState:
				_, err = decode[stateArgs](code, b)
			case mEvents:
				_, err = decode[eventsResult](code, b)
			case mSecret:
				_, err = decode[annotations.Sealed](code, b)
			default:
				_, err = decode[placesResult](code, b)
			}
			if err != nil && !errors.Is(err, errProtocol) {
				t.Errorf("%v: %v", m, err)
			}
		}
		if _, err := decode[message](code, b); err != nil && !errors.Is(err, errProtocol) {
			t.Error(err)
		}
	})
}
