import { createClient } from 'redis'

const store = createClient({ url: 'redis://store' })

// each
await store.json.get('article:NUMBER')
