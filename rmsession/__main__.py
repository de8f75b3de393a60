"""``python -m rmsession`` is the same program as ``rmsession``."""

from rmsession.cli import main

if __name__ == "__main__":
    main()
