package kv

// A Stat is of no interest to app.
type Stat struct{ Hits, Misses int }

// Rate is the share of hits.
func (s Stat) Rate() float64 { return float64(s.Hits) / float64(s.Hits+s.Misses) }

// Run of a Stat is not the one that app calls.
func (s Stat) Run() {}
