package names

// Limit tells whether n is too many: it uses a name that another file declares, and
// declares none that is asked for.
func Limit(n int) bool { return n > limit && len(family) > 0 }
