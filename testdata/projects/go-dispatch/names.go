package panel

import "github.com/mediocregopher/radix/v3"

type namer interface {
	Name() string
}

type metric struct {
	parent namer
	name   string
}

// Name calls a method of its own name on what may, by that name, be a metric.
func (m *metric) Name(depth int) (string, error) {
	if depth > 0 {
		return m.parent.Name(), nil
	}
	return m.name, nil
}

func latest(p *radix.Pool, m *metric) (out string, err error) {
	verb, err := m.Name(1)
	if err != nil {
		return "", err
	}
	if err = p.Do(radix.Cmd(&out, verb)); err != nil {
		return "", err
	}
	return out, p.Do(radix.Cmd(&out, "TS.GET", verb)) // want TS.GET
}
