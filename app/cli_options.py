"""What may be typed: commands, their arguments and their help."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

_PROGRAM: Final = "whittle"
_DEFAULT_SHAPE: Final = (1, 128)

AddCommand = Callable[[str, str], argparse.ArgumentParser]


class Options(argparse.Namespace):
    """What was typed. Which of these there are depends on the command."""

    command: str | None
    workspace: Path | None
    json: bool
    quiet: bool
    debug: bool
    source: str
    task: str | None
    name: str
    model: str
    models: list[str]
    recipe: str
    data: str | None
    evaluation: str | None
    columns: str | None
    teacher: str | None
    assignments: list[str]
    run: str
    device: str
    precision: str
    hint: str
    shape: tuple[int, int]
    streams: int | None
    seconds: float
    sweep: bool
    split: str | None = None
    """Not every command that takes data asks for it."""
    limit: int | None
    input: str


def parse_arguments(arguments: Sequence[str]) -> Options:
    """Read the command line; without a command the window is meant (``command`` is None).

    Raises:
        SystemExit: 0 after --help, 2 for bad usage.
    """
    return _parser().parse_args(arguments, namespace=Options())


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    _add_common(common, argparse.SUPPRESS)
    top = argparse.ArgumentParser(
        prog=_PROGRAM,
        description="Make Transformers small and fast on OpenVINO. Without a command, open the window.",
    )
    _add_common(top, None)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=f"{text}.", parents=[common])

    _add_library_commands(add)
    _add_measuring_commands(add)
    return top


def _add_common(parser: argparse.ArgumentParser, default: object) -> None:
    """Common options stand before the command or behind it: those behind leave no default of their own."""
    no = False if default is None else default
    parser.add_argument(
        "--workspace", type=Path, metavar="DIR", default=default, help="folder of the workspace"
    )
    parser.add_argument("--json", action="store_true", default=no, help="print one JSON document")
    parser.add_argument("--quiet", action="store_true", default=no, help="print errors and results only")
    parser.add_argument("--debug", action="store_true", default=no, help="print tracebacks too")


def _add_library_commands(add: AddCommand) -> None:
    command = add("import", "Bring a model into the workspace")
    command.add_argument("source", metavar="SOURCE", help="folder, OpenVINO IR, hub id or URL, or “starter”")
    command.add_argument("--task", help="for example text-classification")
    command.add_argument("--name", default="", help="what it is to be called")

    add("models", "List what is in the workspace")

    command = add("compress", "Make a small, fast variant of a model")
    command.add_argument("model", metavar="MODEL", help="id, unique name, folder, or “starter”")
    command.add_argument(
        "recipe",
        metavar="RECIPE",
        help="jpqd-fast, jpqd-best, or a JSON file: a recipe or an NNCF config",
    )
    _add_data(command, "dataset, file, folder with train and dev files, or “reviews”")
    command.add_argument("--evaluation", metavar="DATA", help="what to measure the accuracy on, or “none”")
    command.add_argument("--teacher", metavar="MODEL", help="default: the model itself")
    command.add_argument(
        "--set",
        action="append",
        default=[],
        dest="assignments",
        metavar="KEY=VALUE",
        help="a field of the recipe, as training.epochs=2; may be repeated",
    )
    command.add_argument("--name", default="", help="what the variant is to be called")

    command = add("resume", "Go on with an interrupted run")
    command.add_argument("run", metavar="RUN", help="id of the run")


def _add_measuring_commands(add: AddCommand) -> None:
    command = add("bench", "Measure latency, throughput, load time and memory")
    command.add_argument("model", metavar="MODEL")
    _add_device(command)
    command.add_argument("--hint", choices=("latency", "throughput"), default="latency")
    command.add_argument(
        "--shape", type=_shape, default=_DEFAULT_SHAPE, metavar="BATCHxLENGTH", help="default 1x128"
    )
    command.add_argument("--streams", type=_positive, metavar="N")
    command.add_argument("--seconds", type=_positive_float, default=10.0, metavar="S")
    command.add_argument("--sweep", action="store_true", help="both hints at batch 1, 4 and 16")

    command = add("evaluate", "Measure the accuracy with its 95 %% interval")
    command.add_argument("model", metavar="MODEL")
    _add_data(command, "dataset, file, or “reviews”", required=True)
    command.add_argument("--split", help="of a dataset with several")
    command.add_argument("--limit", type=_positive, metavar="N", help="the first N rows only")
    _add_device(command)

    command = add("inspect", "List layers: parameters, sparsity, heads, precision, executed kernel")
    command.add_argument("model", metavar="MODEL")
    _add_device(command)

    command = add("compare", "Measure several models on the same rows")
    command.add_argument("models", metavar="MODEL", nargs="+")
    _add_data(command, "dataset, file, or “reviews”")
    _add_device(command)

    command = add("try", "Classify one text")
    command.add_argument("model", metavar="MODEL")
    command.add_argument("input", metavar="INPUT", help="a text, or a text file")
    _add_device(command)


def _add_data(command: argparse.ArgumentParser, text: str, *, required: bool = False) -> None:
    command.add_argument("--data", metavar="DATA", required=required, help=text)
    command.add_argument("--columns", metavar="text=…,label=…", help="which columns hold what")


def _add_device(command: argparse.ArgumentParser) -> None:
    command.add_argument("--device", default="CPU")
    command.add_argument("--precision", choices=("f32", "bf16", "f16"), default="f32")


def _shape(text: str) -> tuple[int, int]:
    batch, by, length = text.lower().partition("x")
    try:
        shape = int(batch), int(length)
    except ValueError:
        shape = 0, 0
    if not by or min(shape) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not BATCHxLENGTH, as 1x128")
    return shape


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number above 0")
    return int(text)


def _positive_float(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 86_400:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of seconds")
    return value
