package rules

import (
	"crypto/sha256"
	_ "embed" // the built-in data
	"encoding/hex"
	"errors"
	"reflect"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/pack"
)

//go:generate go test . -run "TestSchema|TestBuiltin" -update

// builtin is the YAML of this folder, checked and packed: reading the YAML
// itself takes a hundred times as long, at every start. It begins with three
// lines: the shape of the types, the hash of the YAML, the hash of the Set.
//
//go:embed builtin.bin
var builtin string

// Builtin gives the built-in knowledge alone.
func Builtin() (*Set, error) {
	var k knowledge
	var head blobHead
	if err := readBuiltin(&k, &head); err != nil {
		return nil, err
	}
	set := k.set(func(*Client, string) {}) // cannot fail: it was checked when it was packed
	set.hash = head.set
	return set, nil
}

type blobHead struct{ shape, sources, set string }

// readBuiltin unpacks the built-in data.
func readBuiltin(k *knowledge, head *blobHead) error {
	parts := strings.SplitN(builtin, "\n", 4)
	if len(parts) != 4 || parts[0] != shape() {
		return errors.New("the built-in rules were packed for other types; run: go generate ./rules")
	}
	if head != nil {
		*head = blobHead{parts[0], parts[1], parts[2]}
	}
	if err := pack.Unmarshal(parts[3], k); err != nil {
		return err
	}
	k.builtin = make(map[string]bool, len(k.Rules))
	for _, r := range k.Rules {
		k.builtin[r.ID] = true
	}
	return nil
}

func shape() string {
	sum := sha256.Sum256([]byte(pack.Shape(reflect.TypeFor[knowledge]())))
	return hex.EncodeToString(sum[:8])
}
