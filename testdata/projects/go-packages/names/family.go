package names

const (
	limit  = 10
	family = module + "."
	module = "FT"
)
