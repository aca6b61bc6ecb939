"""The command line: the same services and the same workers as the window's, without a widget."""

import sys
import traceback

import msgspec

from app.cli_options import Options
from app.domain.errors import AppError, Problem


def main(options: Options) -> int:
    """Run a command; return the exit code: 0 done, 1 failed, 2 bad input, 130 cancelled."""
    # Qt and the services: --help and bad usage do not wait for them.
    from app.cli_commands import run_command
    from app.cli_jobs import JobEnded, exit_code_of

    try:
        document, text = run_command(options)
    except KeyboardInterrupt:  # while no job runs; with one it is cancelled in good order
        return _fail(options, Problem("cancelled", "Cancelled."), 130)
    except JobEnded as ended:
        return _fail(options, ended.problem, ended.exit_code)
    except AppError as error:
        return _fail(options, error.problem, exit_code_of(error.problem), error)
    except OSError as error:
        problem = Problem("os_error", f"The system refused: {error}.", "Fix that and try again.")
        return _fail(options, problem, 1, error)
    except Exception as error:  # noqa: BLE001 - the program's boundary
        problem = Problem(
            "internal_error",
            f"Something went wrong inside Whittle: {error!r}.",
            "Run it again with --debug and report what it prints.",
        )
        return _fail(options, problem, 1, error)
    _print(msgspec.json.format(msgspec.json.encode(document)).decode() if options.json else text)
    return 0


def _fail(options: Options, problem: Problem, exit_code: int, error: BaseException | None = None) -> int:
    if exit_code == 130:
        print(problem.summary, file=sys.stderr)
    else:
        print(f"error[{problem.code}]: {problem}", file=sys.stderr)
    if options.debug:
        print(problem.detail, file=sys.stderr)
        if error is not None:
            traceback.print_exception(error)
    if options.json:
        _print(msgspec.json.encode({"error": problem}).decode())
    return exit_code


def _print(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # The reader has seen enough (head, grep -q); what it asked for is done.
        sys.stdout = None
