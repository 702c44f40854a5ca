from langchain_redis import RedisVectorStore  # want module-dependent-package
from redis_om import HashModel, Field  # want module-dependent-package
from redis_om.model import Migrator
import walrus


class Product(HashModel):
    name: str = Field(index=True)
