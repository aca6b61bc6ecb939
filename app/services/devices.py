"""The devices that OpenVINO finds here, as the resident worker tells them, and the one to begin with."""

from PySide6.QtCore import QObject, Signal

from app.domain.device import CPU, Device
from app.domain.question import Devices, ListDevices, Question, Reply
from app.services.engine_session import EngineSession


class DeviceList(QObject):
    """One list for all pages.

    Signals:
        changed: There are other devices, they are known now, or choices begin with another one.
    """

    changed = Signal()

    def __init__(self, session: EngineSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.found: tuple[Device, ...] = ()
        """Empty until they are known."""
        self.preferred = CPU
        """What new choices begin with."""
        session.answered.connect(self._on_answered)

    def look(self) -> None:
        """Ask for them; a driver may have come since the last time."""
        self._session.ask(ListDevices())

    def prefer(self, name: str) -> None:
        """Let new choices begin with a device, found or not."""
        if name != self.preferred:
            self.preferred = name
            self.changed.emit()

    def names(self, *chosen: str) -> tuple[str, ...]:
        """Return what can be chosen: what was found, and what is chosen already."""
        found = [device.name for device in self.found] or [CPU]
        return tuple(dict.fromkeys((*found, *(name for name in chosen if name))))

    @property
    def aim(self) -> Device:
        """The device that new choices begin with; its name alone where it was not found."""
        return self.device(self.preferred) or Device(self.preferred)

    def device(self, name: str) -> Device | None:
        """Return a device that was found; ``GPU`` stands for the first of GPU.0, GPU.1."""
        named = (one for one in self.found if one.name == name or one.name.startswith(f"{name}."))
        return next(named, None)

    def _on_answered(self, question: Question, reply: Reply) -> None:
        if isinstance(question, ListDevices) and isinstance(reply, Devices) and reply.devices != self.found:
            self.found = reply.devices
            self.changed.emit()
