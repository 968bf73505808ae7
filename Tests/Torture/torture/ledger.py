"""What was acknowledged to whom, and what of it must be found again."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


@dataclass
class Dossier:
    """A dossier that was asked for: what it is called, and what was done in it."""

    name: str
    path: str = ""
    acknowledged: bool = False
    documents: dict[str, bool] = field(default_factory=dict)
    """Names of documents that were sent, and whether that was acknowledged."""
    written: list[tuple[str, bool]] = field(default_factory=list)
    """What was written in one answer, in order, and whether that was acknowledged."""

    @property
    def id(self) -> str:
        return self.path.split("?")[0].removeprefix("/leerlingen/").split("/")[0]

    def texts(self) -> set[str]:
        """What the answer may be now: the last acknowledged text, or one that was sent after it."""
        known = [number for number, (_, acknowledged) in enumerate(self.written) if acknowledged]
        if known:
            return {text for text, _ in self.written[known[-1] :]}
        return {"", *(text for text, _ in self.written)}


class Ledger:
    """Everything that a run asked for. Any thread may write in it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.dossiers: list[Dossier] = []
        self.acts = 0
        """Acknowledged acts."""
        self.uncertain = 0
        """Acts that were never acknowledged, and are not asked again: they may be there once, or not at all."""
        self.repeated = 0
        """Acts that were not acknowledged and asked again with the same key, until they were."""
        self.refused: list[str] = []
        """Answers that are neither an acknowledgement nor a clear fault."""

    def count(self, acts: int = 0, repeated: int = 0, uncertain: int = 0) -> None:
        with self.lock:
            self.acts += acts
            self.repeated += repeated
            self.uncertain += uncertain

    def faults(self, names: list[str], look, since: int = 0) -> list[str]:
        """What is lost or doubled, given all the names that the register has.

        `look(dossier)` gives the names of its documents and the text of the answer, as the program tells them; of the
        dossiers since a number.
        """
        told: list[str] = []
        wanted = {dossier.name: dossier for dossier in self.dossiers}
        if doubled := {name for name in names if names.count(name) > 1}:
            told.append(f"doubled dossiers: {sorted(doubled)}")
        if strange := set(names) - wanted.keys():
            told.append(f"dossiers that nobody asked for: {sorted(strange)}")
        if lost := {dossier.name for dossier in self.dossiers if dossier.acknowledged} - set(names):
            told.append(f"lost dossiers: {sorted(lost)}")
        for dossier in self.dossiers[since:]:
            if dossier.acknowledged and (dossier.documents or dossier.written):
                told += self._faults_within(dossier, *look(dossier))
        return told

    @staticmethod
    def _faults_within(dossier: Dossier, documents: list[str], text: str) -> list[str]:
        told = []
        if len(documents) != len(set(documents)):
            told.append(f"{dossier.name}: doubled documents")
        if lost := {name for name, acknowledged in dossier.documents.items() if acknowledged} - set(documents):
            told.append(f"{dossier.name}: lost documents {sorted(lost)}")
        if strange := set(documents) - dossier.documents.keys():
            told.append(f"{dossier.name}: documents that nobody sent {sorted(strange)}")
        if text not in dossier.texts():
            told.append(f"{dossier.name}: says {text!r} where {sorted(dossier.texts())} may stand")
        return told
