package discover

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	top := plant(t)
	file := filepath.Join(top, "f")
	var buf []byte
	for _, size := range []int{0, 1, 63, 64, 65, 100_000, 10} {
		want := strings.Repeat("x", size)
		writeFile(t, file, want)
		src, err := Read(file, buf, int64(size))
		if err != nil || string(src) != want {
			t.Fatalf("%d bytes: got %d, %v", size, len(src), err)
		}
		if cap(buf) > size && size > 0 && &src[0] != &buf[:1][0] {
			t.Errorf("%d bytes: the buffer of %d was not used", size, cap(buf))
		}
		buf = src[:0]
	}
	writeFile(t, file, "12345")
	_, err := Read(file, buf, 4)
	var large *TooLargeError
	if !errors.As(err, &large) || large.Size != 5 || large.Limit != 4 || large.Path != file {
		t.Errorf("got %v", err)
	}
}

// TestReadNoSize reads a file that says it has no bytes.
func TestReadNoSize(t *testing.T) {
	src, err := Read("/proc/self/status", make([]byte, 0, 16), 0)
	if os.IsNotExist(err) {
		t.Skip(err)
	}
	if err != nil || len(src) < 100 {
		t.Errorf("%d bytes, %v", len(src), err)
	}
	if _, err = Read("/proc/self/status", nil, 20); !errors.As(err, new(*TooLargeError)) {
		t.Errorf("got %v", err)
	}
}
