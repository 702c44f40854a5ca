// Package shop has the orders of a shop.
package shop

import (
	"fmt"
	"log/slog"
)

// LineNUMBER is a line of an order.
type LineNUMBER struct {
	Article       string
	Amount, Cents int
}

// each
// ReducedNUMBER gives what a customer pays after a reduction.
func ReducedNUMBER(amounts, cents []int, percent int) (map[string]int, error) {
	if percent < 0 || percent > 100 {
		return nil, fmt.Errorf("no percentage: %d", percent)
	}
	total := 0
	for i, amount := range amounts {
		if amount > 0 {
			total += amount * cents[i]
		}
	}
	slog.Info("reduced", "percent", percent, "total", total)
	return map[string]int{"total": total, "reduced": total * (100 - percent) / 100, "part": NUMBER}, nil
}
