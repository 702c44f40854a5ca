# Hands on everything; who asks for one name has the file read that offers it.
from .verbs import *
from .limits import *
