"""Brings the translations up to date with the code: one command, run from the checkout.

    python resources/i18n/update.py                collect texts, compile, name what is unfinished
    python resources/i18n/update.py --todo FILE    write the unfinished texts as JSON: {context: {source: ""}}
    python resources/i18n/update.py --take FILE    take over such a file with the translations filled in
    python resources/i18n/update.py --check        change nothing; fail where something is to be done

A text with a plural has a list of its forms in place of one text. ``self.tr`` and
``QCoreApplication.translate`` are found by lupdate itself. What `said` and `marked` mark in modules
without Qt, and the texts of the tables (actions, recipe forms), are handed to it in a file made here.
"""

import argparse
import ast
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LANGUAGE = HERE / "whittle_de.ts"
PLURALS = HERE / "whittle_en.ts"
"""English needs the plurals alone: everything else is said as it stands."""
MARKS = frozenset({"said", "marked"})
Todo = dict[str, dict[str, str | list[str]]]


def sources() -> list[Path]:
    """Return the modules whose texts people see in the window; engine and command line speak English."""
    left_out = {"engine", "wire"}
    found = sorted((ROOT / "app").rglob("*.py"))
    return [
        path
        for path in found
        if path.relative_to(ROOT / "app").parts[0] not in left_out and not path.name.startswith("cli")
    ]


def marked_texts() -> Iterator[str]:
    """Return the literals that are given to `said` and `marked`."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS):
                continue
            match node.args[:1]:
                case [ast.Constant(value=str(text))]:
                    yield text
                case [ast.JoinedStr()]:
                    raise SystemExit(f"{path}:{node.lineno}: an f-string cannot be translated")
                case _:
                    pass  # marked where it stands


def hidden_texts() -> Iterator[tuple[str, str]]:
    """Return class and literal of each ``self.tr`` inside an f-string, which lupdate does not look into."""
    for path in sources():
        for owner in (
            node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef)
        ):
            for joined in (node for node in ast.walk(owner) if isinstance(node, ast.JoinedStr)):
                for node in ast.walk(joined):
                    match node:
                        case ast.Call(
                            func=ast.Attribute(attr="tr"), args=[ast.Constant(value=str(text)), *_]
                        ):
                            yield owner.name, text
                        case _:
                            pass


def table_texts() -> Iterator[tuple[str, str]]:
    """Return context and text of what stands in tables: actions, pages, the forms of recipes."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.domain.form import form_texts
    from app.views.actions import ACTIONS, PAGES

    for spec in (*PAGES, *ACTIONS):
        yield "actions", spec.title
        if spec.help:
            yield "actions", spec.help
    for text in form_texts():
        yield "texts", text


def collect(target: Path, *options: str) -> None:
    """Let lupdate bring one ``.ts`` file up to date."""
    texts = [*(("texts", text) for text in marked_texts()), *hidden_texts(), *table_texts()]
    lines = [
        f"QT_TRANSLATE_NOOP({json.dumps(c)}, {json.dumps(t, ensure_ascii=False)})" for c, t in texts if t
    ]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "tables.py"
        made.write_text("\n".join(dict.fromkeys(lines)) + "\n", "utf-8")
        paths = [str(path.relative_to(ROOT)) for path in sources()]
        listed = Path(folder) / "files.txt"
        listed.write_text("\n".join([*paths, str(made)]), "utf-8")
        command = ("pyside6-lupdate", "-silent", "-no-obsolete", "-locations", "none", "-no-ui-lines")
        subprocess.run(
            [_tool(command[0]), *command[1:], *options, f"@{listed}", "-ts", target], cwd=ROOT, check=True
        )


def compile_all() -> None:
    """Make the ``.qm`` files beside the ``.ts`` files."""
    for path in (LANGUAGE, PLURALS):
        subprocess.run(
            [_tool("pyside6-lrelease"), "-silent", path, "-qm", path.with_suffix(".qm")], cwd=ROOT, check=True
        )


def unfinished(path: Path = LANGUAGE) -> Todo:
    """Return what has no translation, by context."""
    todo: Todo = {}
    for context, message in _messages(_parsed(path)):
        translation = _child(message, "translation")
        if translation.get("type") == "unfinished" or not "".join(translation.itertext()).strip():
            forms = translation.findall("numerusform")
            todo.setdefault(context, {})[_text(message, "source")] = [""] * len(forms) if forms else ""
    return todo


def take(path: Path, done: Todo) -> int:
    """Write translations into a ``.ts`` file; return how many."""
    tree = _parsed(path)
    count = 0
    for context, message in _messages(tree):
        said = done.get(context, {}).get(_text(message, "source"))
        if not said or not all(said):
            continue
        translation = _child(message, "translation")
        forms = translation.findall("numerusform")
        if isinstance(said, list):
            for form, text in zip(forms, said, strict=True):
                form.text = text
        else:
            translation.text = said
        translation.attrib.pop("type", None)
        count += 1
    text = ET.tostring(tree.getroot(), encoding="unicode", short_empty_elements=False)
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', "utf-8")
    return count


def _parsed(path: Path) -> "ET.ElementTree[ET.Element]":
    return ET.parse(path)  # noqa: S314 - our own files


def _messages(tree: "ET.ElementTree[ET.Element]") -> Iterator[tuple[str, ET.Element]]:
    for context in tree.getroot().findall("context"):
        for message in context.findall("message"):
            yield _text(context, "name"), message


def _child(element: ET.Element, name: str) -> ET.Element:
    found = element.find(name)
    if found is None:
        raise SystemExit(f"a message without {name}")
    return found


def _text(element: ET.Element, name: str) -> str:
    return _child(element, name).text or ""


def _tool(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else name


def main() -> int:
    """Do what the arguments say; return how many texts are unfinished, at most 1."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--todo", type=Path)
    parser.add_argument("--take", type=Path)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    if chosen.check:
        return 1 if stale() or unfinished() else 0
    collect(LANGUAGE)
    collect(PLURALS, "-pluralonly")
    for path in (chosen.take,) if chosen.take else ():
        done: Todo = json.loads(path.read_text("utf-8"))
        print(f"{take(LANGUAGE, done)} translations taken over")
        collect(LANGUAGE)  # in lupdate's own way of writing
    english = {
        context: {text: [text.replace("(s)", ""), text.replace("(s)", "s")] for text in texts}
        for context, texts in unfinished(PLURALS).items()
    }
    take(PLURALS, english)
    collect(PLURALS, "-pluralonly")
    compile_all()
    todo = unfinished()
    if chosen.todo:
        chosen.todo.write_text(json.dumps(todo, ensure_ascii=False, indent=1), "utf-8")
    for context, texts in todo.items():
        for text in texts:
            print(f"unfinished  {context}: {text!r}")
    print(f"{sum(map(len, todo.values()))} unfinished")
    return 1 if todo else 0


def stale() -> list[str]:
    """Return what `main` would change: texts that the files lack or have too many, and old ``.qm`` files."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for path, options in ((LANGUAGE, ()), (PLURALS, ("-pluralonly",))):
            copy = Path(folder) / path.name
            copy.write_bytes(path.read_bytes())
            collect(copy, *options)
            before, after = (
                {(context, _text(message, "source")) for context, message in _messages(_parsed(one))}
                for one in (path, copy)
            )
            wrong += [f"{path.name} lacks {context}: {text!r}" for context, text in sorted(after - before)]
            wrong += [
                f"{path.name} still has {context}: {text!r}" for context, text in sorted(before - after)
            ]
            compiled = Path(folder) / f"{path.stem}.qm"
            subprocess.run([_tool("pyside6-lrelease"), "-silent", path, "-qm", compiled], check=True)
            if compiled.read_bytes() != path.with_suffix(".qm").read_bytes():
                wrong.append(f"{path.stem}.qm is not made from {path.name} as it is")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
