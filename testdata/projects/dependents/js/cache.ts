import { RedisCache } from '@langchain/redis';
import { createClient } from 'redis';
