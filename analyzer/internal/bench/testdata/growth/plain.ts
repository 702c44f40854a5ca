// Orders of a shop: part NUMBER.
import { EventEmitter } from 'node:events'

export interface LineNUMBER {
  article: string
  amount: number
  cents: number
}

export const changes = new EventEmitter()

// each
/** What a customer pays after a reduction. */
export function reducedNUMBER(lines: { amount: number; cents: number }[], percent: number) {
  if (percent < 0 || percent > 100) throw new RangeError(`no percentage: ${percent}`)
  const total = lines.filter((l) => l.amount > 0).reduce((sum, l) => sum + l.amount * l.cents, 0)
  changes.emit('reduced', { percent, total })
  return { total, reduced: Math.floor((total * (100 - percent)) / 100), part: NUMBER }
}
