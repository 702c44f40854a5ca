import { Repository, Schema } from 'redis-om'; // want module-dependent-package
import { RedisVectorStore } from '@langchain/redis'; // want module-dependent-package
import { createClient } from 'redis';
