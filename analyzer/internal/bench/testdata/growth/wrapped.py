from shop import storeNUMBER

# each
def article_NUMBER(key):
    return storeNUMBER.run("JSON.GET", f"article:{key}:NUMBER")
