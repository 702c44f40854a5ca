def find(products, text):
    return products.search(text).docs  # want FT.SEARCH


def first(pattern, text):
    return pattern.search(text)


class Products:
    def __init__(self, products):
        self.products = products

    def drop(self):
        self.products.dropindex()  # want FT.DROPINDEX
        return self.products.info()  # want FT.INFO
