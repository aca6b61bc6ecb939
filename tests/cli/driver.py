"""The program as it is started from a shell, with workers that pretend."""

import sys

import app.services.job_process
from app.__main__ import main
from tests.workers import STAND_IN

if __name__ == "__main__":
    app.services.job_process.worker_command = lambda: list(STAND_IN)
    sys.exit(main())
