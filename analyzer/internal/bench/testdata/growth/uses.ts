// Articles of a shop.
import { createClient } from 'redis'

const store = createClient({ url: 'redis://store' })

// each
/** An article with the sum of its lines. */
export async function articleNUMBER(key: string, lines: { amount: number; cents: number; paid?: boolean }[]) {
  let total = 0
  for (const line of lines) {
    if (line.amount < 0) throw new RangeError('a line gives back more than was bought')
    total += line.amount * line.cents
  }
  const found = await store.json.get(`article:${key}:NUMBER`)
  return { found, total, open: lines.filter((line) => !line.paid) }
}
