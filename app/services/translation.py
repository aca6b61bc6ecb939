"""The language of the window: Qt's translators, how numbers are written, and what is said without Qt."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from app.domain.language import ENGLISH, LANGUAGES, Language, speak
from app.domain.preference import SYSTEM
from app.services.resources import resource

_CONTEXT: Final = "texts"
"""Under which `said` and `marked` texts stand in the ``.ts`` files."""


class Translation(QObject):
    """Puts the application into a language; what was built before keeps its texts."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._translators: list[QTranslator] = []

    def choose(self, wanted: str) -> None:
        """Speak a language of `LANGUAGES`, or that of the system where ``wanted`` says so.

        Raises:
            AppError: resource_missing.
        """
        code = system_language() if wanted == SYSTEM else wanted
        for old in self._translators:
            QCoreApplication.removeTranslator(old)
            old.deleteLater()
        places = (
            ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            ("whittle", str(resource("i18n"))),
        )
        self._translators = []
        for name, folder in places:
            translator = QTranslator(self)
            if translator.load(f"{name}_{code}", folder):
                QCoreApplication.installTranslator(translator)
                self._translators.append(translator)
        locale = QLocale(code)
        QLocale.setDefault(locale)
        if code == ENGLISH.code:
            speak(ENGLISH)
        else:
            speak(Language(code, locale.decimalPoint(), locale.groupSeparator(), _translate))


def system_language() -> str:
    """Return the first of the system's languages that there is, else English."""
    for name in QLocale.system().uiLanguages():
        code = name.partition("-")[0]
        if code in LANGUAGES:
            return code
    return ENGLISH.code


def _translate(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
