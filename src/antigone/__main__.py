"""`python -m antigone`: the same as the command `antigone`."""

from antigone.cli import main

if __name__ == "__main__":
    main()
