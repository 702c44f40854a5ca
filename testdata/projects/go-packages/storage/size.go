package store

// Size is of no interest to app.
func Size() int { return 0 }
