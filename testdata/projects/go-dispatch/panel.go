// Package panel answers queries that name the command themselves.
package panel

import (
	"encoding/json"

	"github.com/mediocregopher/radix/v3"
)

// Query is what a dashboard asks.
type Query struct {
	Command string `json:"command"`
	Key     string `json:"key"`
}

const (
	info   = "INFO"
	search = "FT.SEARCH"
	series = "ts.range"
	length = "JSON.ARRLEN"
	keys   = "JSON.OBJKEYS"
)

type runner interface {
	run(rcv any, cmd string, args ...string) error
}

type pool struct{ *radix.Pool }

func (p pool) run(rcv any, cmd string, args ...string) error {
	return p.Do(radix.Cmd(rcv, cmd, args...))
}

// Answer dispatches on what it was given.
func Answer(raw []byte, r runner) (any, error) {
	var q Query
	if err := json.Unmarshal(raw, &q); err != nil {
		return nil, err
	}
	switch q.Command {
	case info:
		return server(q, r)
	case search:
		return found(q, r)
	case series:
		return points(q, r)
	case length, keys:
		return shape(q, r)
	}
	return nil, nil
}

func server(q Query, r runner) (out string, err error) {
	return out, r.run(&out, q.Command)
}

func found(q Query, r runner) (out []string, err error) {
	return out, r.run(&out, q.Command, q.Key) // want FT.SEARCH
}

func points(q Query, r runner) (out []string, err error) {
	err = r.run(&out, q.Command, q.Key, "-", "+") // want TS.RANGE
	return out, err
}

func shape(q Query, r runner) (out int, err error) {
	return out, r.run(&out, q.Command, q.Key) // want JSON.ARRLEN, JSON.OBJKEYS
}

// Do takes a verb from outside, but sends few of them.
func Do(p *radix.Pool, verb, key string) (out string, err error) {
	switch verb {
	case "get":
		return out, p.Do(radix.Cmd(&out, "GET", key))
	case "BF.EXISTS", "CF.EXISTS":
		return out, p.Do(radix.FlatCmd(&out, verb, key, 1)) // want BF.EXISTS, CF.EXISTS
	}
	if verb == "TOPK.LIST" {
		err = p.Do(radix.Cmd(&out, verb, key)) // want TOPK.LIST
	}
	return out, err
}
