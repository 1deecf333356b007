"""Browser and database in one process of tests."""

import os

# The browser keeps an event loop in the thread of the tests, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
