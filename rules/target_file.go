package rules

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// ReadTarget reads a file that holds one target. An error about its content is
// Mistakes.
func (s *Set) ReadTarget(source Source) (*Target, error) {
	var p layer
	p.file(source)
	c := checker{set: s}
	for _, f := range p.targets {
		c.target(f)
	}
	if err := mistakesOf(p.files); err != nil {
		return nil, err
	}
	if len(p.targets) != 1 {
		return nil, fmt.Errorf("%s: expected one target, found %d", source.Name, len(p.targets))
	}
	t := p.targets[0].value
	for i, name := range t.Commands {
		t.Commands[i] = strings.ToUpper(name)
	}
	return t, nil
}

// ReadTargetFile is [Set.ReadTarget] for a file on disk.
func (s *Set) ReadTargetFile(name string) (*Target, error) {
	data, err := strict.ReadFile(name)
	if err != nil {
		return nil, errors.New(name + ": " + reason(err))
	}
	return s.ReadTarget(Source{name, data})
}

// YAML gives the target as a file that [Set.ReadTarget] reads.
func (t *Target) YAML() ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(t); err != nil {
		return nil, err
	}
	return b.Bytes(), e.Close()
}
