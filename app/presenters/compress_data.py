"""The data of the page Compress: what is chosen, files and their columns, and how it looks in tokens."""

from pathlib import Path
from typing import Final, Literal, assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.dataset import ColumnMap, DatasetRecord
from app.domain.errors import AppError, Problem
from app.domain.job import ModelAt
from app.domain.question import Question, Refused, Reply, Tokenize, Tokenized, TokenizedText
from app.domain.wording import percent_text, whole_text
from app.services.background import Background, Latest
from app.services.engine_session import EngineSession
from app.services.text_datasets import DatasetLibrary, FilePreview, describe_file, inspect_file
from app.views.widgets.column_mapping import MappingState
from app.views.widgets.data_panel import DataPhase, DataState, Example
from app.views.widgets.token_flow import Token

Use = Literal["train", "evaluation"]
PendingFile = tuple[Use, FilePreview]
_SPLIT: Final[dict[Use, str]] = {"train": "train", "evaluation": "evaluation"}
_ASK_MS: Final = 250
_FIRST_ROWS: Final = 3


class CompressData(QObject):
    """Holds the chosen data and asks the resident worker about it once somebody looks.

    Signals:
        chosen: Other data is to be used.
        changed: There is something new to be shown.
        failed: Carries a `Problem`.
    """

    chosen = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, library: DatasetLibrary, background: Background, session: EngineSession, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._session = session
        self._newest_file = Latest()
        self.train_id = ""
        self.evaluation_id = ""
        self.pending: PendingFile | None = None
        """A file whose columns are asked for."""
        self._is_watched = False
        self._wanted: tuple[ModelAt, int] | None = None
        self._asked: Tokenize | None = None
        self._reply: Tokenized | Refused | None = None
        self._answered: Tokenize | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_ASK_MS)
        self._soon.timeout.connect(self._ask)
        session.answered.connect(self._on_answered)
        for one in library.datasets():
            if one.split == "train" and not self.train_id:
                self.train_id = one.id
            elif one.split != "train" and not self.evaluation_id:
                self.evaluation_id = one.id

    @property
    def train(self) -> DatasetRecord | None:
        """What is trained on."""
        return self._find(self.train_id)

    @property
    def evaluation(self) -> DatasetRecord | None:
        """What the accuracy is measured on."""
        return self._find(self.evaluation_id)

    def choose(self, use: Use, dataset_id: str) -> None:
        """Take other data."""
        if use == "train":
            self.train_id = dataset_id
        else:
            self.evaluation_id = dataset_id
        self._soon.start()
        self.chosen.emit()

    # Files -------------------------------------------------------------------------

    def take_file(self, use: Use, path: str) -> None:
        """Look at a file; its columns are asked for next."""
        self._background.run(
            self,
            lambda: inspect_file(Path(path)),
            on_done=self._newest_file.only(lambda preview: self._on_inspected(use, preview)),
            on_failed=self._on_failed,
        )

    def confirm(self, columns: ColumnMap, labels: tuple[str, ...]) -> None:
        """Take the file with these columns; ``labels`` are the classes of the model."""
        if self.pending is None:
            return
        use, preview = self.pending
        self._background.run(
            self,
            lambda: describe_file(Path(preview.path), columns, labels, _SPLIT[use]),
            on_done=self._newest_file.only(lambda record: self._on_described(use, record)),
            on_failed=self._on_failed,
        )

    def dismiss(self) -> None:
        """Forget the file, also one that is being read."""
        self._newest_file.forget()
        self.pending = None
        self.changed.emit()

    def mapping_state(self, labels: tuple[str, ...]) -> MappingState | None:
        """Return what is to be asked about a file, None where there is none."""
        if self.pending is None:
            return None
        _, preview = self.pending
        rows = preview.rows_preview[:_FIRST_ROWS]
        return MappingState(preview.path, preview.columns, preview.guessed, rows, labels)

    def _on_inspected(self, use: Use, preview: FilePreview) -> None:
        self.pending = (use, preview)
        self.changed.emit()

    def _on_described(self, use: Use, record: DatasetRecord) -> None:
        self.pending = None
        self.choose(use, self._library.keep(record).id)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self.failed.emit(error.problem)

    def _find(self, dataset_id: str) -> DatasetRecord | None:
        return next((one for one in self._library.datasets() if one.id == dataset_id), None)

    # Tokens ------------------------------------------------------------------------

    def watch(self, *, is_watched: bool) -> None:
        """Ask the worker from now on, or no more: it is started for that."""
        self._is_watched = is_watched
        self._soon.start(0)

    def look_at(self, model: ModelAt | None, max_length: int | None) -> None:
        """Note which model is to tokenize, and how many tokens it is to keep."""
        wanted = None if model is None or max_length is None else (model, max_length)
        if wanted != self._wanted:
            self._wanted = wanted
            self._soon.start()

    def _ask(self) -> None:
        question = self._question()
        if self._is_watched and question is not None and question != self._asked:
            self._asked = question
            self._session.ask(question)
            self.changed.emit()

    def _question(self) -> Tokenize | None:
        train = self.train
        if self._wanted is None or train is None:
            return None
        return Tokenize(self._wanted[0], train, self._wanted[1])

    def _on_answered(self, question: Question, reply: Reply) -> None:
        if isinstance(reply, Tokenized | Refused) and question == self._asked:
            self._answered, self._reply = self._asked, reply
            self.changed.emit()

    @property
    def _is_of_this_data(self) -> bool:
        """Whether the last answer is about the data and the model that are chosen now."""
        question, answered = self._question(), self._answered
        if question is None or answered is None:
            return False
        return (question.model, question.data) == (answered.model, answered.data)

    def mean_tokens(self, max_length: int) -> float | None:
        """Return the tokens of a training sentence cut at ``max_length``, None where nobody counted."""
        if not isinstance(self._reply, Tokenized) or not self._is_of_this_data or not self._reply.counted:
            return None
        total = sum(min(length, max_length) * count for length, count in self._reply.lengths)
        return total / self._reply.counted

    def state(self) -> DataState:
        """Return what is to be shown of the data."""
        if self.train is None:
            return DataState(message=self.tr("Choose the training data to see how it looks to the model."))
        if self._wanted is None:
            return DataState(
                message=self.tr("A model is needed to see its tokens: add one on the page Models.")
            )
        reply = self._reply
        if not self._is_of_this_data or reply is None:
            return DataState(
                phase=DataPhase.LOADING, message=self.tr("Reading and tokenizing the training data…")
            )
        match reply:
            case Refused(problem=problem):
                return self._refused(problem)
            case Tokenized():
                return self._ready(reply, self._wanted[1])
            case _:
                assert_never(reply)

    def _refused(self, problem: Problem) -> DataState:
        return DataState(phase=DataPhase.ERROR, message=problem.summary, advice=problem.advice)

    def _ready(self, reply: Tokenized, max_length: int) -> DataState:
        limit = min(max_length, reply.limit)
        titles = (self.tr("Of middling length"), self.tr("Long"), self.tr("The longest"))
        titles = titles if len(reply.examples) == len(titles) else (titles[0], titles[2])
        return DataState(
            phase=DataPhase.READY,
            examples=tuple(map(self._example, titles, reply.examples)),
            lengths=reply.lengths,
            limit=limit,
            cut_text=self._cut_text(reply, limit),
            labels=reply.labels,
            labels_text=self._labels_text(reply),
        )

    def _example(self, title: str, one: TokenizedText) -> Example:
        lost = one.length - len(one.tokens)
        counted = self.tr("%1 tokens").replace("%1", str(one.length))
        if lost > 0:
            counted = self.tr("%1, %2 of them cut").replace("%1", counted).replace("%2", str(lost))
        tokens = [Token(text, special) for text, special in zip(one.tokens, one.special, strict=True)]
        # What is lost stands where it would have been: before the last special tokens.
        tail = len(tokens)
        while tail and tokens[tail - 1].is_special:
            tail -= 1
        cut = [Token(text, is_cut=True) for text in one.cut]
        if 0 < len(one.cut) < lost:
            cut.append(Token("…", is_cut=True))
        return Example(f"{title} · {counted}", one.label, tuple(tokens[:tail] + cut + tokens[tail:]))

    def _cut_text(self, reply: Tokenized, limit: int) -> str:
        cut = sum(count for length, count in reply.lengths if length > limit)
        longest = max((length for length, _ in reply.lengths), default=0)
        if cut:
            text = self.tr("%1 of the sentences (%2) are longer than %3 tokens and are cut.")
        else:
            text = self.tr("None is cut: the longest has %4 tokens, and %3 are kept.")
        text = text.replace("%1", whole_text(cut)).replace("%2", percent_text(cut / max(1, reply.counted)))
        text = text.replace("%3", str(limit)).replace("%4", str(longest))
        if reply.counted < reply.rows:
            drawn = self.tr("Counted on %1 sentences drawn from %2.")
            text += " " + drawn.replace("%1", whole_text(reply.counted)).replace("%2", self._rows_text(reply))
        return text

    def _rows_text(self, reply: Tokenized) -> str:
        rows = whole_text(reply.rows)
        return rows if reply.is_whole else self.tr("the first %1").replace("%1", rows)

    def _labels_text(self, reply: Tokenized) -> str:
        counts = [count for _, count in reply.labels]
        missing = [name for name, count in reply.labels if not count]
        if missing:
            return self.tr("No sentence at all for: %1.").replace("%1", ", ".join(missing))
        share = max(counts) / max(1, sum(counts))
        if len(counts) > 1 and share > 0.8:
            text = self.tr("%1 of the sentences are of one class: always saying it would be right as often.")
            return text.replace("%1", percent_text(share))
        if reply.is_whole:
            return self.tr("Of all %1 sentences.").replace("%1", whole_text(reply.rows))
        return self.tr("Of the first %1 sentences.").replace("%1", whole_text(reply.rows))
